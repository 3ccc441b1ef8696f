import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bounded, MAX_CHARACTERS, MAX_DEPTH, MAX_ITEMS, MAX_PAYLOAD_BYTES } from '../../src/record/bounded.js';
import { isUniform, MAX_INPUTS, RecordAttributes } from '../../src/record/record-attributes.js';

const explode = (): never => {
  throw new Error('no');
};
const hostileLeaf = fc.constantFrom<unknown>(
  undefined,
  Symbol('s'),
  explode,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -0,
  5e-324,
  10n ** 40n,
  new Date(Number.NaN),
  new Date(8.64e15),
  new TypeError('message'),
  new Float64Array([1, Number.NaN]),
  new DataView(new ArrayBuffer(4)),
  new Map([[1, 2]]),
  new Proxy({}, { ownKeys: explode }),
  new Proxy([], { get: explode }),
  { dims: [2], data: Float32Array.of(1, 2) },
  { dims: 'x', data: explode },
  { toJSON: explode },
  Object.defineProperty({}, 'x', { enumerable: true, get: explode }),
  Object.create({ inherited: 1 }),
  new String('boxed'),
  '\ud800"\\\u0000💥'.repeat(500),
);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 3000 }));
const { value: anything } = fc.letrec(tie => ({
  value: fc.oneof({ depthSize: 'large' }, hostileLeaf, text, fc.double(), fc.boolean(), tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 100 }),
  object: fc.dictionary(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'toJSON', 'length')),
    tie('value'),
  ),
}));

function checkForm(value: unknown, depth: number): void {
  if (typeof value === 'string') expect([...value].length).toBeLessThanOrEqual(MAX_CHARACTERS);
  if (typeof value !== 'object' || value === null) return;
  expect(depth).toBeLessThanOrEqual(MAX_DEPTH);
  const items = Object.values(value);
  expect(items.length).toBeLessThanOrEqual(MAX_ITEMS);
  for (const item of items) checkForm(item, depth + 1);
}

test('whatever it is given, a bounded value is within every bound, and JSON', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(16_384, 1000, 64, 10, 2, 0), (value, bytes) => {
      const { value: plain } = bounded(value, bytes);
      if (plain === undefined) return;
      const json = JSON.stringify(plain);
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(bytes);
      checkForm(plain, 1);
      // What is read back is what was made: nothing of it was left to JSON.stringify to decide.
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
    }),
    { numRuns: 300 },
  );
});

test('bounding a bounded value changes nothing, and cuts nothing', () => {
  fc.assert(
    fc.property(anything, value => {
      const { value: once } = bounded(value);
      fc.pre(once !== undefined);
      expect(bounded(once, 2 * 16_384)).toEqual({ value: once, truncated: false });
    }),
    { numRuns: 100 },
  );
});

test('a value within every bound is not cut', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }), value => {
      fc.pre(Buffer.byteLength(JSON.stringify(value)) < 4000);
      const { value: plain, truncated } = bounded(value);
      const json = JSON.stringify(value);
      if (!truncated) expect(JSON.stringify(plain)).toBe(json);
      expect(truncated).toBe(false);
    }),
  );
});

test('whatever redact makes of an input, its attributes are within 16 KiB, and of types that both SDKs take', () => {
  const names = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 200 });
  fc.assert(
    fc.property(names, fc.array(anything, { minLength: 1, maxLength: 200 }), (keys, values) => {
      const input = Object.fromEntries(keys.map((key, i) => [key, values[i % values.length]]));
      const record = { input, missing: keys, invalid: [] } as never;
      const attributes = new RecordAttributes().putInput(record, true).done();
      expect(Buffer.byteLength(JSON.stringify(attributes))).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
      expect(Object.keys(attributes).length).toBeLessThanOrEqual(MAX_INPUTS + 2);
      for (const [name, value] of Object.entries(attributes)) {
        expect(isUniform(value) || ['string', 'number', 'boolean'].includes(typeof value)).toBe(true);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        if (typeof value === 'string' && /^[[{]/.test(value) && name.startsWith('ml.input.')) {
          const given = input[name.slice('ml.input.'.length)];
          if (typeof given === 'object') JSON.parse(value);
        }
      }
    }),
    { numRuns: 200 },
  );
});
