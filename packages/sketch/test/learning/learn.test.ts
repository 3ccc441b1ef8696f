import { describe, expect, it } from 'vitest';
import {
  type CategoricalBaseline,
  categorical,
  defineModel,
  type Feature,
  learnBaseline,
  type NumericBaseline,
  numeric,
  parseBaseline,
  stringifyBaseline,
} from '../../src/index.js';
import { MAX_COUNTED_CATEGORIES } from '../../src/learning/category-column.js';
import { FLIGHT_MODEL, flightRows } from '../flights.js';
import { range, repeated, shuffled } from '../generated-rows.js';
import { rejection } from '../refusal.js';

const named = (features: { [name: string]: Feature<unknown> }) => defineModel({ name: 'm', version: '1', features });
const inputs = (values: readonly unknown[]) => values.map(x => ({ input: { x } }));

async function learnNumeric(values: readonly unknown[]): Promise<NumericBaseline> {
  return (await learnBaseline(named({ x: numeric() }), inputs(values))).features[0] as NumericBaseline;
}

async function learnCategorical(values: readonly unknown[], limit = 64): Promise<CategoricalBaseline> {
  return (await learnBaseline(named({ x: categorical({ limit }) }), inputs(values))).features[0] as CategoricalBaseline;
}

describe('a baseline', () => {
  it('holds the model, the rows, and the features in order of declaration', async () => {
    const baseline = await learnBaseline(FLIGHT_MODEL, flightRows(1000));
    expect(baseline.schema).toBe('driftspan.baseline/v1');
    expect(baseline.model).toEqual({
      name: 'flight-delay',
      version: '2013.01',
      transforms: '3',
      task: 'classification',
    });
    expect(baseline.rows).toBe(1000);
    expect(baseline.features.map(feature => feature.name)).toEqual(Object.keys(FLIGHT_MODEL.features ?? {}));
    expect(Object.keys(baseline)).not.toContain('provenance');
  });

  it('leaves out what the model leaves out', async () => {
    const { model } = await learnBaseline(named({ x: numeric() }), inputs(range(1000)));
    expect(Object.keys(model)).toEqual(['name', 'version']);
  });

  it('keeps the provenance it is given', async () => {
    const provenance = { source: 'a table', createdAt: '2013-02-01' };
    expect((await learnBaseline(FLIGHT_MODEL, flightRows(1000), { provenance })).provenance).toEqual(provenance);
  });

  it('is frozen all the way down', async () => {
    const baseline = await learnBaseline(FLIGHT_MODEL, flightRows(1000), { provenance: { source: 's' } });
    const open: unknown[] = [];
    const pending: unknown[] = [baseline];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      if (!Object.isFrozen(value)) open.push(value);
      pending.push(...Object.values(value));
    }
    expect(open).toEqual([]);
  });

  it('comes from an array, a generator, an async generator and a stream alike', async () => {
    const rows = flightRows(1500);
    function* one() {
      yield* rows;
    }
    async function* later() {
      yield* rows;
    }
    const text = stringifyBaseline(await learnBaseline(FLIGHT_MODEL, rows));
    for (const source of [
      one(),
      later(),
      new Set(rows),
      ReadableStream.from(rows) as AsyncIterable<(typeof rows)[0]>,
    ]) {
      expect(stringifyBaseline(await learnBaseline(FLIGHT_MODEL, source))).toBe(text);
    }
  });

  it('does not depend on the order of the rows', async () => {
    const rows = flightRows(3000);
    const text = stringifyBaseline(await learnBaseline(FLIGHT_MODEL, rows));
    expect(stringifyBaseline(await learnBaseline(FLIGHT_MODEL, shuffled(rows, 5)))).toBe(text);
  });
});

describe('a numeric feature', () => {
  it('counts missing and invalid values beside the bins', async () => {
    const odd = [null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '5', {}, Symbol('s')];
    const feature = await learnNumeric([...range(992), ...odd]);
    expect([feature.missing, feature.invalid]).toEqual([3, 5]);
    expect(feature.counts).toEqual(repeated(62, 16));
    expect({ min: feature.min, max: feature.max, mean: feature.mean }).toEqual({ min: 0, max: 991, mean: 495.5 });
  });

  it('takes booleans for 0 and 1 and a bigint for its number', async () => {
    const feature = await learnNumeric([
      ...repeated(true, 600),
      ...repeated(false, 300),
      ...repeated(1n, 99),
      10n ** 400n,
    ]);
    expect({ cuts: feature.cuts, counts: feature.counts, invalid: feature.invalid }).toEqual({
      cuts: [0.5],
      counts: [300, 699],
      invalid: 1,
    });
  });

  it('without any value has one empty bin and zero moments', async () => {
    const { cuts, labels, counts, missing, min, max, mean, sd } = await learnNumeric(repeated(null, 1000));
    expect({ cuts, labels, counts, missing }).toEqual({
      cuts: [],
      labels: ['00 (-inf,inf)'],
      counts: [0],
      missing: 1000,
    });
    expect([min, max, mean, sd]).toEqual([0, 0, 0, 0]);
  });

  it('that is constant has unseen bins on both sides', async () => {
    const { counts, mean, sd } = await learnNumeric(repeated(0.1, 1000));
    expect({ counts, mean, sd }).toEqual({ counts: [0, 1000, 0], mean: 0.1, sd: 0 });
  });

  it('survives the largest and the smallest doubles', async () => {
    const extremes = [-Number.MAX_VALUE, -1e308, -Number.MIN_VALUE, -0, Number.MIN_VALUE, 1e308, Number.MAX_VALUE];
    const feature = await learnNumeric(repeated(extremes, 150).flat());
    expect(feature.counts).toEqual(repeated(150, 7));
    expect([feature.min, feature.max]).toEqual([-Number.MAX_VALUE, Number.MAX_VALUE]);
    expect(Number.isFinite(feature.sd)).toBe(true);
  });

  it('counts a select that throws as invalid, and a row that is null as missing', async () => {
    const model = defineModel<{ x: number } | null>({
      name: 'm',
      version: '1',
      features: {
        thrown: numeric({
          select: () => {
            throw new Error('no');
          },
        }),
        x: categorical(),
      },
    });
    const rows = range(1000).map(i => ({ input: i < 100 ? null : { x: 1 } }));
    const { features } = await learnBaseline(model, rows);
    expect(features.map(feature => [feature.missing, feature.invalid])).toEqual([
      [0, 1000],
      [100, 0],
    ]);
  });

  it('is exact over more rows than one chunk holds', async () => {
    const feature = await learnNumeric(range(50_000).map(i => (i * 7919) % 50_000));
    expect(feature.counts).toEqual(repeated(3125, 16));
    expect(feature.mean).toBe(24999.5);
  });
});

describe('a categorical feature', () => {
  it('keeps the most frequent categories, equals in code unit order', async () => {
    const values = [...repeated('b', 300), ...repeated('B', 300), ...repeated('c', 400), ...repeated('z', 9)];
    const { categories, counts, other } = await learnCategorical(values);
    expect({ categories, counts, other }).toEqual({ categories: ['c', 'B', 'b'], counts: [400, 300, 300], other: 9 });
  });

  it('keeps a category seen 10 times and none seen 9 times', async () => {
    const { categories, other } = await learnCategorical([
      ...repeated('a', 1000),
      ...repeated('ten', 10),
      ...repeated('nine', 9),
    ]);
    expect({ categories, other }).toEqual({ categories: ['a', 'ten'], other: 9 });
  });

  it('keeps no more than its limit', async () => {
    const values = range(100).flatMap(i => repeated(`c${i}`, 100 + i));
    const { categories, counts, other } = await learnCategorical(values, 2);
    expect({ categories, counts }).toEqual({ categories: ['c99', 'c98'], counts: [199, 198] });
    expect(other).toBe(values.length - 199 - 198);
  });

  it('takes numbers, bigints and booleans by their text, and tells missing from invalid', async () => {
    const values = [
      1,
      '1',
      1n,
      true,
      'true',
      null,
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      {},
      Symbol('s'),
      '',
    ];
    const feature = await learnCategorical(repeated(values, 100).flat());
    expect(feature.categories).toEqual(['1', 'true', '']);
    expect([feature.counts, feature.other, feature.missing, feature.invalid]).toEqual([[300, 200, 100], 0, 300, 300]);
  });

  it('counts texts over 256 characters, and texts that are not Unicode, as other', async () => {
    const values = [...repeated('x'.repeat(256), 500), ...repeated('x'.repeat(257), 300), ...repeated('\ud800', 200)];
    const { categories, other } = await learnCategorical(values);
    expect({ categories, other }).toEqual({ categories: ['x'.repeat(256)], other: 500 });
  });

  it('keeps names that objects have of their own', async () => {
    const values = ['__proto__', 'constructor', 'toString', '_OTHER', 'missing'];
    expect((await learnCategorical(repeated(values, 200).flat())).categories).toEqual([...values].sort());
  });

  it('stops telling categories apart at 100,000 distinct ones, and still counts those it knows', async () => {
    const ids = range(MAX_COUNTED_CATEGORIES + 50).map(i => `id-${i}`);
    const { categories, counts, other } = await learnCategorical([
      ...repeated('a', 20),
      ...ids,
      ...repeated('a', 20),
      ...repeated('late', 500),
    ]);
    expect({ categories, counts, other }).toEqual({ categories: ['a'], counts: [40], other: ids.length + 500 });
  });
});

describe('outputs', () => {
  const model = defineModel({ name: 'm', version: '1' });

  it('become features where a row has them, missing in the rows that have not', async () => {
    const rows = range(1000).map(i => ({
      input: i,
      output: i % 4 === 0 ? undefined : { label: i % 2 === 0, value: i },
    }));
    const { features, outputs } = await learnBaseline(model, rows);
    expect(features).toEqual([]);
    expect(outputs.map(output => [output.name, output.kind, output.missing])).toEqual([
      ['prediction.label', 'categorical', 250],
      ['prediction.value', 'numeric', 250],
    ]);
  });

  it('are left out where every row is without', async () => {
    const rows = range(1000).map(i => ({ input: { x: i }, output: { label: null, confidence: Number.NaN } }));
    expect((await learnBaseline(named({ x: numeric() }), rows)).outputs).toEqual([]);
  });

  it('read through a getter that throws are invalid', async () => {
    const output = {
      get confidence(): number {
        throw new Error('no');
      },
      label: 'a',
    };
    const { outputs } = await learnBaseline(model, repeated({ input: 0, output }, 1000));
    expect(outputs.map(({ name, invalid }) => [name, invalid])).toEqual([
      ['prediction.label', 0],
      ['prediction.confidence', 1000],
    ]);
  });

  it('may be the labels of 64 classes, the rest other', async () => {
    const rows = range(2000).map(i => ({ input: 0, output: { label: `class-${i % 100}` } }));
    const label = (await learnBaseline(model, rows)).outputs[0] as CategoricalBaseline;
    expect([label.categories.length, label.other]).toEqual([64, 36 * 20]);
  });
});

describe('learning is refused', () => {
  it('under 1,000 rows', async () => {
    const error = await rejection('ERR_BASELINE_TOO_SMALL', learnBaseline(FLIGHT_MODEL, flightRows(999)));
    expect([error.met, error.expected]).toEqual(['999 rows', 'at least 1000']);
  });

  it('without features and outputs', async () => {
    await rejection('ERR_MODEL', learnBaseline(defineModel({ name: 'm', version: '1' }), inputs(range(1000))));
  });

  it('for a model that is no model', async () => {
    await rejection('ERR_MODEL', learnBaseline({ name: '', version: '1' }, flightRows(1000)));
  });

  it('for a provenance that can not be kept', async () => {
    const error = await rejection(
      'ERR_BASELINE_PROVENANCE',
      learnBaseline(FLIGHT_MODEL, flightRows(1000), { provenance: { createdAt: 'yesterday' } }),
    );
    expect(error.where).toBe('provenance.createdAt');
  });

  it('for rows of another shape, without telling their contents', async () => {
    const of = (rows: unknown) => rejection('ERR_ROWS', learnBaseline(FLIGHT_MODEL, rows as []));
    expect((await of(5)).where).toBe('rows');
    expect((await of('secret text')).message).not.toContain('text');
    expect((await of([{ input: {} }, { secret: 1 }])).where).toBe('rows[1]');
    expect((await of(['secret'])).message).not.toContain('secret');
  });

  it('with the error of the rows themselves where reading them fails', async () => {
    const broken = new Error('disk');
    function* rows() {
      yield* flightRows(10);
      throw broken;
    }
    await expect(learnBaseline(FLIGHT_MODEL, rows())).rejects.toBe(broken);
  });
});

it('what was learned can be written and read back', async () => {
  const baseline = await learnBaseline(FLIGHT_MODEL, flightRows(2500));
  expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
});
