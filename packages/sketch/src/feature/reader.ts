import type { Feature } from './feature.js';

/**
 * How a declared feature is read off a row: its `select`, or the row's property of the feature's own name.
 *
 * Getters and inherited properties count (class instances, records of an ORM), except under a name that every object has:
 * a feature called `constructor` or `toString` is missing unless the property is the row's own.
 * Of a row that is null or undefined every property is missing. The reader throws what `select` or a getter throws: an invalid value.
 */
export function featureReader<Row>(name: string, feature: Feature<Row>): (row: Row) => unknown {
  if (feature.read !== undefined) return feature.read;
  if (name in Object.prototype) return row => (Object.hasOwn(Object(row), name) ? propertyOf(row, name) : undefined);
  return row => propertyOf(row, name);
}

function propertyOf(row: unknown, name: string): unknown {
  return (row as { readonly [name: string]: unknown } | null | undefined)?.[name];
}
