import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  baselineCells,
  categorical,
  defineModel,
  learnBaseline,
  numeric,
  parseBaseline,
  stringifyBaseline,
} from '../../src/index.js';
import { shuffled } from '../generated-rows.js';

const MODEL = defineModel({ name: 'm', version: '1', features: { n: numeric(), c: categorical({ limit: 5 }) } });
const number = fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.bigInt());
const odd = fc.constantFrom(null, undefined, '', '7', {}, -0, Number.NaN);
const input = fc.record({
  n: fc.oneof(number, odd),
  c: fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'c'), number, odd),
});
const output = fc.option(fc.record({ label: fc.constantFrom('x', 'y', null, true), value: fc.double() }), {
  nil: undefined,
});
/** A few different rows, repeated to make a thousand and a bit: ties, atoms and rare values. */
const rowSets = fc
  .tuple(fc.array(fc.record({ input, output }), { minLength: 1, maxLength: 120 }), fc.integer({ min: 0, max: 99 }))
  .map(([some, more]) => Array.from({ length: 1000 + more }, (_, i) => some[i % some.length]!));

it('cells of every feature and output add up to the rows', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, async rows => {
      const { features, outputs } = await learnBaseline(MODEL, rows);
      for (const feature of [...features, ...outputs]) {
        expect(baselineCells(feature).reduce((a, b) => a + b, 0)).toBe(rows.length);
      }
    }),
  );
});

it('rows in another order give the same file, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, fc.nat(), async (rows, seed) => {
      const text = stringifyBaseline(await learnBaseline(MODEL, rows));
      expect(stringifyBaseline(await learnBaseline(MODEL, shuffled(rows, seed)))).toBe(text);
    }),
  );
});

it('a file read back equals what was learned', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, async rows => {
      const baseline = await learnBaseline(MODEL, rows);
      expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    }),
  );
});

it('no JSON document makes the parser throw anything but its own error', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('model', 'rows', 'features', 'outputs', 'provenance'),
      (value, field) => {
        const document = {
          schema: 'driftspan.baseline/v1',
          model: { name: 'm', version: '1' },
          rows: 1000,
          features: [],
          outputs: [],
        };
        for (const hostile of [value, { ...document, [field]: value }, { ...document, features: [value] }]) {
          expect(() => parseBaseline(hostile)).toThrow(expect.objectContaining({ name: 'SketchError' }));
        }
      },
    ),
  );
});
