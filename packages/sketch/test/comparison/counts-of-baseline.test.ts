import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  categorical,
  compare,
  countsOfBaseline,
  defineModel,
  learnBaseline,
  type ModelSpec,
  numeric,
  parseBaseline,
} from '../../src/index.js';
import { spoilable } from '../flights.js';
import { range } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { counted, normals, ORDER_MODEL, orders, sum } from './rows.js';

const cellsOf = ({ features, joint = [], outputs }: Baseline) => [...features, ...joint, ...outputs].map(baselineCells);

let january: Baseline;
let february: Baseline;
beforeAll(async () => {
  january = await learnBaseline(ORDER_MODEL, orders(4000, 1));
  february = await learnBaseline(ORDER_MODEL, orders(3000, 5, { shift: 0.7, missing: 0.1 }));
});

describe('a baseline counted in the cells of another', () => {
  it('that is the same one has its counts, exactly', () => {
    const { rows, features } = countsOfBaseline(january, january);
    expect(rows).toBe(4000);
    expect(features.map(({ counts }) => counts)).toEqual(cellsOf(january));
    expect(features.some(({ atLeast }) => atLeast)).toBe(false);
    expect(compare(january, { rows, features }).verdict).toBe('ok');
  });

  it('has its rows, missing and invalid values exactly, and says where it has the rest at least', () => {
    const { rows, features } = countsOfBaseline(january, february);
    const exact = new Map(
      counted(january, ORDER_MODEL, orders(3000, 5, { shift: 0.7, missing: 0.1 })).features.map(f => [f.name, f]),
    );
    expect(rows).toBe(3000);
    for (const { name, counts, atLeast } of features) {
      if (name.startsWith('joint.')) continue;
      expect(sum(counts)).toBe(3000);
      expect(counts.slice(-2)).toEqual(exact.get(name)!.counts.slice(-2));
      if (atLeast !== true) expect(counts).toEqual(exact.get(name)!.counts);
    }
    expect(features.filter(({ atLeast }) => atLeast).map(({ name }) => name)).toEqual([
      'amount',
      'fee',
      'age',
      'customer',
      'prediction.confidence',
    ]);
  });

  it('is compared: a drift is found, and told to be a lower bound', () => {
    const { features, verdict } = compare(january, countsOfBaseline(january, february));
    const amount = features[0]!;
    expect([verdict, amount.verdict, amount.atLeast]).toEqual(['critical', 'critical', true]);
    expect(amount.judgement.missing.verdict).toBe('critical');
    expect(features.find(({ name }) => name === 'country')).toMatchObject({ verdict: 'ok', atLeast: false });
  });

  it('keeps what its file says of values that are not sensitive', () => {
    const { features } = countsOfBaseline(january, february);
    const amount = february.features[0]!;
    if (amount.kind !== 'numeric' || amount.sensitive === true) throw new Error('kind');
    const { mean, sd, min, max, cuts, counts } = amount;
    expect(features[0]).toMatchObject({ mean, sd, min, max, shape: { cuts, counts } });
    expect(Object.keys(features[3]!).sort()).toEqual(['atLeast', 'counts', 'name']);
  });

  it('with other projections has no counts of them: nothing is said of what is not known', () => {
    const projection = countsOfBaseline(january, february).features[5]!;
    expect(projection).toEqual({ name: 'joint.amount~fee', counts: new Array(18).fill(0) });
    const compared = compare(january, countsOfBaseline(january, february)).features[5]!;
    expect(compared.verdict).toBe('insufficient');
  });

  it('without an output has no counts of it', async () => {
    const silent = await learnBaseline(
      ORDER_MODEL,
      orders(1000, 8).map(({ input }) => ({ input })),
    );
    for (const { counts } of countsOfBaseline(january, silent).features.slice(-2)) expect(sum(counts)).toBe(0);
    expect(countsOfBaseline(silent, january).features).toHaveLength(6);
  });

  it('takes as long as its rows took', async () => {
    const rows = orders(2000, 3).map((row, i) => ({ ...row, time: i * 60_000 }));
    const timed = await learnBaseline(ORDER_MODEL, rows);
    expect(countsOfBaseline(january, timed).spanMs).toBe(1999 * 60_000);
    const { drift } = compare(timed, countsOfBaseline(timed, timed));
    expect(drift.dependence).toMatchObject({ assumes: 'baseline', guaranteed: false });
    expect(drift.dependence.words).not.toContain('as fast as');
  });

  it('of values within few bins is off by no more than they leave open', async () => {
    // What is printed in the docstring's terms: a shift of 0.4 has an index of 0.15, of which 0.13 is sure; one of 0.1 is not seen.
    const model = defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } });
    const shifted = (shift: number, seed: number) => {
      const normal = normals(seed);
      return range(20_000).map(() => ({ input: { x: normal() + shift } }));
    };
    const reference = await learnBaseline(model, shifted(0, 1));
    const told: number[] = [];
    for (const shift of [0.1, 0.4, 1]) {
      const rows = shifted(shift, 7 + 10 * shift);
      const [truth, least] = [
        counted(reference, model, rows),
        countsOfBaseline(reference, await learnBaseline(model, rows)),
      ];
      const [of, atLeast] = [truth, least].map(counts => compare(reference, counts).features[0]!.distances.psi);
      told.push(atLeast! / of!);
    }
    expect(told[0]).toBeLessThan(0.1);
    expect(told[1]).toBeGreaterThan(0.75);
    expect(told[2]).toBeGreaterThan(0.8);
    expect(Math.max(...told)).toBeLessThanOrEqual(1);
  });
});

describe('categories of a baseline counted in those of another', () => {
  const model: ModelSpec<{ c: string }> = defineModel<{ c: string }>({
    name: 'm',
    version: '1',
    features: { c: categorical({ limit: 3 }) },
  });
  const learned = (counts: Readonly<Record<string, number>>) =>
    learnBaseline(
      model,
      Object.entries(counts).flatMap(([c, count]) => range(count).map(() => ({ input: { c } }))),
    );
  const compared = async (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) =>
    countsOfBaseline(await learned(a), await learned(b)).features[0]!;

  it('are those of the file where it keeps them', async () => {
    const { counts, atLeast, unseen } = await compared({ a: 500, b: 300, c: 200 }, { c: 700, a: 299, b: 1 });
    expect(counts).toEqual([299, 1, 700, 0, 0, 0]);
    expect([atLeast, unseen]).toEqual([true, undefined]);
  });

  it('that the other does not keep are other ones, and told', async () => {
    const { counts, atLeast, unseen } = await compared({ a: 500, b: 300, c: 200 }, { a: 600, x: 250, y: 150 });
    expect(counts).toEqual([600, 0, 0, 400, 0, 0]);
    expect(atLeast).toBeUndefined();
    expect(unseen).toEqual([
      ['x', 250],
      ['y', 150],
    ]);
  });

  it('that the file left out have at most as many rows as the rarest that it keeps, and near the shares of the other', async () => {
    // The reference keeps a, b, c; the file a, x, y, with 390 rows of others: of b and c there are at most 200 each.
    const { counts, atLeast } = await compared({ a: 600, b: 300, c: 100 }, { a: 210, x: 200, y: 200, b: 195, z: 195 });
    expect(sum(counts)).toBe(1000);
    expect(counts[0]).toBe(210);
    expect(counts[1]).toBe(200);
    expect(counts[2]).toBeGreaterThan(180);
    expect(counts[2]).toBeLessThanOrEqual(200);
    expect(atLeast).toBe(true);
  });

  it('that are too rare to be kept are fewer than ten', async () => {
    const { counts, atLeast } = await compared({ a: 900, b: 100 }, { a: 980, b: 9, q: 9, r: 2 });
    expect(counts).toEqual([980, 9, 11, 0, 0]);
    expect(atLeast).toBe(true);
  });
});

describe('baselines of two models', () => {
  const changed = (spoil: (document: ReturnType<typeof spoilable>) => void): Baseline => {
    const document = spoilable(february);
    spoil(document);
    return parseBaseline(document);
  };

  it('are refused: another name, transforms, key, feature or kind, with or without projections', () => {
    const { where, met, expected } = refusal('ERR_BASELINE_MODEL', () =>
      countsOfBaseline(
        january,
        changed(one => (one.model.name = 'returns')),
      ),
    );
    expect([where, met, expected]).toEqual(['current.model.name', '"returns"', '"orders"']);
    refusal('ERR_BASELINE_TRANSFORMS', () =>
      countsOfBaseline(
        january,
        changed(one => (one.model.transforms = '3')),
      ),
    );
    refusal('ERR_BASELINE_KEY', () =>
      countsOfBaseline(
        january,
        changed(one => (one.sensitiveKeyId = '0123456789abcdef')),
      ),
    );
    const renamed = changed(one => (one.features[2].name = 'land'));
    expect(refusal('ERR_BASELINE_FEATURE', () => countsOfBaseline(january, renamed)).where).toBe(
      'current feature "country"',
    );
    refusal('ERR_BASELINE_FEATURE', () =>
      countsOfBaseline(
        january,
        changed(one => one.features.splice(2, 1)),
      ),
    );
    refusal('ERR_BASELINE_FEATURE', () =>
      countsOfBaseline(
        january,
        changed(one => delete one.joint),
      ),
    );
  });

  it('of another version are not, nor in another order', () => {
    const other = changed(one => {
      one.model.version = '2';
      one.features.reverse();
    });
    expect(countsOfBaseline(january, other)).toEqual(countsOfBaseline(january, february));
  });
});
