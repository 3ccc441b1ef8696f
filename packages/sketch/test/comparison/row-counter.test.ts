import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  categorical,
  defineModel,
  embedding,
  learnBaseline,
  numeric,
  RowCounter,
  type TrainingOutput,
  text,
} from '../../src/index.js';
import { range } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { uniforms } from '../verdict/random.js';
import { counted, ORDER_MODEL, orders, sum } from './rows.js';

let baseline: Baseline;
beforeAll(async () => {
  baseline = await learnBaseline(ORDER_MODEL, orders(3000, 1));
});

const named = <T extends { readonly name: string }>(features: readonly T[], name: string): T =>
  features.find(feature => feature.name === name)!;

describe('counted rows', () => {
  it('are in the order of the baseline: features, what is watched together, outputs', () => {
    const { features, rows } = counted(baseline, ORDER_MODEL, orders(500, 3));
    expect(rows).toBe(500);
    expect(features.map(({ name }) => name)).toEqual([
      'amount',
      'fee',
      'country',
      'age',
      'customer',
      'joint.amount~fee',
      'prediction.label',
      'prediction.confidence',
    ]);
    for (const { counts } of features) expect(sum(counts)).toBe(500);
  });

  it('of the rows that it was learned from are the counts of the baseline, what is hashed and watched together too', () => {
    const { features } = counted(baseline, ORDER_MODEL, orders(3000, 1));
    const learned = [...baseline.features, ...baseline.joint!, ...baseline.outputs];
    expect(features.map(({ counts }) => counts)).toEqual(learned.map(baselineCells));
    expect(baseline.joint).toHaveLength(1);
  });

  it('say of a sensitive feature nothing but counts', () => {
    const { features } = counted(baseline, ORDER_MODEL, [
      ...orders(500, 3),
      ...range(20).map(() => ({ input: { amount: 1, fee: 1, country: 'a', age: 999, customer: 'new' } })),
    ]);
    expect(Object.keys(named(features, 'age'))).toEqual(['name', 'counts']);
    expect(Object.keys(named(features, 'customer'))).toEqual(['name', 'counts']);
  });

  it('name at most five categories that the baseline does not keep, each seen ten times, the most frequent first', () => {
    const texts = Object.entries({ u: 9, v: 10, w: 30, x: 12, y: 12, z: 40, q: 11 });
    const rows = texts.flatMap(([country, times]) => range(times).map(() => ({ input: { country } as never })));
    const { unseen, counts } = named(counted(baseline, ORDER_MODEL, rows).features, 'country');
    expect(unseen).toEqual([
      ['z', 40],
      ['w', 30],
      ['x', 12],
      ['y', 12],
      ['q', 11],
    ]);
    expect(counts).toEqual([0, 0, 0, 0, 124, 0, 0]);
  });

  it('tell no texts apart after ten thousand that the baseline does not keep, and count on', async () => {
    const model = defineModel<{ c: string }>({ name: 'm', version: '1', features: { c: categorical() } });
    const one = await learnBaseline(
      model,
      range(1000).map(() => ({ input: { c: 'a' } })),
    );
    const rows = [...range(10_000), ...range(50).map(() => 'late'), ...range(10).flatMap(() => range(3))];
    const { unseen, counts } = counted(
      one,
      model,
      rows.map(c => ({ input: { c: String(c) } })),
    ).features[0]!;
    expect(unseen).toEqual([
      ['0', 11],
      ['1', 11],
      ['2', 11],
    ]);
    expect(counts).toEqual([0, 10_080, 0, 0]);
  });

  it('count values beyond those of the baseline, and moments and bins of their own', () => {
    const amount = baseline.features[0]!;
    if (amount.kind !== 'numeric' || amount.sensitive === true) throw new Error('kind');
    const values = [amount.min - 1, amount.min, 0, amount.max, amount.max + 1, amount.max + 2];
    const rows = [...values, null, Number.POSITIVE_INFINITY].map(value => ({ input: { amount: value } as never }));
    const found = named(counted(baseline, ORDER_MODEL, rows).features, 'amount');
    expect(found).toMatchObject({ outOfRange: 3, min: amount.min - 1, max: amount.max + 2 });
    expect(found.counts.slice(-2)).toEqual([1, 1]);
    expect(found.mean).toBeCloseTo(sum(values) / 6, 12);
    expect(found.shape!.counts).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('without a value of a feature have no moments and no bins of it', () => {
    const found = named(counted(baseline, ORDER_MODEL, [{ input: { amount: null } as never }]).features, 'amount');
    expect(Object.keys(found).sort()).toEqual(['counts', 'name', 'outOfRange']);
  });

  it('against a baseline without a value of a feature say of no value that it is out of range', async () => {
    const model = defineModel<{ x: number | null }>({ name: 'm', version: '1', features: { x: numeric() } });
    const empty = await learnBaseline(
      model,
      range(1000).map(() => ({ input: { x: null } })),
    );
    const [x] = counted(empty, model, [{ input: { x: 3 } }]).features;
    expect(x).toMatchObject({ counts: [1, 0, 0], mean: 3, sd: 0 });
    expect(x).not.toHaveProperty('outOfRange');
  });

  it('of more values than are kept have bins that add up to all, near those of all', () => {
    const next = uniforms(5);
    const values = range(50_000).map(() => next() ** 2);
    const { shape, mean, sd, min, max } = counted(
      baseline,
      ORDER_MODEL,
      values.map(amount => ({ input: { amount } as never })),
    ).features[0]!;
    expect(sum(shape!.counts)).toBe(50_000);
    expect(shape!.counts).toHaveLength(16);
    for (const [i, cut] of shape!.cuts.entries()) {
      const below = values.filter(value => value <= cut).length / 50_000;
      // 8,192 of them: five standard deviations of a share.
      expect(Math.abs(sum(shape!.counts.slice(0, i + 1)) / 50_000 - below)).toBeLessThan(5 * Math.sqrt(0.25 / 8192));
    }
    expect(mean).toBeCloseTo(sum(values) / 50_000, 10);
    expect(sd).toBeCloseTo(Math.sqrt(4 / 45), 2);
    expect([min, max]).toEqual([values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]);
  });

  it('of enormous values have moments that are numbers', () => {
    const rows = range(9000).map(i => ({ input: { amount: i % 2 === 0 ? 1e300 : -1e300 } as never }));
    const { mean, sd, min, max } = counted(baseline, ORDER_MODEL, rows).features[0]!;
    expect([min, max]).toEqual([-1e300, 1e300]);
    expect(Math.abs(mean!)).toBeLessThan(1e299);
    expect(sd! / 1e300).toBeCloseTo(1, 2);
  });

  it('know when they were, in whatever order they come', () => {
    const times = [3000, 1000, undefined, new Date(2000)];
    const rows = orders(4, 7).map((row, i) => ({ ...row, time: times[i] }));
    expect(counted(baseline, ORDER_MODEL, rows)).toMatchObject({ rows: 4, firstMs: 1000, lastMs: 3000 });
    expect(counted(baseline, ORDER_MODEL, orders(4, 7))).not.toHaveProperty('firstMs');
  });

  it('of an output that no row has are not there, and missing where another row has one', () => {
    const [first, ...others] = orders(100, 9);
    const none = others.map(({ input }) => ({ input }));
    const empty = named(counted(baseline, ORDER_MODEL, none).features, 'prediction.label');
    expect(sum(empty.counts)).toBe(0);
    const one = named(counted(baseline, ORDER_MODEL, [first!, ...none]).features, 'prediction.label');
    expect(one.counts.slice(-2)).toEqual([99, 0]);
  });

  it('of an output that rows have, and never with a value, are all missing', () => {
    for (const label of [null, undefined]) {
      const silent = orders(100, 9).map(({ input }) => ({ input, output: { label } as unknown as TrainingOutput }));
      const { counts } = named(counted(baseline, ORDER_MODEL, silent).features, 'prediction.label');
      expect([sum(counts), counts.at(-2)]).toEqual([100, 100]);
    }
  });

  it('may be asked for at any time, and go on', () => {
    const counter = new RowCounter(baseline, ORDER_MODEL);
    for (const row of orders(10, 3)) counter.add(row);
    const first = counter.finish();
    for (const row of orders(10, 4)) counter.add(row);
    expect([first.rows, counter.rows, counter.finish().rows]).toEqual([10, 20, 20]);
    expect(Object.isFrozen(first)).toBe(true);
    expect(sum(first.features[0]!.counts)).toBe(10);
  });
});

describe('a row', () => {
  const model = defineModel<{ readonly v: unknown; readonly note: string; readonly x: number }>({
    name: 'm',
    version: '1',
    features: {
      note: text(),
      v: embedding(),
      x: numeric({
        select: row => {
          if (row.x === 13) throw new Error('unreadable');
          return row.x;
        },
      }),
    },
  });
  const row = (i: number) => ({ input: { v: Float32Array.of(1, i % 7), note: `${i} words`, x: i % 13 } });
  let measured: Baseline;
  beforeAll(async () => {
    measured = await learnBaseline(model, range(1000).map(row));
  });

  it('with a value that can not be read counts as invalid, as does one of a wrong type in all its parts', () => {
    const { features } = counted(measured, model, [{ input: { v: 'no vector', note: 7 as never, x: 13 } }]);
    for (const { counts } of features) expect([counts.at(-1), sum(counts)]).toEqual([1, 1]);
  });

  it('that holds a batch is refused, and leaves everything as it was', () => {
    const batch = { data: new Float32Array(6), dims: [3, 2] };
    const counter = new RowCounter(measured, model);
    const { where, met } = refusal('ERR_ROWS', () => counter.add({ input: { v: batch, note: '', x: 1 } }));
    expect([where, met]).toEqual(['rows[0].input, feature "v"', 'a batch of 3']);
    expect(counter.rows).toBe(0);
    for (const { counts } of counter.finish().features) expect(sum(counts)).toBe(0);
  });

  it('of another shape, or at no time, is refused, and leaves everything as it was', () => {
    const counter = new RowCounter(measured, model);
    refusal('ERR_ROWS', () => counter.add(null as never));
    refusal('ERR_ROWS', () => counter.add({} as never));
    for (const time of [Number.NaN, 'now', new Date(Number.NaN)]) {
      const { where } = refusal('ERR_ROWS', () => counter.add({ ...row(1), time: time as never }));
      expect(where).toBe('rows[0].time');
    }
    for (const { counts } of counter.finish().features) expect(sum(counts)).toBe(0);
  });
});

it('a baseline of another model is refused', () => {
  refusal('ERR_BASELINE_MODEL', () => new RowCounter(baseline, { ...ORDER_MODEL, name: 'others' }));
  refusal(
    'ERR_BASELINE_KEY',
    () => new RowCounter(baseline, { ...ORDER_MODEL, sensitiveKey: 'another key of orders' }),
  );
});
