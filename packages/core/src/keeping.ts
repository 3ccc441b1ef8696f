import { context, type Span } from '@opentelemetry/api';
import type { DriftWatch } from './drift/watch.js';
import type { Faults } from './faults.js';
import type { RowReader } from './input/row-reader.js';
import type { OutputCounter } from './output/output-counter.js';
import { monotonicMs } from './platform.js';
import type { PendingRecord, Records } from './record/records.js';
import { DRIFTED, TRIED } from './sampling/reasons.js';
import type { Sampler } from './sampling/sampler.js';

/** What is known of one prediction before the model runs, where it may be recorded. */
export interface Kept {
  /** Of `sampling/reasons.ts`. */
  readonly bits: number;
  /** That goes with them. */
  readonly probability: number;
  /** Undefined where the coin was lost: then only `bits` matters. */
  readonly pending: PendingRecord | undefined;
}

/** A rule held and its coin was lost: one object for all. */
export const LOST: Kept = Object.freeze({ bits: TRIED, probability: 0, pending: undefined });

export interface KeepingParts {
  readonly sampler: Sampler;
  readonly records: Records;
  readonly watch: DriftWatch;
  /** What was read of the result that is being counted. */
  readonly output: OutputCounter;
  readonly faults: Faults;
}

/** How one prediction ended, beside what was read of its result. */
export interface Ending {
  readonly durationMs: number;
  readonly span: Span | undefined;
  readonly failedAs: string | undefined;
  readonly batchIndex: number | undefined;
  readonly predictionId: string | undefined;
}

/** Keeps predictions that are recorded in full, from before the model runs until its result is there. */
export class Keeping {
  /** Nothing is ever recorded. */
  readonly isOff: boolean;
  /** A call that succeeded may be recorded for what is known at its end. */
  readonly looksBack: boolean;
  readonly #parts: KeepingParts;
  #reader: RowReader;

  constructor(parts: KeepingParts, reader: RowReader) {
    this.#parts = parts;
    this.#reader = reader;
    this.isOff = parts.sampler.isOff;
    this.looksBack = parts.sampler.looksBack;
  }

  use(reader: RowReader): void {
    this.#reader = reader;
  }

  /**
   * Decides as far as it can be known before the model runs, and reads the input of what is kept. Undefined as a rule.
   *
   * @param flags what counting the input left. @param span the call's own; undefined for a row of a batch, which is an event.
   */
  before(nowMs: number, flags: number, row: unknown, span: Span | undefined): Kept | undefined {
    const { sampler, records, watch, faults } = this.#parts;
    // No coin is thrown for what could not be kept: those that can be get all of the picks of a second.
    if (this.isOff || !records.canKeep(span)) return undefined;
    const bits = sampler.before(nowMs, flags, watch.driftedCells !== undefined);
    if (bits === 0) return undefined;
    if (bits === TRIED) return LOST;
    try {
      return this.#snapshot(bits, row);
    } catch (error) {
      faults.count('internal', error); // a context manager's, say
      return undefined;
    }
  }

  #snapshot(bits: number, row: unknown): Kept | undefined {
    const { sampler, records } = this.#parts;
    const held = (bits & DRIFTED) !== 0 && !this.#isDrifted(row) ? sampler.notDrifted(bits) : bits;
    if (held === 0) return undefined;
    const { probability } = sampler;
    return { bits: held, probability, pending: records.pending(this.#reader, row, context.active(), 'before') };
  }

  /** Whether one of the row's values lies in a bin that makes a drift. */
  #isDrifted(row: unknown): boolean {
    const drifted = this.#parts.watch.driftedCells;
    return drifted !== undefined && this.#reader.cells(row, []).some(cell => drifted.has(cell));
  }

  /** Whether a rule holds that is known only now, of a call that succeeded. To be asked where it `looksBack`. */
  isLate(durationMs: number): boolean {
    const { sampler, output } = this.#parts;
    return sampler.late(output.confidence, durationMs, false) !== 0;
  }

  /** Records a prediction that was kept, or is for what is known only now. Gives whether it was recorded. */
  finish(kept: Kept | undefined, row: unknown, ending: Ending): boolean {
    if (this.isOff) return false;
    const { sampler, records, output } = this.#parts;
    const { durationMs, span, failedAs, batchIndex, predictionId } = ending;
    const late = sampler.late(output.confidence, durationMs, failedAs !== undefined);
    if (late === 0 && kept?.pending === undefined) return false;
    if (!records.canKeep(span)) return false;
    const bits = sampler.after(monotonicMs(), kept?.bits ?? 0, late, kept?.probability ?? 0);
    if (bits === 0) return false;
    const { probability } = sampler;
    const pending = kept?.pending ?? records.pending(this.#reader, row, context.active(), 'after');
    const result = failedAs === undefined ? output : undefined;
    const outcome = { output: result, errorType: failedAs, predictionId, durationMs, batchIndex };
    return records.finish(pending, bits, probability, outcome, span);
  }
}
