import { diag } from '@opentelemetry/api';
import { errorType } from './record/error-type.js';

/** Why something was not recorded. Closed, so that `ml.sdk.dropped` stays bounded. */
export const FAULT_REASONS = [
  /** A feature's reader or getter threw: the value counts as invalid. */
  'feature_reader',
  /** The rows of a batch could not all be read: not an iterable, one that can be read only once, or a million of them. */
  'batch_rows',
  /** An output reader threw or gave a value of a wrong type. */
  'output_reader',
  /** `predictionId` threw or gave something other than a string. */
  'prediction_id',
  /** A label beyond the 64 kept ones, counted as `_OTHER`. */
  'label_limit',
  /** An error type beyond the 20 kept ones, counted as `_OTHER`. */
  'error_type_limit',
  /** A prediction evicted before its outcome came: more than 10,000 were waiting. */
  'pending_limit',
  /** An outcome for an id that is not waiting. */
  'outcome_unknown',
  /** An outcome without a label or a value, or one that can't be compared. */
  'outcome_invalid',
  /** The clock went back: the windows keep turning from where they were. */
  'clock_backwards',
  /** The `clock` option threw or gave no finite number. */
  'clock_invalid',
  /** The tracer or a span threw. */
  'span',
  /** A stream that could not be followed to its end: a frozen object, or one of more than 10,000 that were open. */
  'stream',
  /** A record that `redact` threw on: it was not recorded. */
  'redact',
  /** A record over the ceiling of a second in a surge. */
  'record_limit',
  /** A logger threw. */
  'log',
  /** A drift listener threw. */
  'listener',
  /** A row that no baseline could be learned from, or a baseline that could not be made. */
  'learning',
  /** A judgement failed. */
  'judgement',
  /** A call that ended after its monitor was disposed of. */
  'disposed',
  /** Our own fault in a call: nothing of it was recorded. */
  'internal',
] as const;
export type FaultReason = (typeof FAULT_REASONS)[number];

/** Counts what went wrong beside the user's call, and says it once a reason. Never holds or prints an input's value. */
export class Faults {
  readonly #counts = new Map<FaultReason, number>();
  readonly #where: string;

  constructor(where: string) {
    this.#where = where;
  }

  /** @param error its class or code is told, never its message: a message may quote the input. */
  count(reason: FaultReason, error?: unknown): void {
    const before = this.#counts.get(reason) ?? 0;
    this.#counts.set(reason, before + 1);
    if (before > 0) return;
    try {
      const kind = error === undefined ? '' : ` (${errorType(error)})`;
      diag.warn(`driftspan: ${this.#where}: ${reason}${kind}; counted in ml.sdk.dropped, told once`);
    } catch {
      // A logger that throws must not reach the user's call.
    }
  }

  get counts(): ReadonlyMap<FaultReason, number> {
    return this.#counts;
  }
}
