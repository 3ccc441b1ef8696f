import {
  type Baseline,
  type CategoricalBaseline,
  type CountedFeature,
  categoryOf,
  type FeatureBaseline,
  featureReader,
  type ModelSpec,
  modelReadings,
  RowCounter,
  type TrainingRow,
  valuedCells,
} from '@driftspan/sketch';
import type { SampledFeature } from './sampled-feature.js';
import { UnknownTally } from './unknown-tally.js';

/** A sample's rows as the checks look at them: counted into the baseline's cells, and the categories it does not have by name. */
export class Sample<Row> {
  readonly #baseline: Baseline;
  readonly #counter: RowCounter<Row>;
  readonly #tallies: readonly {
    readonly name: string;
    readonly read: (row: Row) => unknown;
    readonly tally: UnknownTally;
  }[];

  /** @throws SketchError as `bindBaseline` does. */
  constructor(baseline: Baseline, model: ModelSpec<Row>) {
    this.#baseline = baseline;
    this.#counter = new RowCounter(baseline, model);
    const known = new Map(baseline.features.filter(isNamed).map(({ name, categories }) => [name, categories]));
    this.#tallies = modelReadings(model).flatMap(({ name, feature, measures }) => {
      const categories = measures === undefined ? known.get(name) : undefined;
      if (categories === undefined) return [];
      return [{ name, read: featureReader(name, feature), tally: new UnknownTally(categories) }];
    });
  }

  get rows(): number {
    return this.#counter.rows;
  }

  add(row: TrainingRow<Row>): void {
    this.#counter.add(row);
    for (const { read, tally } of this.#tallies) {
      const category = categoryOf(read(row.input));
      if (typeof category === 'string') tally.add(category);
    }
  }

  /** By feature, in the baseline's order; outputs and joint drift are no business of who sends the data. */
  finish(columnOf: (feature: string) => string): readonly SampledFeature[] {
    const counted = new Map(this.#counter.finish().features.map(feature => [feature.name, feature]));
    return this.#baseline.features.map(feature => {
      const { name } = feature;
      const tally = this.#tallies.find(tallied => tallied.name === name)?.tally;
      const sampled = sampledFeature(feature, counted.get(name)!, columnOf(name));
      return tally === undefined ? sampled : { ...sampled, unknown: tally };
    });
  }
}

/** Of what was counted, without names of categories. */
export function sampledFeature(baseline: FeatureBaseline, counted: CountedFeature, column: string): SampledFeature {
  const valued = valuedCells(baseline);
  const { counts } = counted;
  return {
    ...counted,
    column,
    values: counts.slice(0, valued).reduce((sum, n) => sum + n, 0),
    missing: counts[valued]!,
    invalid: counts[valued + 1]!,
  };
}

/** Its categories are texts, not hashes. */
function isNamed(feature: FeatureBaseline): feature is CategoricalBaseline {
  return feature.kind === 'categorical' && feature.sensitive !== true;
}
