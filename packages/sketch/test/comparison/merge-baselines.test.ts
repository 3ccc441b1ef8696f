import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  categorical,
  defineModel,
  learnBaseline,
  mergeBaselines,
  numeric,
  type PlainNumericBaseline,
  parseBaseline,
  stringifyBaseline,
} from '../../src/index.js';
import { spoilable } from '../flights.js';
import { range } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { uniforms } from '../verdict/random.js';
import { counted, normals, ORDER_MODEL, orders, sum } from './rows.js';

const MODEL = defineModel({ ...ORDER_MODEL, joint: false });
const named = <T extends { readonly name: string }>(features: readonly T[], name: string): T =>
  features.find(feature => feature.name === name)!;
/** A baseline as another file would have it. */
function changed(baseline: Baseline, spoil: (document: ReturnType<typeof spoilable>) => void): Baseline {
  const document = spoilable(baseline);
  spoil(document);
  return parseBaseline(document);
}

let january: Baseline;
let february: Baseline;
beforeAll(async () => {
  january = await learnBaseline(MODEL, orders(4000, 1), { provenance: { source: 'january' } });
  february = await learnBaseline(
    { ...MODEL, version: '2', task: 'regression' },
    orders(3000, 5, { shift: 0.7, missing: 0.1 }),
  );
});

describe('a merged baseline', () => {
  it('has the rows of all, missing and invalid values too, and is a file that can be read', () => {
    const { baseline } = mergeBaselines([january, february]);
    expect(baseline.rows).toBe(7000);
    expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    const missing = january.features[0]!.missing + february.features[0]!.missing;
    expect([baseline.features[0]!.missing, missing > 250]).toEqual([missing, true]);
    for (const feature of [...baseline.features, ...baseline.outputs]) expect(sum(baselineCells(feature))).toBe(7000);
  });

  it('is of the model of the first, and of its version unless another is given', () => {
    expect(mergeBaselines([january, february]).baseline.model).toEqual(january.model);
    expect(mergeBaselines([february, january]).baseline.model).toEqual(february.model);
    expect(mergeBaselines([january, february], { version: '3' }).baseline.model.version).toBe('3');
  });

  it('came from where it is said to, and from nowhere without a word', () => {
    expect(mergeBaselines([january, february]).baseline.provenance).toBeUndefined();
    const provenance = { source: 'january and february', createdAt: '2024-03-01' };
    expect(mergeBaselines([january, february], { provenance }).baseline.provenance).toEqual(provenance);
    refusal('ERR_BASELINE_PROVENANCE', () => mergeBaselines([january], { provenance: { createdAt: 'today' } }));
  });

  it('of more than one file has bins of near a sixteenth of the values, each at a cut of one of them', () => {
    const { baseline } = mergeBaselines([january, february]);
    const [a, b, all] = [january, february, baseline].map(one => one.features[0] as PlainNumericBaseline);
    const cuts = new Set([...a!.cuts, ...b!.cuts]);
    for (const cut of all!.cuts) expect(cuts.has(cut)).toBe(true);
    const values = sum(all!.counts);
    expect(all!.counts.length).toBeGreaterThanOrEqual(14);
    for (const count of all!.counts) {
      expect(count / values).toBeGreaterThan(0.02);
      expect(count / values).toBeLessThan(0.125);
    }
  });

  it('is within what it says is unsure, and mostly far nearer', () => {
    const { baseline, features } = mergeBaselines([january, february]);
    const rows = [...orders(4000, 1), ...orders(3000, 5, { shift: 0.7, missing: 0.1 })];
    const truth = counted(baseline, MODEL, rows).features;
    for (const [i, feature] of [...baseline.features, ...baseline.outputs].entries()) {
      const { name, exact, unsure } = features[i]!;
      expect([name, exact]).toEqual([feature.name, unsure === 0]);
      if (feature.kind !== 'numeric') continue;
      const off = feature.cuts.map((_, bin) =>
        Math.abs(sum(feature.counts.slice(0, bin + 1)) - sum(truth[i]!.counts.slice(0, bin + 1))),
      );
      expect(Math.max(...off) / 7000).toBeLessThanOrEqual(unsure);
      expect(unsure).toBeLessThan(1 / 16);
      // A straight line is farthest off in the outer bins, from the smallest value to the first cut.
      expect(Math.max(...off) / 7000, name).toBeLessThan(0.02);
    }
  });

  it('keeps a value that is a bin of its own in the files in one, though their cuts beside it differ', async () => {
    const model = defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } });
    const halfZeros = (seed: number) => {
      const [next, normal] = [uniforms(seed), normals(seed + 1)];
      return range(2000).map(() => ({ input: { x: next() < 0.5 ? 0 : Math.exp(normal()) } }));
    };
    const rows = [halfZeros(1), halfZeros(3)];
    const files = await Promise.all(rows.map(one => learnBaseline(model, one)));
    const { baseline, features } = mergeBaselines(files);
    const all = rows.flat().map(({ input }) => input.x);
    const zeros = all.filter(x => x === 0).length;
    const [x] = baseline.features as readonly PlainNumericBaseline[];
    expect(x!.cuts[0]).toBeGreaterThan(0);
    expect(Math.abs(x!.counts[0]! - zeros) / 4000).toBeLessThan(0.02);
    expect(features[0]!.unsure).toBeLessThan(1 / 16);
  });

  it('of constants that differ has a bin for each, exactly', async () => {
    const model = defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } });
    const constant = (x: number) =>
      learnBaseline(
        model,
        range(1000).map(() => ({ input: { x } })),
      );
    const { baseline, features } = mergeBaselines([await constant(5), await constant(7), await constant(5)]);
    const [x] = baseline.features as readonly PlainNumericBaseline[];
    expect(x).toMatchObject({ counts: [0, 2000, 0, 1000, 0], min: 5, max: 7 });
    expect(x!.mean).toBeCloseTo(17 / 3, 12);
    expect(features).toEqual([{ name: 'x', exact: true, unsure: 0 }]);
  });

  it('of a feature without values in a file has the values of the others', async () => {
    const model = defineModel<{ x: number | null }>({ name: 'm', version: '1', features: { x: numeric() } });
    const of = (x: (i: number) => number | null) =>
      learnBaseline(
        model,
        range(1000).map(i => ({ input: { x: x(i) } })),
      );
    const [none, some] = [await of(() => null), await of(i => i)];
    const { baseline } = mergeBaselines([none, some]);
    const { id, ...rest } = some.features[0] as PlainNumericBaseline;
    expect(baseline.features[0]).toMatchObject({ ...rest, missing: 1000 });
    expect(baseline.features[0]!.id).not.toBe(id);
    expect(mergeBaselines([none, none]).baseline.features[0]).toMatchObject({ counts: [0], missing: 2000, mean: 0 });
  });

  it('of an output that a file does not have has it missing there', async () => {
    const silent = await learnBaseline(
      MODEL,
      orders(1000, 9).map(({ input }) => ({ input })),
    );
    for (const files of [
      [january, silent],
      [silent, january],
    ]) {
      const { outputs } = mergeBaselines(files).baseline;
      expect(outputs.map(({ name, missing }) => [name, missing])).toEqual([
        ['prediction.label', 1000],
        ['prediction.confidence', 1000],
      ]);
    }
  });

  it('of values near the ends of the doubles has moments that are numbers', async () => {
    const model = defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } });
    const of = (x: number) =>
      learnBaseline(
        model,
        range(1000).map(i => ({ input: { x: i % 2 === 0 ? x : x / 2 } })),
      );
    const { baseline } = mergeBaselines([await of(Number.MAX_VALUE), await of(-Number.MAX_VALUE)]);
    const { min, max, mean, sd } = baseline.features[0] as PlainNumericBaseline;
    expect([min, max, mean]).toEqual([-Number.MAX_VALUE, Number.MAX_VALUE, 0]);
    expect(sd / Number.MAX_VALUE).toBeCloseTo(Math.sqrt(5 / 8), 3);
  });

  it('writes an edge as the file that has its cut writes it', () => {
    const { baseline } = mergeBaselines([january, february]);
    const edgesOf = (one: Baseline) =>
      one.features.flatMap(feature =>
        feature.kind === 'numeric' ? feature.labels.map(label => label.split(',')[1]) : [],
      );
    const known = new Set([...edgesOf(january), ...edgesOf(february)]);
    for (const edge of edgesOf(baseline)) expect(known.has(edge)).toBe(true);
  });
});

describe('merged categories', () => {
  const model = defineModel<{ c: string }>({ name: 'm', version: '1', features: { c: categorical({ limit: 3 }) } });
  const learned = (counts: Readonly<Record<string, number>>) =>
    learnBaseline(
      model,
      Object.entries(counts).flatMap(([c, count]) => range(count).map(() => ({ input: { c } }))),
    );
  const merged = async (...files: Readonly<Record<string, number>>[]) => {
    const { baseline, features } = mergeBaselines(await Promise.all(files.map(learned)));
    const [c] = baseline.features;
    if (c?.kind !== 'categorical') throw new Error('kind');
    return { ...features[0]!, categories: c.categories, counts: [...c.counts, c.other] };
  };

  it('that all files keep are exact, the most frequent first', async () => {
    expect(await merged({ a: 600, b: 400 }, { b: 800, a: 200 })).toEqual({
      name: 'c',
      categories: ['b', 'a'],
      counts: [1200, 800, 0],
      exact: true,
      unsure: 0,
    });
  });

  it('that a file without others does not keep are exact too', async () => {
    expect(await merged({ a: 600, b: 400 }, { c: 1000 })).toMatchObject({ categories: ['c', 'a', 'b'], exact: true });
  });

  it('that a file has as others are told how many rows they may lack', async () => {
    const { exact, unsure, categories, counts } = await merged({ a: 600, b: 400 }, { a: 980, b: 8, x: 7, y: 5 });
    expect([exact, unsure]).toEqual([false, 9 / 2000]);
    expect([categories, counts]).toEqual([
      ['a', 'b'],
      [1580, 400, 20],
    ]);
  });

  it('that a limit left out of a file lack at most the rarest that it keeps', async () => {
    const { unsure, categories } = await merged({ a: 600, b: 300, c: 100 }, { x: 300, y: 250, z: 230, a: 220 });
    expect(unsure).toBe(220 / 2000);
    expect(categories).toEqual(['a', 'b', 'x', 'y', 'z', 'c']);
  });
});

describe('dependence of a merged baseline', () => {
  const timed = (count: number, seed: number, everyMs = 600_000) =>
    orders(count, seed).map((row, i) => ({ ...row, time: i * everyMs }));

  it('is that of the file with the longest span', async () => {
    const [short, long] = [
      await learnBaseline(MODEL, timed(3000, 1)),
      await learnBaseline(MODEL, timed(2000, 3, 1_200_000)),
    ];
    for (const files of [
      [short, long],
      [long, short],
    ]) {
      const { baseline } = mergeBaselines(files);
      expect(baseline.dependence).toEqual(long.dependence);
      expect(baseline.features.map(({ dependence }) => dependence)).toEqual(
        long.features.map(({ dependence }) => dependence),
      );
    }
  });

  it('is none where some files were not learned in time order, or some without times', async () => {
    const [withTimes, inOrder] = [
      await learnBaseline(MODEL, timed(2000, 1)),
      await learnBaseline(MODEL, orders(2000, 3), { timeOrdered: true }),
    ];
    for (const other of [january, inOrder]) {
      const { baseline } = mergeBaselines([withTimes, other]);
      expect(baseline).not.toHaveProperty('dependence');
      for (const feature of baseline.features) expect(feature).not.toHaveProperty('dependence');
    }
  });

  it('without times is known at lengths of which the longest file held twenty stretches', async () => {
    const [long, short] = [
      await learnBaseline(MODEL, orders(4000, 1), { timeOrdered: true }),
      await learnBaseline(MODEL, orders(2000, 3), { timeOrdered: true }),
    ];
    expect(long.dependence!.blockRows.at(-1)).toBe(512);
    expect(mergeBaselines([short, long]).baseline.dependence).toEqual({ blockRows: [8, 16, 32, 64, 128] });
    expect(mergeBaselines([long]).baseline.dependence).toEqual(long.dependence);
  });
});

describe('what is watched together', () => {
  let joined: Baseline;
  beforeAll(async () => {
    joined = await learnBaseline(ORDER_MODEL, orders(3000, 1));
  });

  it('is merged where the projections are the same', () => {
    const { baseline, features } = mergeBaselines([joined, joined]);
    expect(baseline.joint).toHaveLength(1);
    expect(baseline.joint![0]!.terms).toEqual(joined.joint![0]!.terms);
    expect(baseline.joint![0]!.counts).toEqual(joined.joint![0]!.counts.map(count => 2 * count));
    expect(named(features, 'joint.amount~fee')).toEqual({ name: 'joint.amount~fee', exact: true, unsure: 0 });
  });

  it('is refused where they are others', async () => {
    const other = await learnBaseline(ORDER_MODEL, orders(3000, 9));
    expect(refusal('ERR_BASELINE_FEATURE', () => mergeBaselines([joined, other])).where).toBe('baselines[1].joint');
  });
});

describe('what can not be merged', () => {
  it('is nothing at all', () => {
    refusal('ERR_BASELINE_TOO_SMALL', () => mergeBaselines([]));
  });

  it('are baselines of other models', () => {
    const { where, met, expected } = refusal('ERR_BASELINE_MODEL', () =>
      mergeBaselines([january, january, changed(january, one => (one.model.name = 'returns'))]),
    );
    expect([where, met, expected]).toEqual(['baselines[2].model.name', '"returns"', '"orders"']);
    const other = changed(january, one => (one.sensitiveKeyId = '0123456789abcdef'));
    refusal('ERR_BASELINE_KEY', () => mergeBaselines([january, other]));
    refusal('ERR_BASELINE_FEATURE', () => mergeBaselines([january, changed(january, one => one.features.shift())]));
  });
});
