import type { AnyValueMessage, KeyValueMessage } from './messages.js';

/** An attribute as JavaScript has it. Integers beyond ±(2^53 − 1) stay `bigint`; an empty value is `null`. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The attributes by key; of a key sent twice the last value stands. `fromEntries` makes `__proto__` a key like any other. */
export function toAttributes(pairs: readonly KeyValueMessage[] = []): Attributes {
  return Object.fromEntries(pairs.map(({ key = '', value }) => [key, toAttributeValue(value)]));
}

export function toAttributeValue(value: AnyValueMessage = {}): AttributeValue {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.doubleValue !== undefined) return value.doubleValue;
  if (value.intValue !== undefined) {
    const number = Number(value.intValue);
    return Number.isSafeInteger(number) ? number : value.intValue;
  }
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(toAttributeValue);
  if (value.kvlistValue) return toAttributes(value.kvlistValue.values);
  return value.bytesValue ?? null;
}

/** A string that two attribute sets share only if they hold the same keys and values, in whatever order. */
export function attributesKey(attributes: Attributes): string {
  const keys = Object.keys(attributes).sort();
  return JSON.stringify(keys.map(key => [key, keyed(attributes[key] ?? null)]));
}

/** JSON has no bigint, NaN, bytes or key order; each is tagged so that it meets only its equal. */
function keyed(value: AttributeValue): unknown {
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) return { double: String(value) };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map(keyed);
  if (typeof value === 'object' && value !== null) return { map: attributesKey(value as Attributes) };
  return value;
}
