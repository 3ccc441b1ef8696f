/** What a numeric reader may return. Booleans count as 0 and 1, a bigint as its Number, null, undefined and NaN as missing. */
export type Num = number | bigint | boolean | null | undefined;
/** What a categorical reader may return. Numbers, bigints and booleans are taken by their decimal text. */
export type Str = string | number | bigint | boolean | null | undefined;

/** How one feature is read off a row. Made by {@link numeric}, {@link categorical} and the functions named as the measured kinds. */
export interface Feature<in Row> {
  readonly kind: FeatureKind | MeasuredKind;
  /** Reads the value; without it the row's property of the feature's own name is read. */
  readonly read?: (row: Row) => unknown;
  /** Categorical: how many categories are kept beside `_OTHER`. */
  readonly limit?: number;
  /**
   * Its values are nobody's business: they stand in no record, its bins lie within the 1 % and 99 % quantiles, its baseline has no min, max,
   * mean and sd, and its categories are hashes under `ModelSpec.sensitiveKey` there and `c0`, `c1`, … outside.
   */
  readonly sensitive?: boolean;
  /** False: counted only, its values stand in no record. No function here sets it; `{ ...columns(…), recorded: false }` does. */
  readonly recorded?: boolean;
  /** Of a measured kind: the numbers that stand for its value. */
  readonly measures?: Measures<Row>;
}
/** What is counted, judged and exported. */
export type FeatureKind = 'numeric' | 'categorical';
/** What is counted as several numeric features, each measured off one value. */
export type MeasuredKind = 'text' | 'image' | 'embedding' | 'tensor' | 'columns' | 'dateTime';

/** How one value becomes several numbers: each part is a numeric feature of its own, counted as `<feature>.<part>`. */
export interface Measures<in Row> {
  /** Names of the parts, in the order of `out`; those of `columns` are whole names. */
  readonly parts: readonly string[];
  /**
   * Writes a number for each part to `out` (NaN for a missing one, Infinity for an invalid one) and calls `take`, once for each
   * row that the value holds: one, but for a batch in one tensor, where `more` says whether another follows. Gives false, with nothing taken, for a value of a wrong type.
   * The value is neither null nor undefined. It throws what a getter of the value throws, before the first `take`.
   */
  readonly measure: (value: unknown, row: Row, out: Float64Array, take: (more?: boolean) => void) => boolean;
}

/** Rows of one value that are counted: a tensor may hold more than anyone would wait for. */
export const MAX_ROWS_A_VALUE = 1_000_000;

/** Kinds whose one value may hold several rows: what they are measured into need not belong to the row beside it. */
export const KINDS_OF_SEVERAL_ROWS: ReadonlySet<string> = new Set<MeasuredKind>(['columns', 'embedding', 'image']);
