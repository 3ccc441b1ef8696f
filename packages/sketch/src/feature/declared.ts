import type { Feature } from './feature.js';

/** What every feature function takes beside options of its own. */
export interface DeclaredOptions<Row> {
  readonly select?: (row: Row) => unknown;
  /** Of values that nobody may see: see `Feature.sensitive`. */
  readonly sensitive?: boolean;
}

/** A feature with what its options say of reading and sensitivity; what they leave out is no property of it. */
export function declared<Row>(feature: Feature<Row>, { select, sensitive }: DeclaredOptions<Row>): Feature<Row> {
  return {
    ...feature,
    ...(select === undefined ? {} : { read: select }),
    ...(sensitive === undefined ? {} : { sensitive }),
  };
}
