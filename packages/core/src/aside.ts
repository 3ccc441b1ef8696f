import { type Kept, LOST } from './keeping.js';

/** The batch size of a call that is not a batch. */
export const NOT_A_BATCH = -1;

/** Under which outcomes will come: of the only prediction of a call, or of each row of a batch. */
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

/** Of a call that carries only that its coin was lost: one object for all. */
export const LOST_ASIDE: Aside = Object.freeze({ ids: undefined, kept: LOST, keptRows: undefined, isExample: false });
