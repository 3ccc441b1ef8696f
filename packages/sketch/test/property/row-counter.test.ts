import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  categorical,
  columns,
  dateTime,
  defineModel,
  embedding,
  type Feature,
  learnBaseline,
  type ModelSpec,
  numeric,
  RowCounter,
  text,
} from '../../src/index.js';

interface Row {
  readonly [name: string]: unknown;
}

/** One of every kind that a row of plain values can have, and one whose reader throws now and then. */
const KINDS: Readonly<Record<string, Feature<Row>>> = {
  n: numeric(),
  m: numeric(),
  hidden: numeric({ sensitive: true }),
  c: categorical({ limit: 3 }),
  name: categorical({ sensitive: true, limit: 4 }),
  note: text(),
  secret: text({ sensitive: true }),
  at: dateTime(),
  v: embedding(),
  pair: columns<Row>(row => row['pair'] as never, ['pair.a', 'pair.b']),
  thrown: numeric<Row>({
    select: row => {
      if (row['n'] === 7) throw new Error('unreadable');
      return row['n'] as number;
    },
  }),
};
const models = fc.tuple(fc.subarray(Object.keys(KINDS), { minLength: 1 }), fc.boolean()).map(
  ([names, joint]): ModelSpec<Row> =>
    defineModel({
      name: 'm',
      version: '1',
      sensitiveKey: 'the key of the properties',
      joint,
      features: Object.fromEntries(names.map(name => [name, KINDS[name]!])),
    }),
);
const number = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(fc.integer({ min: -5, max: 9 }), fc.double(), fc.double({ min: -1, max: 1 })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(null, undefined, '7', {}, -0, true, 10n, Number.NaN, Number.NEGATIVE_INFINITY),
  },
);
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') },
  { weight: 1, arbitrary: fc.oneof(fc.string(), fc.constantFrom(null, undefined, 7, {}, '\uD800', 'x'.repeat(300))) },
);
const vector = fc.oneof(
  fc.array(fc.double({ min: -9, max: 9 }), { minLength: 2, maxLength: 2 }).map(values => Float32Array.from(values)),
  fc.constantFrom(null, 'no vector'),
);
const output = fc.option(
  fc.record({ label: fc.constantFrom('x', 'y', null), confidence: fc.double({ min: 0, max: 1 }), value: number }),
  { nil: undefined },
);
const row = fc
  .record({
    n: number,
    m: number,
    hidden: number,
    c: word,
    name: word,
    note: word,
    secret: word,
    at: number,
    v: vector,
    pair: vector,
  })
  .chain(input => output.map(answer => ({ input: input as Row, output: answer as never })));
/** A few different rows, repeated to make a thousand and a bit: ties, atoms and rare values. */
const rowSets = fc
  .tuple(fc.array(row, { minLength: 1, maxLength: 120 }), fc.integer({ min: 0, max: 99 }))
  .map(([some, more]) => Array.from({ length: 1000 + more }, (_, i) => some[i % some.length]!));

function cellsOf({ features, joint = [], outputs }: Baseline) {
  return [...features, ...joint, ...outputs].map(feature => ({ name: feature.name, counts: baselineCells(feature) }));
}

it('the rows that a baseline was learned from have the counts of the baseline', async () => {
  await fc.assert(
    fc.asyncProperty(models, rowSets, async (model, rows) => {
      const baseline = await learnBaseline(model, rows);
      const counter = new RowCounter(baseline, model);
      for (const one of rows) counter.add(one);
      const counted = counter.finish();
      expect(counted.rows).toBe(baseline.rows);
      expect(counted.features.map(({ name, counts }) => ({ name, counts }))).toEqual(cellsOf(baseline));
    }),
  );
});

it('what a feature is drawn by agrees with the baseline of the same rows', async () => {
  await fc.assert(
    fc.asyncProperty(models, rowSets, async (model, rows) => {
      const baseline = await learnBaseline(model, rows);
      const counter = new RowCounter(baseline, model);
      for (const one of rows) counter.add(one);
      const counted = new Map(counter.finish().features.map(feature => [feature.name, feature]));
      for (const learned of baseline.features) {
        const { mean, sd, min, max, shape, outOfRange, unseen } = counted.get(learned.name)!;
        if (learned.kind === 'categorical' || learned.sensitive === true) {
          expect({ mean, sd, min, max, shape, outOfRange }).toEqual({});
          if (learned.sensitive === true) expect(unseen).toBeUndefined();
        } else if (learned.counts.every(count => count === 0)) {
          expect({ mean, shape, outOfRange }).toEqual({});
        } else {
          // So few values are all in the sketch.
          const { cuts, counts } = learned;
          const drawn = { mean, sd, min, max, outOfRange };
          expect(drawn).toEqual({
            mean: learned.mean,
            sd: learned.sd,
            min: learned.min,
            max: learned.max,
            outOfRange: 0,
          });
          expect(shape).toEqual({ cuts, counts });
        }
      }
    }),
  );
});
