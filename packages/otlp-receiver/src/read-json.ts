import protobuf from 'protobufjs/light.js';
import { HEX_FIELDS } from './schema.js';

/** Nested messages deeper than this are refused; protobufjs has the same bound for protobuf bodies. */
const MAX_DEPTH = 100;

const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const INTEGER = /^-?\d{1,20}$/;

/**
 * Reads parsed OTLP/JSON into the plain object that the protobuf form of the same message gives:
 * `bigint` for 64-bit integers (a string or a number in JSON), `Uint8Array` for bytes (hex for ids, else base64),
 * numbers for enums. Unknown fields are ignored, `null` is an absent field.
 *
 * @throws TypeError naming the field whose value does not fit, or a nesting deeper than 100 messages.
 */
export function readJson(type: protobuf.Type, json: unknown, path = type.name, depth = 0): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new TypeError(`${path.slice(0, 60)}…: nested deeper than ${MAX_DEPTH} messages`);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new TypeError(`${path} must be an object`);
  const message: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    // Own properties only: a field is never read off Object.prototype.
    const value = Object.hasOwn(json, field.name) ? (json as Record<string, unknown>)[field.name] : undefined;
    if (value === undefined || value === null) continue;
    const where = `${path}.${field.name}`;
    if (!field.repeated) {
      message[field.name] = readValue(field, value, where, depth);
    } else if (!Array.isArray(value)) {
      throw new TypeError(`${where} must be an array`);
    } else if (value.length > 0) {
      message[field.name] = value.map((item, i) => readValue(field, item, `${where}[${i}]`, depth));
    }
  }
  return message;
}

function readValue(field: protobuf.Field, value: unknown, where: string, depth: number): unknown {
  if (field.resolvedType instanceof protobuf.Type) return readJson(field.resolvedType, value, where, depth + 1);
  switch (field.type) {
    case 'string':
      if (typeof value === 'string') return value;
      throw new TypeError(`${where} must be a string`);
    case 'bool':
      if (typeof value === 'boolean') return value;
      throw new TypeError(`${where} must be true or false`);
    case 'double':
      return readDouble(value, where);
    case 'bytes':
      return readBytes(value, HEX_FIELDS.has(field.name), where);
    case 'int64':
    case 'sfixed64':
      return readInteger(value, where, BigInt.asIntN);
    case 'uint64':
    case 'fixed64':
      return readInteger(value, where, BigInt.asUintN);
    case 'fixed32':
      return Number(readInteger(value, where, BigInt.asUintN, 32));
    default: // int32 and sint32
      return Number(readInteger(value, where, BigInt.asIntN, 32));
  }
}

function readDouble(value: unknown, where: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(parsed)) throw new TypeError(`${where} must be a number`);
  return parsed;
}

function readInteger(value: unknown, where: string, wrap: (bits: number, value: bigint) => bigint, bits = 64): bigint {
  const whole = typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && INTEGER.test(value);
  const integer = whole ? BigInt(value as number | string) : undefined;
  if (integer === undefined || wrap(bits, integer) !== integer)
    throw new TypeError(`${where} must be a ${bits}-bit integer`);
  return integer;
}

function readBytes(value: unknown, hex: boolean, where: string): Uint8Array {
  if (typeof value !== 'string' || !(hex ? HEX : BASE64).test(value)) {
    throw new TypeError(`${where} must be a ${hex ? 'hex' : 'base64'} string`);
  }
  return Buffer.from(value, hex ? 'hex' : 'base64');
}
