/** Rows counted into the cells of a baseline: plain data, no row is kept. */
export interface CountedRows {
  readonly rows: number;
  /** Of the rows that have a time, the earliest and the latest, ms since the epoch; absent where none has. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** From the first row to the last, where only that is known. */
  readonly spanMs?: number;
  /** In the order of the baseline: features, what is watched together, outputs. */
  readonly features: readonly CountedFeature[];
}

export interface CountedFeature {
  readonly name: string;
  /** In cell order, of the baseline: see `baselineCells`. They add up to the rows; all 0 where nothing is known. */
  readonly counts: readonly number[];
  /** Values below the baseline's smallest or above its largest; of a numeric feature that isn't sensitive and that had values there. */
  readonly outOfRange?: number;
  /** Of the finite values; of a numeric feature that isn't sensitive, where there are any. */
  readonly mean?: number;
  /** Of the sample (n - 1); 0 below two values. */
  readonly sd?: number;
  readonly min?: number;
  readonly max?: number;
  /** How the same values lie by themselves, in bins of their own: to be drawn, not tested. */
  readonly shape?: CountedShape;
  /**
   * The most frequent categories that the baseline does not keep, 5 at most, each seen at least 10 times; absent where there is none, and
   * of a sensitive feature.
   */
  readonly unseen?: readonly (readonly [category: string, count: number])[];
  /** The counts lie as near to the baseline's as what is known of them allows: see `countsOfBaseline`. */
  readonly atLeast?: true;
}

/** Bins as those of a baseline: at most 16, of nearly equal counts, where the values allow it. */
export interface CountedShape {
  /** Finite and rising, one fewer than `counts`. */
  readonly cuts: readonly number[];
  /** They add up to the values. */
  readonly counts: readonly number[];
}
