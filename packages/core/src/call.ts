import type { Span } from '@opentelemetry/api';
import type { Counting } from './counting.js';
import type { DriftWatch } from './drift/watch.js';
import type { Faults } from './faults.js';
import type { RowCounter } from './input/row-counter.js';
import { eachRow, MAX_BATCH_ROWS } from './input/rows.js';
import type { Learning } from './learning.js';
import type { Outcomes } from './outcome/outcomes.js';
import type { OutputCounter } from './output/output-counter.js';
import { monotonicMs } from './platform.js';
import { settled } from './promises.js';
import type { Durations } from './record/durations.js';
import { errorType } from './record/error-type.js';
import type { Spans } from './record/spans.js';
import type { CallClusters } from './window/call-clusters.js';
import type { Histogram } from './window/histogram.js';
import type { Ring } from './window/ring.js';
import type { Windows } from './window/windows.js';

/** Our own time is measured on one call in this many, and scaled. */
const OVERHEAD_SAMPLE = 1024;

/** The batch size of a call that is not a batch. */
const NOT_A_BATCH = -1;
export type PredictionIds = string | undefined | readonly (string | undefined)[];

export interface CallParts {
  readonly counting: Counting;
  readonly windows: Windows;
  readonly watch: DriftWatch;
  readonly faults: Faults;
  readonly output: OutputCounter;
  readonly outcomes: Outcomes;
  readonly durations: Durations;
  readonly spans: Spans;
  /** Present where the first argument is an iterable of rows. */
  readonly batchSizes: Histogram | undefined;
  /** Present until the baseline is learned, where it is learned here. */
  readonly learning: Learning | undefined;
  readonly predictionId: ((row: unknown, index: number, ...args: unknown[]) => unknown) | undefined;
}

/**
 * One inference, start to finish: `begin`, `countInput`, the model runs, then exactly one of `succeed`, `fail` and
 * `pass`. No method throws; whatever goes wrong in here is counted, and the user's call goes on.
 */
export class Calls {
  /** Calls that began and have not ended. */
  active = 0;
  /** Estimate of the time spent here since construction. */
  overheadMs = 0;
  disposed = false;
  readonly spans: Spans;
  /** Whether `ids` has anything to give. */
  readonly hasIds: boolean;
  readonly #parts: CallParts;
  // Of the counting, at hand for every call.
  #ring!: Ring;
  #countRow!: RowCounter;
  #clusters: CallClusters | undefined;
  #learning: Learning | undefined;
  /** Made once: a batch hands it every row. */
  readonly #takeInput = (row: unknown): void => {
    const ring = this.#ring;
    this.#countRow(row, ring.cells, ring.base, ring.sums, ring.sumBase);
  };
  #started = 0;
  #ended = 0;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.spans = parts.spans;
    this.hasIds = parts.predictionId !== undefined;
    this.#learning = parts.learning;
    this.#use(parts.counting);
  }

  /** Counts by a baseline that was learned meanwhile. */
  use(counting: Counting): void {
    this.#learning = undefined;
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
      this.#clusters?.begin();
      if (batchSizes === undefined) this.#countRow(input, ring.cells, ring.base, ring.sums, ring.sumBase);
      else size = this.#countBatch(input, batchSizes);
      this.#clusters?.end();
      this.#learning?.takeInput(input);
    } catch (error) {
      this.#parts.faults.count('internal', error);
    }
    if (++this.#started % OVERHEAD_SAMPLE === 0) this.overheadMs += (monotonicMs() - startMs) * OVERHEAD_SAMPLE;
    return size;
  }

  /** The ids under which outcomes will come, of the call or of each row. To be asked only where `hasIds`. */
  ids(input: unknown, size: number, args: readonly unknown[]): PredictionIds {
    if (size === NOT_A_BATCH) return this.#id(input, 0, args);
    const ids: (string | undefined)[] = [];
    this.#eachRow(input, (row, index) => ids.push(this.#id(row, index, args)));
    return ids;
  }

  /** The call gave `result`. @param read false where the result can't be read, only passed on. */
  succeed(
    startMs: number,
    span: Span | undefined,
    result: unknown,
    input: unknown,
    size: number,
    ids: PredictionIds,
    read: boolean,
  ): void {
    const endMs = monotonicMs();
    const { output, durations, spans, outcomes, faults } = this.#parts;
    const single = size === NOT_A_BATCH;
    const counted = this.#ends();
    if (counted) {
      try {
        durations.succeeded.record((endMs - startMs) / 1000);
        if (!read) for (let i = single ? 1 : size; i > 0; i--) output.labels.count(undefined);
        else if (single) {
          output.count(result, input, 0);
          this.#learning?.takeOutput(output);
          if (typeof ids === 'string' && output.label !== undefined) outcomes.expect(ids, output.label);
        } else this.#countResults(result, input, size, ids as readonly (string | undefined)[] | undefined);
      } catch (error) {
        faults.count('internal', error);
      }
    }
    if (span !== undefined)
      spans.succeed(
        span,
        single && read && counted ? output : undefined,
        typeof ids === 'string' ? ids : undefined,
        size,
      );
    if (++this.#ended % OVERHEAD_SAMPLE === 0) this.overheadMs += (monotonicMs() - endMs) * OVERHEAD_SAMPLE;
  }

  /** The call threw or rejected: its features stay counted, there is no prediction. */
  fail(startMs: number, span: Span | undefined, error: unknown, size: number): void {
    const seconds = (monotonicMs() - startMs) / 1000;
    const type = errorType(error);
    if (this.#ends()) this.#parts.durations.fail(type, seconds);
    if (span !== undefined) this.spans.fail(span, type, size);
  }

  /** A generator: passed on untouched, so neither its end nor its result is seen. */
  pass(span: Span | undefined): void {
    this.#ends();
    if (span !== undefined) this.spans.succeed(span, undefined, undefined, NOT_A_BATCH);
  }

  #ends(): boolean {
    this.active--;
    if (this.disposed) this.#parts.faults.count('disposed');
    return !this.disposed;
  }

  #countBatch(input: unknown, batchSizes: Histogram): number {
    const size = this.#eachRow(input, this.#takeInput);
    if (size >= 0) batchSizes.record(size);
    return Math.max(0, size);
  }

  /** As many results as there were rows before the model ran, whatever it did to them: rows that are gone are undefined. */
  #countResults(result: unknown, input: unknown, size: number, ids: readonly (string | undefined)[] | undefined): void {
    const { output, outcomes } = this.#parts;
    this.#clusters?.begin();
    let next = 0;
    const take = (row: unknown): void => {
      const index = next++;
      output.count(result, row, index);
      this.#learning?.takeOutput(output);
      const id = ids?.[index];
      if (id !== undefined && output.label !== undefined) outcomes.expect(id, output.label);
    };
    this.#eachRow(input, take, size);
    while (next < size) take(undefined);
    this.#clusters?.end();
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
