/** Why a prediction was recorded: the coin, or a rule of `sampling.keep`. */
export type KeepReason =
  | 'sampled'
  | 'missing'
  | 'invalid'
  | 'out_of_range'
  | 'unseen'
  | 'drifted'
  | 'error'
  | 'low_confidence'
  | 'slow';

/** One prediction as it is recorded in full; `redact` is given it before anything is cut, and may change it. */
export interface PredictionRecord {
  model: { name: string; version: string };
  /** Why it was kept: every rule that held. */
  reasons: readonly KeepReason[];
  /** That of a call such as this to be kept, 0 to 1: counts are re-weighted by its inverse. */
  probability: number;
  /** Whether the input was read before the model ran, or after: a model may change its input. */
  captured: 'before' | 'after';
  /** Declared features by name, or `<feature>.<part>`; none that is sensitive. */
  input: Record<string, unknown>;
  /** Features whose value was missing. */
  missing: string[];
  /** `name: type` of those whose value was invalid; never the value. */
  invalid: string[];
  label?: string;
  confidence?: number;
  value?: number;
  predictionId?: string;
  durationMs: number;
  errorType?: string;
  /** Row of a batch, from 0. */
  batchIndex?: number;
}
