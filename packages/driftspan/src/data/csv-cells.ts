import {
  type CellColumn,
  type CellExpressions,
  type Cells,
  INVALID,
  invalidIfPresent,
  isoMs,
  MISSING,
} from './cells.js';

/** Spaces beyond ASCII, which Python's `float` takes off both ends, and DuckDB's cast does not: spreadsheets write no-break ones. */
const SPACES =
  '\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

/**
 * Every cell is a text, and an empty one is missing. A number is what Python's `float` reads, so that this and the NumPy script learn the same:
 * `1_000`, ` 5 `, `.5`, `1e5`, and `nan` for a missing one. They differ in forms that no program writes: `+-5` is a number here and
 * `nan(1)` missing, both are invalid there; `١٢` is invalid here and 12 there.
 */
export const CSV_CELLS: Cells = {
  numeric: ({ ref }) => ({ number: numberOr(ref, INVALID) }),
  categorical: ({ ref }) => ({ value: ref }),
  text: ({ ref }) => ({ value: ref }),
  datetime: ({ ref }) => ({ number: numberOr(ref, `coalesce(${isoMs(ref)}, ${INVALID})`) }),
  embedding,
  facts: ({ ref }) => ({
    missing: `${ref} IS NULL`,
    identity: ref,
    number: numberOr(ref, INVALID),
    text: ref,
    listLength: `CASE WHEN starts_with(${ref}, '[') THEN len(TRY_CAST(${ref} AS DOUBLE[])) END`,
  }),
};

/** A DOUBLE, NaN for a missing cell; `otherwise` for one that reads as no number. A number takes DuckDB 50 ns. */
function numberOr(ref: string, otherwise: string): string {
  const trimmed = `TRY_CAST(trim(${ref}, '${SPACES}') AS DOUBLE)`;
  // A text beyond ASCII has more bytes than characters; asked of every cell, trim would be four times the rest.
  const odd = `CASE WHEN ${ref} IS NULL THEN ${MISSING} WHEN strlen(${ref}) > length(${ref}) THEN ${trimmed} END`;
  return `coalesce(TRY_CAST(${ref} AS DOUBLE), ${odd}, ${otherwise})`;
}

/** `[0.1, 0.2]`, as pandas writes a list. */
function embedding({ ref }: CellColumn): CellExpressions {
  const numbers = `TRY_CAST(${ref} AS DOUBLE[])`;
  return {
    value: `list_transform(${numbers}, lambda x: coalesce(x, ${MISSING}))`,
    number: `CASE WHEN ${numbers} IS NULL THEN ${invalidIfPresent(ref)} ELSE ${MISSING} END`,
  };
}
