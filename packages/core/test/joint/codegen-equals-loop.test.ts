import { type Baseline, learnBaseline, type ModelSpec } from '@driftspan/sketch';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { categorical, columns, monitor, numeric, text } from '../../src/index.js';
import { normals, uniforms } from '../drift/stream.js';
import { collected } from '../record/collected.js';

const model: ModelSpec<unknown> = {
  name: 'joint: codegen equals loop',
  version: '1',
  joint: true,
  features: {
    a: numeric(),
    carrier: categorical(),
    b: numeric({ select: row => (row as { b: never }).b }),
    note: text(),
    c: numeric(),
    input: columns(row => (row as { input: never }).input, ['p', 'q', 'r']),
    toString: numeric(),
  },
};

let baseline: Baseline;
beforeAll(async () => {
  const next = normals(uniforms(1));
  const rows = Array.from({ length: 1000 }, () => {
    const [a, b, p] = [next(), next(), next()];
    const input = [p, 1e9 * (p + next()), next()];
    return {
      input: { a, carrier: 'x', b, note: 'a1 '.repeat(20 * Math.abs(a)), c: a - b, input, toString: b - a + next() },
    };
  });
  baseline = await learnBaseline(model, rows);
});

const number = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -4, max: 4 }) },
  fc.double(),
  fc.boolean(),
  fc.bigInt(),
  fc.constantFrom(-0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, null, undefined, '1', 10n ** 400n),
);
const batch = fc.integer({ min: 0, max: 3 }).chain(rows =>
  fc.record({
    data: fc.float64Array({ minLength: 3 * rows, maxLength: 3 * rows }),
    dims: fc.constant([rows, 3]),
  }),
);
const THROWS = Symbol('throws');
const row = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record(
        {
          a: fc.oneof({ weight: 9, arbitrary: number }, fc.constant(THROWS)),
          b: fc.oneof({ weight: 9, arbitrary: number }, fc.constant(THROWS)),
          c: number,
          note: fc.oneof(fc.string(), fc.constantFrom(null, 5)),
          input: fc.oneof(
            { weight: 3, arbitrary: batch },
            fc.array(fc.double(), { minLength: 3, maxLength: 3 }),
            number,
          ),
          toString: number,
        },
        { requiredKeys: [] },
      )
      .map(values => {
        const made = {};
        for (const [name, met] of Object.entries(values)) {
          const get = () => {
            if (met === THROWS) throw new Error('getter');
            return met;
          };
          Object.defineProperty(made, name, { enumerable: true, get });
        }
        return made;
      }),
  },
  fc.anything(),
);

/** Everything that the counting of these rows shows of features: totals, window means, and every bin. */
async function shown(codegen: boolean, rows: readonly unknown[]) {
  // Forgets every monitor of this process: what is disposed of stays in the metrics otherwise.
  Reflect.deleteProperty(globalThis, Symbol.for('driftspan.registry.v1'));
  let nowMs = Date.UTC(2024, 0, 1);
  const predict = monitor((_: unknown) => 1, { model, baseline, codegen, drift: { window: '1h' }, clock: () => nowMs });
  for (const input of rows) predict(input);
  nowMs += 60_000;
  const { features, dropped } = predict.monitor.report();
  const series = await collected(model.name, 'ml.feature.bins');
  const bins = series.map(({ attributes, value }) => [attributes, value]);
  predict.monitor.dispose();
  return { features, dropped, bins };
}

it('projections are counted alike by generated code and by the loop, bit for bit', async () => {
  expect(baseline.joint!.length).toBeGreaterThan(3);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async rows => {
      // toEqual tells NaN from numbers and -0 from 0.
      expect(await shown(true, rows)).toEqual(await shown(false, rows));
    }),
    { numRuns: 100 },
  );
});
