import type { Baseline, Provenance } from '../baseline/baseline.js';
import { checkedProvenance } from '../baseline/provenance.js';
import { ladderOf } from '../dependence/fit.js';
import { SketchError, shown } from '../errors.js';
import { featureReader } from '../feature/reader.js';
import { modelReadings, type Reading } from '../feature/readings.js';
import { checkModel, type ModelSpec, OUTPUT_FEATURES } from '../model.js';
import { checkMergeable } from '../parts/merge-parts.js';
import { partToBytes } from '../parts/part-bytes.js';
import { DEFAULT_KLL_K } from '../quantile/kll-capacity.js';
import { type CategoryHash, sensitiveCategory } from '../sensitive/category.js';
import { assembled, checkEnough } from './assemble.js';
import { Column } from './column.js';
import { JointColumns } from './joint-columns.js';
import { MeasuredColumns } from './measured-columns.js';
import { MeasuredRow, type RowOfSeveral } from './measured-row.js';
import { ReadColumn } from './read-column.js';
import { RowTimes } from './row-times.js';
import { StreamOrder } from './stream-order.js';
import { checkRow, type LearnOptions, type TrainingOutput, type TrainingRow } from './training-row.js';

/** Rows that are all kept, 8 MB a numeric feature: a stream that ends by then is learned exactly. */
export const EXACT_ROWS = 2 ** 20;

/** What tests make smaller. */
export interface LearnerLimits {
  readonly exactRows: number;
  /** Of the sketches: only parts of one `k` merge. */
  readonly k: number;
}

const LIMITS: LearnerLimits = { exactRows: EXACT_ROWS, k: DEFAULT_KLL_K };

/**
 * Learns a baseline row by row, from a stream of any length, alone or as one of many processes. It ends with {@link finish} or
 * with {@link toBytes}, once.
 *
 * Up to 2^20 rows are kept, and bins are cut from the values themselves. From the next row on a numeric feature is a sketch (a bin's
 * bounds are off by 0.013 % of the rows at most: see `kllRankError`) and a category a count. Dependence goes on over bins that were cut
 * from the rows until then, at the block lengths that they called for and longer ones; if they were all of one instant, rows are
 * taken for the time. Counts always add up to the rows. What is watched together is chosen from the rows that are kept, and learned as one
 * more numeric feature a pair.
 *
 * Memory: 8 bytes × rows × numeric features at first; then 200 KB a numeric feature, 400 KB if the rows are in order, and each distinct
 * category text. Cost: 0.2 µs a row and feature, 0.3 µs in order; the change from one to the other, in one go, 0.2 s a numeric
 * feature, 0.4 s in order.
 */
export class BaselineLearner<Row> {
  readonly #model: ModelSpec<Row>;
  readonly #provenance: Provenance | undefined;
  readonly #limits: LearnerLimits;
  readonly #read: ReadColumn<Row>[] = [];
  readonly #measured: MeasuredRow<Row>;
  readonly #outputs: readonly ReadColumn<TrainingOutput | null | undefined>[];
  /** Of the features, in order of declaration. */
  readonly #columns: readonly Column[];
  /** Of a model that watches features together. */
  readonly #joint: JointColumns | undefined;
  readonly #times: RowTimes;
  /** Of a stream in order. */
  #order: StreamOrder | undefined;
  #rows = 0;
  /** Rows whose output came. */
  #answered = 0;
  /** Of the newest row, in a stream in order. */
  #position = 0;
  #kept = true;
  #ended = false;

  /**
   * @throws SketchError `ERR_MODEL` for a model that `defineModel` would refuse, `ERR_BASELINE_PROVENANCE`, `ERR_ROWS` for a `rowOfSeveral`
   * that is no function.
   */
  constructor(model: ModelSpec<Row>, options?: LearnOptions);
  /** @internal */
  constructor(model: ModelSpec<Row>, options: LearnOptions | undefined, limits: LearnerLimits);
  constructor(model: ModelSpec<Row>, options: LearnOptions = {}, limits: LearnerLimits = LIMITS) {
    checkModel(model);
    this.#model = model;
    this.#provenance = options.provenance === undefined ? undefined : checkedProvenance(options.provenance);
    this.#limits = limits;
    const readings = modelReadings(model);
    const hash = model.sensitiveKey === undefined ? undefined : sensitiveCategory(model.sensitiveKey);
    const measured: MeasuredColumns<Row>[] = [];
    this.#columns = readings.flatMap(reading => this.#columnsOf(reading, measured, hash));
    this.#measured = new MeasuredRow(measured, checkedRowOfSeveral(options.rowOfSeveral));
    this.#joint = model.joint === true ? new JointColumns(readings, this.#columns) : undefined;
    this.#outputs = [...OUTPUT_FEATURES].map(
      ([name, kind]) =>
        new ReadColumn(new Column({ name, kind, limit: undefined, sensitive: false }), outputReader(name)),
    );
    this.#times = new RowTimes(options.timeOrdered === true);
  }

  #columnsOf(
    reading: Reading<Row>,
    measured: MeasuredColumns<Row>[],
    hash: CategoryHash | undefined,
  ): readonly Column[] {
    const { name, feature, measures, columns } = reading;
    if (measures !== undefined) {
      const parts = new MeasuredColumns(reading, measures);
      measured.push(parts);
      return parts.columns;
    }
    const read = new ReadColumn(new Column(columns[0]!, hash), featureReader(name, feature));
    this.#read.push(read);
    return [read.column];
  }

  /** How many rows were added. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Takes a row. A `select` or getter that throws counts as invalid; a row that is refused leaves everything as it was.
   *
   * @throws SketchError `ERR_ROWS` for a row of another shape, a tensor that holds a batch (with `rowOfSeveral` one that is empty or does
   * not fit the others), a time that is none or goes back, and after the end; what a getter of the row itself, or `rowOfSeveral`, throws.
   */
  add(row: TrainingRow<Row>): void {
    this.#checkOpen();
    checkRow(row, this.#rows);
    const { input, output, time } = row;
    this.addInput(input, time);
    this.addOutput(output);
  }

  /**
   * Takes a row whose output is not known yet, or never will be: for a model that is being called.
   *
   * @throws SketchError `ERR_ROWS` as {@link add}.
   */
  addInput(input: Row, time?: Date | number): void {
    this.#checkOpen();
    this.#measured.measure(input, this.#rows);
    if (this.#kept && this.#rows === this.#limits.exactRows) this.#endRows(true);
    this.#times.add(time);
    this.#position = this.#order === undefined ? 0 : this.#order.next(this.#times.elapsedMs);
    this.#measured.add(this.#position);
    for (const read of this.#read) read.add(input, this.#position);
    if (!this.#kept) this.#joint?.add(this.#position);
    this.#rows++;
  }

  /**
   * The output of one of the inputs so far, in whatever order they come. Rows that never get theirs have a missing one.
   *
   * @throws SketchError `ERR_ROWS` for one output more than there are inputs, and after the end.
   */
  addOutput(output: TrainingOutput | null | undefined): void {
    this.#checkOpen();
    if (this.#answered === this.#rows) {
      throw new SketchError(
        'ERR_ROWS',
        'output',
        `${this.#answered + 1} outputs`,
        `at most ${this.#rows}, as many as inputs`,
      );
    }
    this.#answered++;
    for (const read of this.#outputs) read.add(output, this.#position);
  }

  /**
   * The baseline of all rows; ends the learner. Outputs are in it where at least one row has something there.
   *
   * @throws SketchError `ERR_BASELINE_TOO_SMALL` under 1,000 rows, `ERR_MODEL` for rows without anything to learn (in both
   * cases rows can still be added), `ERR_ROWS` after the end.
   */
  finish(): Baseline {
    this.#checkOpen();
    const rows = this.#rows;
    const answered = this.#answered;
    const outputs = this.#outputs.map(({ column }) => column).filter(column => column.missing < answered);
    checkEnough(rows, this.#columns.length + outputs.length);
    this.#answerRest();
    this.#ended = true;
    if (this.#kept) this.#joint?.choose(rows);
    const order = this.#kept ? this.#times.order() : undefined;
    const finished = (column: Column) => (this.#kept ? column.finishRows(order) : column.finishStream(this.#order));
    return assembled(this.#model, {
      rows,
      dependence: order === undefined ? this.#order?.ladder() : ladderOf(order, rows),
      provenance: this.#provenance,
      features: this.#columns.map(finished),
      outputs: outputs.map(finished),
      joint: this.#joint?.finish(finished),
    });
  }

  /**
   * What was learned, for `mergeBaselineParts`; ends the learner. Any number of rows will do, none too. Provenance is not in it.
   *
   * **This is training data, unlike a baseline**: it holds up to 25,000 raw values of each numeric feature and up to 100,000 texts of
   * each category. Keep it where the rows may be kept.
   *
   * Size: 8 bytes a value up to 200 KB a numeric feature, 10 bytes and its text for each category. While all the sketches are
   * exact (under 24,000 values) rows in another order give the same bytes, if they have no order.
   *
   * @throws SketchError `ERR_ROWS` after the end, `ERR_MODEL` for a model with `joint` or a sensitive feature: see
   * {@link checkMergeable}.
   */
  toBytes(): Uint8Array<ArrayBuffer> {
    this.#checkOpen();
    checkMergeable(this.#model);
    this.#answerRest();
    this.#ended = true;
    if (this.#kept) this.#endRows(false);
    const { name, version, transforms } = this.#model;
    const order = this.#order;
    return partToBytes({
      model: { name, version, transforms },
      rows: this.#rows,
      order: this.#times.kind,
      dependence: order?.ladder(),
      features: this.#columns.map(column => column.part(order)),
      outputs: this.#outputs.map(({ column }) => column.part(order)),
    });
  }

  /** @param more whether other rows may follow. */
  #endRows(more: boolean): void {
    this.#joint?.choose(this.#rows);
    const order = this.#rows === 0 ? undefined : this.#times.order();
    this.#times.endRows();
    this.#kept = false;
    if (order !== undefined) this.#order = new StreamOrder(order, this.#rows, more);
    const blocks = order && this.#order && { ...order, lengths: this.#order.lengths };
    for (const column of this.#columns) column.endRows(this.#limits.k, blocks);
    for (const column of this.#joint?.columns ?? []) column.endRows(this.#limits.k, blocks);
    for (const { column } of this.#outputs) column.endRows(this.#limits.k, blocks);
  }

  #answerRest(): void {
    while (this.#answered < this.#rows) this.addOutput(undefined);
  }

  #checkOpen(): void {
    if (!this.#ended) return;
    throw new SketchError('ERR_ROWS', 'learner', 'one that has ended with finish() or toBytes()', 'a new one');
  }
}

function checkedRowOfSeveral(given: unknown): RowOfSeveral | undefined {
  if (given === undefined || typeof given === 'function') return given as RowOfSeveral | undefined;
  throw new SketchError('ERR_ROWS', 'rowOfSeveral', shown(given), 'a function of the number of rows');
}

/** Reads `label` for `prediction.label`, and so on; a row without output is a missing value. */
function outputReader(name: string): (output: TrainingOutput | null | undefined) => unknown {
  const key = name.slice('prediction.'.length) as keyof TrainingOutput;
  return output => output?.[key];
}
