import type { FeatureBaseline, JointBaseline, PlainNumericBaseline } from '../baseline/baseline.js';
import { KINDS_OF_SEVERAL_ROWS } from '../feature/feature.js';
import type { Reading } from '../feature/readings.js';
import { chooseProjections } from '../joint/choose-projections.js';
import { type Projection, projected } from '../joint/projection.js';
import { sampledRows } from '../joint/sampled-rows.js';
import { Column } from './column.js';

/** The source of everything else; no feature has this name. */
const CALL = '';

/** A numeric column that may be watched together with others. */
interface JointInput {
  readonly name: string;
  readonly source: string;
  readonly column: Column;
}

/** A projection, where its numbers come from, and where they are collected. */
interface JointOutput {
  readonly projection: Projection;
  readonly a: Column;
  readonly b: Column;
  readonly column: Column;
}

/** What a learner watches together: chosen when all rows are there, or are kept no longer, from the rows until then. */
export class JointColumns {
  readonly #inputs: readonly JointInput[];
  #outputs: readonly JointOutput[] = [];

  /** @param columns of the features, in order of declaration. */
  constructor(readings: readonly Reading<never>[], columns: readonly Column[]) {
    const specs = readings.flatMap(({ name, feature, columns: own }) =>
      own.map(spec => ({ ...spec, source: KINDS_OF_SEVERAL_ROWS.has(feature.kind) ? name : CALL })),
    );
    // A pair's centre and weight are means and standard deviations, which nobody is told of a sensitive feature.
    this.#inputs = specs.flatMap(({ name, kind, sensitive, source }, i) =>
      kind === 'numeric' && !sensitive ? [{ name, source, column: columns[i]! }] : [],
    );
  }

  /**
   * Chooses projections and collects those of the rows so far, all of which the columns still keep. 8 bytes a row and projection.
   * About 20 ns each, beside the choice: see `choosePairs`.
   */
  choose(rows: number): void {
    const sample = sampledRows(rows, this.#inputs.length);
    const columns = new Map(this.#inputs.map(({ name, column }) => [name, column]));
    const projections = chooseProjections(
      this.#inputs.map(({ name, source, column }) => ({
        name,
        source,
        values: sample.map(row => column.numberAt(row)),
      })),
    );
    this.#outputs = projections.map(projection => {
      const [a, b] = projection.terms.map(([name]) => columns.get(name)!) as [Column, Column];
      const column = new Column({ name: projection.name, kind: 'numeric', limit: undefined, sensitive: false });
      for (let row = 0; row < rows; row++) column.add(projected(projection.terms, a.numberAt(row), b.numberAt(row)), 0);
      return { projection, a, b, column };
    });
  }

  /** The columns that were chosen. */
  get columns(): readonly Column[] {
    return this.#outputs.map(({ column }) => column);
  }

  /** Collects the projections of the newest row of a stream; `position` as in {@link Column.add}. */
  add(position: number): void {
    for (const { projection, a, b, column } of this.#outputs) {
      column.add(projected(projection.terms, a.newest, b.newest), position);
    }
  }

  /** The part of the baseline. */
  finish(finished: (column: Column) => FeatureBaseline): JointBaseline[] {
    return this.#outputs.map(({ projection, column }) => ({
      ...(finished(column) as PlainNumericBaseline),
      terms: projection.terms,
    }));
  }
}
