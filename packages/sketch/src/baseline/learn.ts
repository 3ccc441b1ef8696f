import { SketchError } from '../errors.js';
import { DEFAULT_CATEGORY_LIMIT } from '../feature/categorical.js';
import type { FeatureKind, Num, Str } from '../feature/feature.js';
import { featureReader } from '../feature/reader.js';
import { checkModel, type ModelSpec, OUTPUT_FEATURES } from '../model.js';
import { BASELINE_SCHEMA, type Baseline, type FeatureBaseline, type Provenance } from './baseline.js';
import { CategoryColumn } from './category-column.js';
import { checkedBaseline } from './check.js';
import { MIN_BASELINE_ROWS } from './limits.js';
import { NumericColumn } from './numeric-column.js';
import { checkedProvenance } from './provenance.js';

/** One row to learn from: what the model saw and, if known, what it answered. */
export interface TrainingRow<Row> {
  readonly input: Row;
  readonly output?: TrainingOutput | undefined;
}

export interface TrainingOutput {
  readonly label?: Str;
  readonly confidence?: Num;
  readonly value?: Num;
}

export interface LearnOptions {
  /** Kept in the file as it is given; no clock is asked, so the same rows give the same bytes. */
  readonly provenance?: Provenance;
}

/**
 * A baseline from training rows, each read once: how every declared feature, and every output that the rows have, was distributed.
 *
 * A `select` or getter that throws counts as invalid. Outputs become `prediction.label`, `prediction.confidence` and
 * `prediction.value` where at least one row has something there. Features keep the order of declaration, and the order of rows
 * doesn't matter (past 100,000 distinct values of a category it does). Memory: 8 bytes × rows × numeric features while reading;
 * each distinct category text once. Rows are read in one go unless `rows` is asynchronous; what `rows` throws comes through.
 *
 * @throws SketchError (by rejection) `ERR_MODEL` for a model that `defineModel` would refuse or rows without anything to
 * learn, `ERR_ROWS` if `rows` or a row has another shape, `ERR_BASELINE_TOO_SMALL` under 1,000 rows, `ERR_BASELINE_PROVENANCE`.
 */
export async function learnBaseline<Row>(
  model: ModelSpec<Row>,
  rows: Iterable<TrainingRow<NoInfer<Row>>> | AsyncIterable<TrainingRow<NoInfer<Row>>>,
  options: LearnOptions = {},
): Promise<Baseline> {
  checkModel(model);
  const provenance = options.provenance === undefined ? undefined : checkedProvenance(options.provenance);
  const features = Object.entries(model.features ?? {}).map(
    ([name, feature]) => new Column<Row>(name, feature.kind, featureReader(name, feature), feature.limit),
  );
  const outputs = [...OUTPUT_FEATURES].map(([name, kind]) => new Column(name, kind, outputReader(name)));
  const count = await forEachRow(rows, row => {
    for (const feature of features) feature.add(row.input);
    for (const output of outputs) output.add(row.output);
  });
  if (count < MIN_BASELINE_ROWS) {
    throw new SketchError('ERR_BASELINE_TOO_SMALL', 'rows', `${count} rows`, `at least ${MIN_BASELINE_ROWS}`);
  }
  const present = outputs.filter(output => output.missing < count);
  if (features.length + present.length === 0) {
    throw new SketchError(
      'ERR_MODEL',
      'model.features',
      'no feature, and rows without output',
      'at least one of either',
    );
  }
  const { name, version, transforms, task } = model;
  return checkedBaseline({
    schema: BASELINE_SCHEMA,
    model: { name, version, transforms, task },
    rows: count,
    provenance,
    features: features.map(feature => feature.finish()),
    outputs: present.map(output => output.finish()),
  });
}

/** A feature or output under its name, its values read and collected. */
class Column<Source> {
  readonly #name: string;
  readonly #read: (source: Source) => unknown;
  readonly #values: NumericColumn | CategoryColumn;

  constructor(name: string, kind: FeatureKind, read: (source: Source) => unknown, limit = DEFAULT_CATEGORY_LIMIT) {
    this.#name = name;
    this.#read = read;
    this.#values = kind === 'numeric' ? new NumericColumn() : new CategoryColumn(limit);
  }

  add(source: Source): void {
    let value: unknown;
    try {
      value = this.#read(source);
    } catch {
      this.#values.addInvalid();
      return;
    }
    this.#values.add(value);
  }

  get missing(): number {
    return this.#values.missing;
  }

  finish(): FeatureBaseline {
    return this.#values.finish(this.#name);
  }
}

/** Reads `label` for `prediction.label`, and so on; a row without output is a missing value. */
function outputReader(name: string): (output: TrainingOutput | null | undefined) => unknown {
  const key = name.slice('prediction.'.length) as keyof TrainingOutput;
  return output => output?.[key];
}

/** Calls `each` with every row; gives how many there were. Without `await` where the source has no need of it: 10 × faster. */
async function forEachRow<R extends TrainingRow<unknown>>(
  rows: Iterable<R> | AsyncIterable<R>,
  each: (row: R) => void,
): Promise<number> {
  const source: unknown = rows;
  let count = 0;
  if (isObject(source) && Symbol.asyncIterator in source) {
    for await (const row of source as AsyncIterable<R>) each(checkedRow(row, count++));
  } else if (isObject(source) && Symbol.iterator in source) {
    for (const row of source as Iterable<R>) each(checkedRow(row, count++));
  } else {
    throw new SketchError(
      'ERR_ROWS',
      'rows',
      `a value of type ${typeof source}`,
      'an iterable or async iterable of { input, output? }',
    );
  }
  return count;
}

function checkedRow<R>(row: R, index: number): R {
  if (isObject(row) && 'input' in row) return row;
  // The row itself is data: only its type may be told.
  const met = isObject(row) ? 'an object without input' : `a value of type ${typeof row}`;
  throw new SketchError('ERR_ROWS', `rows[${index}]`, met, 'an object { input, output? }');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
