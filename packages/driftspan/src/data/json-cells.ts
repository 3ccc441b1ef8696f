import { type CellColumn, type CellExpressions, type CellFacts, type Cells, INVALID, isoMs, MISSING } from './cells.js';

/**
 * Cell by cell, as `JSON.parse` gives it to `learnBaseline`: `null` and a key that is not there are missing, a text under
 * `numeric` is invalid though it be `"5"`, `true` is 1, or the category `true`, a number under `categorical` is named as JavaScript writes
 * it, and what is nested is invalid. Of a key that an object has twice the first counts.
 */
export const JSON_CELLS: Cells = {
  numeric: ({ ref }) => ({ number: numberOf(ref) }),
  categorical: ({ ref }) => ({
    value: `CASE WHEN json_type(${ref}) IN ('VARCHAR', 'BOOLEAN') THEN ${ref}->>'$' END`,
    number: `CASE json_type(${ref}) WHEN 'VARCHAR' THEN ${MISSING} WHEN 'BOOLEAN' THEN ${MISSING} ELSE ${numberOf(ref)} END`,
  }),
  text: ({ ref }) => ({ value: textOf(ref), number: invalidUnless(ref, 'VARCHAR') }),
  datetime: ({ ref }) => ({
    number: [
      `CASE json_type(${ref}) WHEN 'VARCHAR' THEN coalesce(${isoMs(`(${ref}->>'$')`)}, ${INVALID})`,
      `WHEN 'BOOLEAN' THEN ${INVALID} ELSE ${numberOf(ref)} END`,
    ].join(' '),
  }),
  embedding,
  facts,
};

const NUMBER_TYPES = `'DOUBLE', 'UBIGINT', 'BIGINT'`;

/** A DOUBLE: NaN for null, Infinity for what is no number. `1e400` is none that a double holds. */
function numberOf(ref: string): string {
  const type = `json_type(${ref})`;
  return [
    `CASE WHEN coalesce(${type}, 'NULL') = 'NULL' THEN ${MISSING}`,
    `WHEN ${type} IN (${NUMBER_TYPES}) THEN coalesce(TRY_CAST(${ref} AS DOUBLE), ${INVALID})`,
    `WHEN ${type} = 'BOOLEAN' THEN ${ref}::BOOLEAN::DOUBLE ELSE ${INVALID} END`,
  ].join(' ');
}

function textOf(ref: string): string {
  return `CASE WHEN json_type(${ref}) = 'VARCHAR' THEN ${ref}->>'$' END`;
}

function invalidUnless(ref: string, type: string): string {
  return `CASE WHEN coalesce(json_type(${ref}), 'NULL') IN ('NULL', '${type}') THEN ${MISSING} ELSE ${INVALID} END`;
}

function embedding({ ref }: CellColumn): CellExpressions {
  return {
    value: `CASE WHEN json_type(${ref}) = 'ARRAY' THEN list_transform(json_extract(${ref}, '$[*]'), lambda x: ${numberOf('x')}) END`,
    number: invalidUnless(ref, 'ARRAY'),
  };
}

function facts({ ref }: CellColumn): CellFacts {
  const type = `json_type(${ref})`;
  const types = `json_type(${ref}, '$[*]')`;
  const isNumbers = `list_bool_and(list_transform(${types}, lambda x: x IN (${NUMBER_TYPES}, 'NULL')))`;
  return {
    missing: `coalesce(${type}, 'NULL') = 'NULL'`,
    identity: `${ref}::VARCHAR`,
    number: `CASE WHEN ${type} IN (${NUMBER_TYPES}) THEN ${numberOf(ref)} END`,
    text: textOf(ref),
    boolean: `${type} = 'BOOLEAN'`,
    nested: `${type} IN ('ARRAY', 'OBJECT')`,
    listLength: `CASE WHEN ${type} = 'ARRAY' AND ${isNumbers} THEN json_array_length(${ref}) END`,
  };
}
