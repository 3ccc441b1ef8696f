import type { BaselineModel } from '@driftspan/sketch';

/** The schema id of `driftspan contract --json`. */
export const CONTRACT_SCHEMA = 'driftspan.contract/v1';

/** What was looked at. One check says at most one thing of one column. */
export type Check =
  /** The column is not there. */
  | 'absent'
  /** Text that was written in one encoding and read in another. */
  | 'encoding'
  /** Missing more often than in training. */
  | 'missing'
  /** Numbers outside training's range. */
  | 'range'
  /** Known categories in another case, with spaces, without their leading zeros. */
  | 'spelling'
  /** Values of another type than the feature's. */
  | 'type'
  /** Numbers that fit training's once they are converted. */
  | 'unit'
  /** Categories that training did not have. */
  | 'unknown'
  /** A column that the model does not read. */
  | 'unread';

/** `broken`: the model would be given what it was not trained for. `note`: worth knowing, and no reason to stop. */
export type FindingLevel = 'broken' | 'note';

export interface Finding {
  readonly level: FindingLevel;
  readonly check: Check;
  /** Of the file; where numbers are measured off a column (`note.length`), the feature's name. */
  readonly column: string;
  /** What is so, in one sentence. Holds no value of a row but what {@link ContractResult} promises. */
  readonly sentence: string;
  /** What training had, in a clause. */
  readonly training?: string;
  /** Rows concerned. */
  readonly rows?: number;
}

/**
 * What a sample is, against what the model was trained on. Of its values only these are told: least and greatest of a number, and
 * categories that were seen ten times, that differ from a known one in spelling alone, or all of them where the caller asks. Of sensitive
 * features nothing but counts.
 */
export interface ContractResult {
  readonly schema: typeof CONTRACT_SCHEMA;
  readonly kept: boolean;
  readonly model: BaselineModel;
  readonly baseline: { readonly rows: number; readonly source?: string };
  readonly sample: { readonly rows: number; readonly source: string };
  /** The features that were looked at. */
  readonly features: number;
  /** Broken ones first, each in the baseline's order. */
  readonly findings: readonly Finding[];
}
