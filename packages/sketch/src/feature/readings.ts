import type { ModelSpec } from '../model.js';
import type { Feature, FeatureKind, Measures } from './feature.js';

/** A feature as it is learned, counted, judged and exported. */
export interface ColumnSpec {
  readonly name: string;
  readonly kind: FeatureKind;
  /** Categorical: how many categories are kept beside `_OTHER`. */
  readonly limit: number | undefined;
  /** See {@link Feature}. */
  readonly sensitive: boolean;
}

/** One declared feature, read once a row, and the columns that are counted of it: itself, or its parts. */
export interface Reading<in Row> {
  readonly name: string;
  readonly feature: Feature<Row>;
  /** How its value becomes its parts; undefined where it is counted itself. */
  readonly measures: Measures<Row> | undefined;
  readonly columns: readonly ColumnSpec[];
}

/**
 * What a model reads of a row, in order of declaration. All columns together are the features of its baseline, of its report
 * and of its metrics. The model is one that `checkModel` accepts.
 */
export function modelReadings<Row>(model: ModelSpec<Row>): readonly Reading<Row>[] {
  return Object.entries(model.features ?? {}).map(([name, feature]) => reading(name, feature));
}

function reading<Row>(name: string, feature: Feature<Row>): Reading<Row> {
  const { kind, limit, sensitive = false } = feature;
  if (kind === 'numeric' || kind === 'categorical') {
    return { name, feature, measures: undefined, columns: [{ name, kind, limit, sensitive }] };
  }
  // `checkModel` has seen that they are there.
  const measures = feature.measures!;
  // The columns of a tensor have names of their own.
  const names = kind === 'columns' ? measures.parts : measures.parts.map(part => `${name}.${part}`);
  const columns = names.map(part => ({ name: part, kind: 'numeric' as const, limit: undefined, sensitive }));
  return { name, feature, measures, columns };
}
