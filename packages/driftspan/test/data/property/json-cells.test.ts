import { categoryOf, learnBaseline, numericValue, stringifyBaseline } from '@driftspan/sketch';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf, type ReadPlan } from '../../../src/data/index.js';
import { learnedWith } from '../learned-with.js';
import { TempFiles, valuesRead, withSource } from '../temp-files.js';

const files = new TempFiles();

/** What a cell of JSON may be; texts without half a surrogate pair, which is no UTF-8. */
const cell = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 1e21, 1e-7, 2 ** 53, 2 ** 64, -(2 ** 63), 5e-324, 1.7976931348623157e308),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('5', 'NaN', 'null', 'true', '"', '\\', '\u0000', 'é\n✈️', '2013-01-31', ''),
  fc.constantFrom([], [1, 'x'], { a: 1 }),
);
const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.constantFrom('a/b~c', "it's", '"', '$.a', ''));

describe('a cell of JSON lines', () => {
  test('counts as what JSON.parse gives counts as', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, cell), { minLength: 1, maxLength: 40 }), async cells => {
        // A key a row, and a row for each: keys come and go, and hold values of several types.
        const rows = cells.map(([key, value]) => Object.fromEntries([[`k${key}`, value]]));
        const path = files.write('cells.jsonl', `${rows.map(row => JSON.stringify(row)).join('\n')}\n`);
        const keys = [...new Set(rows.flatMap(row => Object.keys(row)))];
        const parsed: Record<string, unknown>[] = rows.map(row => JSON.parse(JSON.stringify(row)));
        const numbers = await valuesRead(path, Object.fromEntries(keys.map(key => [key, 'numeric' as const])));
        expect(numbers).toEqual(parsed.map(row => keys.map(key => numericValue(own(row, key)))));
        const categories = await valuesRead(path, Object.fromEntries(keys.map(key => [key, 'categorical' as const])));
        expect(categories.map(row => row.map(categoryOf))).toEqual(
          parsed.map(row => keys.map(key => categoryOf(own(row, key)))),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('gives the baseline that learnBaseline gives for the parsed rows, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 30, maxLength: 60 }), async some => {
        const rows = Array.from({ length: 1000 }, (_, i) => {
          const [a, b] = some[i % some.length]!;
          return { a, b, text: b, when: i % 3 === 0 ? '2013-01-31T17:05:59.9999+01:00' : a };
        });
        const path = files.write('rows.jsonl', rows.map(row => JSON.stringify(row)).join('\n'));
        const plan: ReadPlan = {
          features: [
            { name: 'a', column: 'a', kind: 'numeric' },
            { name: 'b', column: 'b', kind: 'categorical' },
            { name: 'text', column: 'text', kind: 'text' },
            { name: 'when', column: 'when', kind: 'datetime' },
          ],
        };
        const parsed = rows.map(row => ({ input: JSON.parse(JSON.stringify(row)) }));
        const model = modelOf(plan, { name: 'm', version: '1' });
        const declared = Object.fromEntries(
          Object.entries(model.features!).map(([key, { read: _, ...feature }]) => [key, feature]),
        );
        const expected = await learnBaseline({ ...model, features: declared }, parsed);
        const learned = await withSource(path, source => learnedWith(source, plan));
        expect(learned).toBe(stringifyBaseline(expected));
      }),
      { numRuns: 15 },
    );
  });
});

function own(row: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(row, key) ? row[key] : undefined;
}
