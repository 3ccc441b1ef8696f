/** What a numeric reader may return. Booleans count as 0 and 1, a bigint as its Number, null, undefined and NaN as missing. */
export type Num = number | bigint | boolean | null | undefined;
/** What a categorical reader may return. Numbers, bigints and booleans are taken by their decimal text. */
export type Str = string | number | bigint | boolean | null | undefined;

/** How one feature is read off a row. Made by {@link numeric} and {@link categorical}. */
export interface Feature<in Row> {
  readonly kind: FeatureKind;
  /** Reads the value; without it the row's property of the feature's own name is read. */
  readonly read?: (row: Row) => unknown;
  /** Categorical: how many categories are kept beside `_OTHER`. */
  readonly limit?: number;
}
export type FeatureKind = 'numeric' | 'categorical';
