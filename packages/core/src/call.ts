import type { Span } from '@opentelemetry/api';
import type { Counting } from './counting.js';
import type { DriftWatch } from './drift/watch.js';
import type { Faults } from './faults.js';
import type { RowCounter } from './input/row-counter.js';
import { eachRow, MAX_BATCH_ROWS } from './input/rows.js';
import { type Keeping, type Kept, LOST } from './keeping.js';
import type { Learning } from './learning.js';
import type { Noting } from './noting.js';
import type { Outcomes } from './outcome/outcomes.js';
import type { OutputCounter } from './output/output-counter.js';
import { monotonicMs } from './platform.js';
import { settled } from './promises.js';
import type { Durations } from './record/durations.js';
import { errorType } from './record/error-type.js';
import type { Spans } from './record/spans.js';
import type { Streams } from './stream/streams.js';
import type { CallClusters } from './window/call-clusters.js';
import type { Histogram } from './window/histogram.js';
import { FLAGS, type Ring } from './window/ring.js';
import type { Windows } from './window/windows.js';

/** Our own time is measured on one call in this many, and scaled. */
const OVERHEAD_SAMPLE = 1024;
/** Rows of a batch whose bins are noted as examples. */
const EXAMPLE_ROWS = 16;

/** The batch size of a call that is not a batch. */
const NOT_A_BATCH = -1;
export type PredictionIds = string | undefined | readonly (string | undefined)[];

/** What a call carries while it runs, beside its clock and its span; most calls carry nothing. */
export interface Aside {
  readonly ids: PredictionIds;
  readonly kept: Kept | undefined;
  /** Of a batch: rows by index. */
  readonly keptRows: ReadonlyMap<number, Kept> | undefined;
  /** Whether the bins of this call are noted as an example. */
  readonly isExample: boolean;
}

const LOST_ASIDE: Aside = Object.freeze({ ids: undefined, kept: LOST, keptRows: undefined, isExample: false });

export interface CallParts {
  readonly counting: Counting;
  readonly windows: Windows;
  readonly watch: DriftWatch;
  readonly faults: Faults;
  readonly output: OutputCounter;
  readonly outcomes: Outcomes;
  readonly durations: Durations;
  readonly spans: Spans;
  readonly keeping: Keeping;
  readonly noting: Noting;
  readonly streams: Streams;
  /** Present where the first argument is an iterable of rows. */
  readonly batchSizes: Histogram | undefined;
  /** Present until the baseline is learned, where it is learned here. */
  readonly learning: Learning | undefined;
  readonly predictionId: ((row: unknown, index: number, ...args: unknown[]) => unknown) | undefined;
  /** How many rows one result has; undefined where it is one. */
  readonly resultRows: ((output: unknown) => unknown) | undefined;
  /** What to call an error, before our own way. */
  readonly errorType: ((error: unknown) => unknown) | undefined;
}

/**
 * One inference, start to finish: `begin`, `countInput`, `aside`, the model runs, then exactly one of `succeed`, `fail` and
 * `failAs`. No method throws; whatever goes wrong in here is counted, and the user's call goes on.
 */
export class Calls {
  /** Calls that began and have not ended. */
  active = 0;
  /** Estimate of the time spent here since construction. */
  overheadMs = 0;
  disposed = false;
  readonly spans: Spans;
  readonly streams: Streams;
  readonly #parts: CallParts;
  /** Whether `aside` asks for ids. */
  readonly hasIds: boolean;
  readonly #keeping: Keeping;
  // Of the counting, at hand for every call.
  #ring!: Ring;
  #countRow!: RowCounter;
  #clusters: CallClusters | undefined;
  #learning: Learning | undefined;
  /** Rows of the batch that is being counted which may be recorded. */
  #keptRows: Map<number, Kept> | undefined;
  #batchStartMs = 0;
  /** Made once: a batch hands it every row. */
  readonly #takeInput = (row: unknown, index: number): void => {
    const ring = this.#ring;
    ring.cells[FLAGS] = 0;
    this.#countRow(row, ring.cells, ring.base, ring.sums, ring.sumBase);
    const kept = this.#keeping.before(this.#batchStartMs, ring.cells[FLAGS]!, row, undefined);
    if (kept === undefined) return;
    this.#keptRows ??= new Map();
    this.#keptRows.set(index, kept);
  };
  #started = 0;
  #ended = 0;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.spans = parts.spans;
    this.streams = parts.streams;
    this.hasIds = parts.predictionId !== undefined;
    this.#keeping = parts.keeping;
    this.#learning = parts.learning;
    this.#use(parts.counting);
  }

  /** Counts by a baseline that was learned meanwhile. */
  use(counting: Counting): void {
    this.#learning = undefined;
    this.#keeping.use(counting.reader);
    this.#parts.noting.use(counting.reader);
    this.#use(counting);
  }

  #use({ ring, countRow, judge }: Counting): void {
    this.#ring = ring;
    this.#countRow = countRow;
    this.#clusters = judge.clusters;
  }

  /** Starts the clock, and turns the windows if a sub-window has ended. */
  begin(): number {
    this.active++;
    const startMs = monotonicMs();
    if (startMs >= this.#parts.windows.turnAtMs) this.#parts.watch.settle();
    return startMs;
  }

  /** Counts the features before the model runs: it may change its input. Gives the batch size. */
  countInput(input: unknown, startMs: number): number {
    const { batchSizes } = this.#parts;
    const ring = this.#ring;
    let size = NOT_A_BATCH;
    try {
      if (batchSizes === undefined) {
        this.#clusters?.reset();
        ring.cells[FLAGS] = 0;
        this.#countRow(input, ring.cells, ring.base, ring.sums, ring.sumBase);
      } else size = this.#countBatch(input, batchSizes, startMs);
      this.#clusters?.end();
      this.#learning?.takeInput(input);
    } catch (error) {
      this.#parts.faults.count('internal', error);
    }
    if (++this.#started % OVERHEAD_SAMPLE === 0) this.overheadMs += (monotonicMs() - startMs) * OVERHEAD_SAMPLE;
    return size;
  }

  /**
   * What the call has to carry, decided when its input has been counted and its span opened: the ids under which outcomes will
   * come, the snapshot of an input that is recorded, whether its bins are an example. Undefined for most.
   *
   * @param args of the call, for `predictionId`; where there is none, any: an array that is handed on is made for each call.
   */
  aside(
    startMs: number,
    input: unknown,
    size: number,
    span: Span | undefined,
    args: readonly unknown[],
  ): Aside | undefined {
    const keptRows = this.#keptRows;
    this.#keptRows = undefined;
    const isSingle = size === NOT_A_BATCH;
    const kept = isSingle ? this.#keeping.before(startMs, this.#ring.cells[FLAGS]!, input, span) : undefined;
    const isExample = span !== undefined && this.#parts.noting.wants(startMs, span);
    if (!this.hasIds && !isExample) {
      if (kept === undefined && keptRows === undefined) return undefined;
      if (kept === LOST) return LOST_ASIDE;
    }
    if (isExample) this.#noteExample(input, size, span!);
    return { ids: this.hasIds ? this.#ids(input, size, args) : undefined, kept, keptRows, isExample };
  }

  /** The call gave `result`. @param read false where the result can't be read, only passed on. */
  succeed(
    startMs: number,
    span: Span | undefined,
    result: unknown,
    input: unknown,
    size: number,
    aside: Aside | undefined,
    read: boolean,
  ): void {
    const endMs = monotonicMs();
    const { output, durations, spans, faults } = this.#parts;
    const single = size === NOT_A_BATCH;
    const counted = this.#ends();
    let rows = 1;
    if (counted) {
      try {
        durations.succeeded.record((endMs - startMs) / 1000);
        if (!single) this.#countResults(result, input, size, span, aside, endMs - startMs, read);
        else if (read) rows = this.#countResult(result, input);
        else output.countUnread();
        if (single && (aside !== undefined || (this.#keeping.looksBack && this.#keeping.isLate(endMs - startMs)))) {
          this.#recordSingle(endMs - startMs, span, input, aside, undefined);
        }
        if (aside?.isExample === true) this.#parts.noting.noteOutput(output, span!);
      } catch (error) {
        faults.count('internal', error);
      }
    }
    if (span !== undefined) {
      const ids = aside?.ids;
      spans.succeed(
        span,
        single && read && counted && rows === 1 ? output : undefined,
        typeof ids === 'string' ? ids : undefined,
        rows === 1 ? size : rows,
      );
    }
    if (++this.#ended % OVERHEAD_SAMPLE === 0) this.overheadMs += (monotonicMs() - endMs) * OVERHEAD_SAMPLE;
  }

  /** The call threw or rejected: its features stay counted, there is no prediction. */
  fail(
    startMs: number,
    span: Span | undefined,
    error: unknown,
    input: unknown,
    size: number,
    aside: Aside | undefined,
  ): void {
    this.#fail(this.#errorType(error), error, startMs, span, input, size, aside);
  }

  /** The call ended without an error of its own: it was aborted or abandoned. */
  failAs(
    type: string,
    startMs: number,
    span: Span | undefined,
    input: unknown,
    size: number,
    aside: Aside | undefined,
  ): void {
    this.#fail(type, undefined, startMs, span, input, size, aside);
  }

  #fail(
    type: string,
    error: unknown,
    startMs: number,
    span: Span | undefined,
    input: unknown,
    size: number,
    aside: Aside | undefined,
  ): void {
    const endMs = monotonicMs();
    if (this.#ends()) {
      this.#parts.durations.fail(type, (endMs - startMs) / 1000);
      try {
        this.#parts.output.clear();
        if (size === NOT_A_BATCH) this.#recordSingle(endMs - startMs, span, input, aside, type);
        else this.#recordFailed(endMs - startMs, span, input, size, aside, type);
      } catch (fault) {
        this.#parts.faults.count('internal', fault);
      }
    }
    if (span !== undefined) this.spans.fail(span, type, size, error);
  }

  /** Each row of a batch that failed as a whole. */
  #recordFailed(
    durationMs: number,
    span: Span | undefined,
    input: unknown,
    size: number,
    aside: Aside | undefined,
    failedAs: string,
  ): void {
    if (this.#keeping.isOff) return;
    this.#eachOf(size, input, (row, batchIndex) => {
      const ending = { durationMs, span, failedAs, batchIndex, predictionId: undefined };
      this.#keeping.finish(aside?.keptRows?.get(batchIndex), row, ending);
    });
  }

  #ends(): boolean {
    this.active--;
    if (this.disposed) this.#parts.faults.count('disposed');
    return !this.disposed;
  }

  #errorType(error: unknown): string {
    const own = this.#parts.errorType;
    if (own !== undefined) {
      try {
        const type = settled(own(error));
        if (typeof type === 'string') return type;
      } catch (fault) {
        this.#parts.faults.count('internal', fault);
      }
    }
    return errorType(error);
  }

  #countBatch(input: unknown, batchSizes: Histogram, startMs: number): number {
    this.#batchStartMs = startMs;
    this.#clusters?.begin();
    const size = this.#eachRow(input, this.#takeInput);
    if (size >= 0) batchSizes.record(size);
    return Math.max(0, size);
  }

  /** Of a result that is not of a batch: the number of rows it has. */
  #countResult(result: unknown, input: unknown): number {
    const { output, resultRows } = this.#parts;
    const rows = resultRows === undefined ? 1 : this.#rowsOf(resultRows, result);
    if (rows === 1) {
      output.count(result, input, 0);
      this.#learning?.takeOutput(output);
      return 1;
    }
    // A training row has one output: any of them will do, since outputs are learned each by itself.
    const learned = this.#learning === undefined ? -1 : Math.floor(Math.random() * rows);
    this.#clusters?.begin();
    for (let index = 0; index < rows; index++) {
      output.count(result, input, index);
      if (index === learned) this.#learning?.takeOutput(output);
    }
    this.#clusters?.end();
    output.clear();
    return rows;
  }

  #rowsOf(read: (output: unknown) => unknown, result: unknown): number {
    try {
      const rows = settled(read(result));
      if (typeof rows === 'number' && rows >= 0) return Math.min(Math.floor(rows), MAX_BATCH_ROWS);
      this.#parts.faults.count('output_reader');
    } catch (error) {
      this.#parts.faults.count('output_reader', error);
    }
    return 1;
  }

  /** @param read false where the result can't be read. */
  #countResults(
    result: unknown,
    input: unknown,
    size: number,
    span: Span | undefined,
    aside: Aside | undefined,
    durationMs: number,
    read: boolean,
  ): void {
    const { output } = this.#parts;
    const ids = aside?.ids as readonly (string | undefined)[] | undefined;
    this.#clusters?.begin();
    this.#eachOf(size, input, (row, index) => {
      if (read) {
        output.count(result, row, index);
        this.#learning?.takeOutput(output);
      } else output.countUnread();
      const predictionId = ids?.[index];
      const kept = aside?.keptRows?.get(index);
      let isRecorded = false;
      if (kept !== undefined || (this.#keeping.looksBack && this.#keeping.isLate(durationMs))) {
        const ending = { durationMs, span, failedAs: undefined, batchIndex: index, predictionId };
        isRecorded = this.#keeping.finish(kept, row, ending);
      }
      this.#expect(predictionId, isRecorded);
    });
    this.#clusters?.end();
  }

  /** As many rows as there were before the model ran, whatever it did to them: those that are gone are undefined. */
  #eachOf(size: number, input: unknown, take: (row: unknown, index: number) => void): void {
    let next = 0;
    this.#eachRow(input, row => take(row, next++), size);
    while (next < size) take(undefined, next++);
  }

  /** Records the only prediction of a call, if it is to be, and lets its outcome come. */
  #recordSingle(
    durationMs: number,
    span: Span | undefined,
    input: unknown,
    aside: Aside | undefined,
    failedAs: string | undefined,
  ): void {
    const predictionId = typeof aside?.ids === 'string' ? aside.ids : undefined;
    const ending = { durationMs, span, failedAs, batchIndex: undefined, predictionId };
    const recorded = this.#keeping.finish(aside?.kept, input, ending);
    if (failedAs === undefined) this.#expect(predictionId, recorded);
  }

  #expect(id: string | undefined, recorded: boolean): void {
    const { output, outcomes } = this.#parts;
    if (id === undefined || (output.label === undefined && Number.isNaN(output.value))) return;
    outcomes.expect(id, output.label, output.value, recorded);
  }

  #noteExample(input: unknown, size: number, span: Span): void {
    const { noting, faults } = this.#parts;
    try {
      if (size === NOT_A_BATCH) noting.noteRow(input, span);
      else this.#eachRow(input, row => noting.noteRow(row, span), Math.min(size, EXAMPLE_ROWS));
    } catch (error) {
      faults.count('span', error);
    }
  }

  #eachRow(input: unknown, take: (row: unknown, index: number) => void, most?: number): number {
    try {
      const size = eachRow(input, take, most);
      if (size < 0 || size === MAX_BATCH_ROWS) this.#parts.faults.count('batch_rows');
      return size;
    } catch (error) {
      this.#parts.faults.count('batch_rows', error);
      return -1;
    }
  }

  /** The ids under which outcomes will come, of the call or of each row. */
  #ids(input: unknown, size: number, args: readonly unknown[]): PredictionIds {
    if (size === NOT_A_BATCH) return this.#id(input, 0, args);
    const ids: (string | undefined)[] = [];
    this.#eachRow(input, (row, index) => ids.push(this.#id(row, index, args)));
    return ids;
  }

  #id(row: unknown, index: number, args: readonly unknown[]): string | undefined {
    try {
      const id = settled(this.#parts.predictionId!(row, index, ...args));
      if (typeof id === 'string' || id === undefined) return id;
      this.#parts.faults.count('prediction_id');
    } catch (error) {
      this.#parts.faults.count('prediction_id', error);
    }
    return undefined;
  }
}
