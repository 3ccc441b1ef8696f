import type { Span } from '@opentelemetry/api';
import { type Aside, LOST_ASIDE, NOT_A_BATCH, type PredictionIds } from './aside.js';
import type { CallParts } from './call-parts.js';
import type { Counting } from './counting.js';
import type { RowCounter } from './input/row-counter.js';
import { type Keeping, type Kept, LOST } from './keeping.js';
import type { Learning } from './learning.js';
import { predictionId } from './outcome/prediction-ids.js';
import { monotonicMs } from './platform.js';
import { settled } from './promises.js';
import { errorType } from './record/error-type.js';
import type { Spans } from './record/spans.js';
import type { Streams } from './stream/streams.js';
import type { CallClusters } from './window/call-clusters.js';
import type { Histogram } from './window/histogram.js';
import type { Ring } from './window/ring.js';

/** Our own time is measured on one call in this many, and scaled. */
const OVERHEAD_SAMPLE = 1024;
/** Rows of a batch whose bins are noted as examples. */
const EXAMPLE_ROWS = 16;

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
    const { flags } = this.#ring;
    flags[0] = 0;
    this.#countRow(row);
    const kept = this.#keeping.before(this.#batchStartMs, flags[0], row, undefined);
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
    this.#parts.results.use(counting);
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
    let size = NOT_A_BATCH;
    try {
      if (batchSizes === undefined) {
        this.#clusters?.reset();
        this.#ring.flags[0] = 0;
        this.#countRow(input);
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
    const kept = isSingle ? this.#keeping.before(startMs, this.#ring.flags[0]!, input, span) : undefined;
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
    const { output, results, durations, spans, faults } = this.#parts;
    const single = size === NOT_A_BATCH;
    const counted = this.#ends();
    let rows = 1;
    if (counted) {
      try {
        durations.succeed(startMs, endMs);
        if (!single) results.countBatch(result, { input, size, span, aside, durationMs: endMs - startMs }, read);
        else if (read) rows = results.count(result, input);
        else output.countUnread();
        if (single && (aside !== undefined || (this.#keeping.looksBack && this.#keeping.isLate(endMs - startMs)))) {
          results.record(endMs - startMs, span, input, aside, undefined);
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
    const durationMs = monotonicMs() - startMs;
    const { durations, output, results, faults } = this.#parts;
    if (this.#ends()) {
      durations.fail(type, durationMs / 1000);
      try {
        output.clear();
        if (size === NOT_A_BATCH) results.record(durationMs, span, input, aside, type);
        else results.failBatch(type, { input, size, span, aside, durationMs });
      } catch (fault) {
        faults.count('internal', fault);
      }
    }
    if (span !== undefined) this.spans.fail(span, type, size, error);
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
    const size = this.#parts.rows.each(input, this.#takeInput);
    if (size >= 0) batchSizes.record(size);
    return Math.max(0, size);
  }

  #noteExample(input: unknown, size: number, span: Span): void {
    const { noting, rows, faults } = this.#parts;
    try {
      if (size === NOT_A_BATCH) noting.noteRow(input, span);
      else rows.each(input, row => noting.noteRow(row, span), Math.min(size, EXAMPLE_ROWS));
    } catch (error) {
      faults.count('span', error);
    }
  }

  /** The ids under which outcomes will come, of the call or of each row. */
  #ids(input: unknown, size: number, args: readonly unknown[]): PredictionIds {
    const { predictionId: read, rows, faults } = this.#parts;
    if (size === NOT_A_BATCH) return predictionId(read!, input, 0, args, faults);
    const ids: (string | undefined)[] = [];
    rows.each(input, (row, index) => ids.push(predictionId(read!, row, index, args, faults)));
    return ids;
  }
}
