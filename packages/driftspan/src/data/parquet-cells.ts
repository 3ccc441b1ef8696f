import {
  type CellColumn,
  type CellExpressions,
  type CellFacts,
  type Cells,
  INVALID,
  invalidIfPresent,
  isoMs,
  MISSING,
} from './cells.js';

/** Integers and decimals of more digits than a double holds are read through their text: DuckDB's cast may be off by a last digit. */
const MAX_EXACT_DIGITS = 15;

/**
 * A column has one type. Under `numeric` an integer, a decimal or a float is its double, a boolean 0 or 1, and anything else invalid, though it be
 * the text `5`. Under `categorical` integers are named by their decimal text, other numbers as JavaScript writes their double.
 */
export const PARQUET_CELLS: Cells = {
  numeric({ ref, type, sqlType }) {
    if (type === 'boolean') return { number: `coalesce(${ref}::DOUBLE, ${MISSING})` };
    return { number: isNumber(type) ? `coalesce(${doubleOf(ref, sqlType)}, ${MISSING})` : invalidIfPresent(ref) };
  },
  categorical({ ref, type, sqlType }) {
    if (type === 'text' || type === 'boolean' || type === 'integer') return { value: `${ref}::VARCHAR` };
    return { number: type === 'number' ? `coalesce(${doubleOf(ref, sqlType)}, ${MISSING})` : invalidIfPresent(ref) };
  },
  text: ({ ref, type }) => (type === 'text' ? { value: `${ref}::VARCHAR` } : { number: invalidIfPresent(ref) }),
  datetime,
  embedding,
  facts,
};

function isNumber(type: string): boolean {
  return type === 'integer' || type === 'number';
}

function doubleOf(ref: string, sqlType: string): string {
  const digits = Number(/^DECIMAL\((\d+)/.exec(sqlType)?.[1] ?? 0);
  const wide = digits > MAX_EXACT_DIGITS || sqlType === 'HUGEINT' || sqlType === 'UHUGEINT';
  return wide ? `${ref}::VARCHAR::DOUBLE` : `${ref}::DOUBLE`;
}

function datetime({ ref, type, sqlType }: CellColumn): CellExpressions {
  if (isNumber(type)) return { number: `coalesce(${doubleOf(ref, sqlType)}, ${MISSING})` };
  if (type === 'text') return { number: presentOr(ref, isoMs(`${ref}::VARCHAR`)) };
  if (type !== 'time' && type !== 'date') return { number: invalidIfPresent(ref) };
  const zoned = sqlType === 'TIMESTAMP WITH TIME ZONE' ? ref : `${ref}::TIMESTAMP`;
  // Parquet has a time that is infinite; it has no milliseconds.
  return { number: presentOr(ref, `CASE WHEN isfinite(${zoned}) THEN epoch_ms(${zoned})::DOUBLE END`) };
}

function presentOr(ref: string, ms: string): string {
  return `CASE WHEN ${ref} IS NULL THEN ${MISSING} ELSE coalesce(${ms}, ${INVALID}) END`;
}

function embedding({ ref, type }: CellColumn): CellExpressions {
  if (type !== 'numbers') return { number: invalidIfPresent(ref) };
  return { value: `list_transform(${ref}::DOUBLE[], lambda x: coalesce(x, ${MISSING}))` };
}

function facts({ ref, type, sqlType }: CellColumn): CellFacts {
  const number = isNumber(type) ? doubleOf(ref, sqlType) : undefined;
  const present = `${ref} IS NOT NULL`;
  return {
    // NaN is missing too.
    missing: sqlType === 'FLOAT' || sqlType === 'DOUBLE' ? `${ref} IS NULL OR isnan(${ref})` : `${ref} IS NULL`,
    identity: ref,
    ...(number === undefined ? {} : { number }),
    ...(type === 'text' ? { text: `${ref}::VARCHAR` } : {}),
    ...(type === 'boolean' ? { boolean: present } : {}),
    ...(type === 'other' ? { nested: present } : {}),
    ...(type === 'numbers' ? { listLength: `len(${ref}::DOUBLE[])` } : {}),
  };
}
