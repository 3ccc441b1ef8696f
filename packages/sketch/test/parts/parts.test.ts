import { describe, expect, it } from 'vitest';
import type { PlainNumericBaseline } from '../../src/baseline/baseline.js';
import {
  baselineCells,
  type CategoricalBaseline,
  categorical,
  defineModel,
  dependenceOfWindow,
  type Feature,
  kllRankError,
  learnBaseline,
  mergeBaselineParts,
  numeric,
  stringifyBaseline,
} from '../../src/index.js';
import { MAX_COUNTED_CATEGORIES } from '../../src/learning/category-tally.js';
import { FLIGHT_MODEL, flightRows } from '../flights.js';
import { generator, range, repeated, shuffled } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { dealt, partOf } from './part-files.js';

const DAY_MS = 86_400_000;
const named = (features: { [name: string]: Feature<unknown> }, more = {}) =>
  defineModel<unknown>({ name: 'm', version: '1', features, ...more });
const X = named({ x: numeric() });
const inputs = (values: readonly unknown[]) => values.map(x => ({ input: { x } }));

describe('merged parts', () => {
  it('are the baseline of all rows, byte for byte, in any order and grouping, while the sketches are exact', async () => {
    const rows = flightRows(4000);
    const text = stringifyBaseline(await learnBaseline(FLIGHT_MODEL, rows));
    const uneven = [rows.slice(0, 3), [], rows.slice(3, 2500), rows.slice(2500)];
    for (const grouping of [dealt(rows, 1), dealt(rows, 8), shuffled(dealt(rows, 31), 2), uneven]) {
      const parts = grouping.map(some => partOf(FLIGHT_MODEL, some));
      expect(stringifyBaseline(mergeBaselineParts(FLIGHT_MODEL, parts))).toBe(text);
    }
  });

  it('are the baseline of all rows where each process kept no more than a few of them', async () => {
    const rows = flightRows(4000);
    const parts = dealt(rows, 5).map(some => partOf(FLIGHT_MODEL, some, { exactRows: 100 }));
    expect(mergeBaselineParts(FLIGHT_MODEL, parts)).toEqual(await learnBaseline(FLIGHT_MODEL, rows));
  });

  it('count rows, missing, invalid and categories exactly after that', async () => {
    const rows = flightRows(30_000, 4);
    const exact = await learnBaseline(FLIGHT_MODEL, rows);
    const parts = dealt(rows, 6).map(some => partOf(FLIGHT_MODEL, some, { k: 64 }));
    for (const order of [parts, [...parts].reverse()]) {
      const merged = mergeBaselineParts(FLIGHT_MODEL, order);
      expect([merged.rows, merged.outputs.length]).toEqual([30_000, exact.outputs.length]);
      for (const [i, feature] of [...merged.features, ...merged.outputs].entries()) {
        const other = [...exact.features, ...exact.outputs][i]!;
        expect(baselineCells(feature).reduce((a, b) => a + b)).toBe(30_000);
        expect([feature.name, feature.missing, feature.invalid]).toEqual([other.name, other.missing, other.invalid]);
        if (feature.kind === 'categorical') expect(feature).toEqual(other);
      }
    }
  });

  it('cut bins within the rank error after that, with mean and sd to ten digits', async () => {
    const next = generator(9);
    const values = range(60_000).map(() => next() * next() - 0.25);
    const exact = (await learnBaseline(X, inputs(values))).features[0] as PlainNumericBaseline;
    const parts = dealt(inputs(values), 12).map(some => partOf(X, some, { k: 256 }));
    const merged = mergeBaselineParts(X, parts).features[0] as PlainNumericBaseline;
    const sorted = Float64Array.from(values).sort();
    let told = 0;
    for (const [i, cut] of merged.cuts.entries()) {
      told += merged.counts[i]!;
      expect(Math.abs(told - sorted.findIndex(value => value > cut)) / 60_000).toBeLessThan(kllRankError(256));
    }
    expect(merged.cuts).toHaveLength(15);
    expect([merged.min, merged.max]).toEqual([exact.min, exact.max]);
    expect(merged.mean).toBeCloseTo(exact.mean, 12);
    expect(merged.sd / exact.sd).toBeCloseTo(1, 10);
  });

  it('of exact and compacted sketches keep mean and sd', async () => {
    const values = range(20_000).map(i => (i < 19_000 ? i % 100 : 1000 + i));
    const exact = (await learnBaseline(X, inputs(values))).features[0] as PlainNumericBaseline;
    const groups = [values.slice(0, 19_000), values.slice(19_000, 19_300), values.slice(19_300)];
    for (const order of [groups, [...groups].reverse()]) {
      const parts = order.map(some => partOf(X, inputs(some), { k: 64 }));
      const merged = mergeBaselineParts(X, parts).features[0] as PlainNumericBaseline;
      expect([merged.mean / exact.mean, merged.sd / exact.sd].map(ratio => ratio.toFixed(10))).toEqual(
        repeated('1.0000000000', 2),
      );
    }
  });

  it('of values too large for streamed squares have moments near theirs', () => {
    const large = repeated([-1e308, 1e308], 5000).flat();
    const parts = [partOf(X, inputs(large), { k: 64 }), partOf(X, inputs(range(2000)), { k: 64 })];
    for (const order of [parts, [...parts].reverse()]) {
      const { min, max, sd } = mergeBaselineParts(X, order).features[0] as PlainNumericBaseline;
      expect([min, max]).toEqual([-1e308, 1e308]);
      expect(sd / 1e308).toBeCloseTo(Math.sqrt(10_000 / 12_000), 1);
    }
  });

  it('have an output that only some parts have, missing in the others', async () => {
    const model = named({});
    const rows = range(1500).map(i => ({ input: 0, output: i < 600 ? { label: i % 2 } : undefined }));
    const parts = [partOf(model, rows.slice(0, 600)), partOf(model, rows.slice(600))];
    expect(mergeBaselineParts(model, parts)).toEqual(await learnBaseline(model, rows));
  });

  it('keep the provenance they are given, and the version of the model', () => {
    const parts = dealt(inputs(range(2000)), 2).map(some => partOf(named({ x: numeric() }, { version: '0' }), some));
    const baseline = mergeBaselineParts(X, parts, { provenance: { source: 'two processes' } });
    expect([baseline.provenance, baseline.model.version]).toEqual([{ source: 'two processes' }, '1']);
  });

  it('may come from a generator, which is asked for no other once one is refused', async () => {
    const rows = flightRows(2000);
    const made: number[] = [];
    function* parts(last: Uint8Array) {
      for (const [i, some] of dealt(rows, 3).entries()) {
        made.push(i);
        yield i === 2 ? last : partOf(FLIGHT_MODEL, some);
      }
      made.push(3);
    }
    refusal('ERR_PART_BYTES', () => mergeBaselineParts(FLIGHT_MODEL, parts(new Uint8Array(5))));
    expect(made.splice(0)).toEqual([0, 1, 2]);
    const last = partOf(FLIGHT_MODEL, dealt(rows, 3)[2]!);
    expect(mergeBaselineParts(FLIGHT_MODEL, parts(last))).toEqual(await learnBaseline(FLIGHT_MODEL, rows));
    expect(made).toEqual([0, 1, 2, 3]);
  });

  it('are not told apart from others by the order of their rows, while the sketches are exact', () => {
    const rows = flightRows(3000);
    expect(partOf(FLIGHT_MODEL, shuffled(rows, 1))).toEqual(partOf(FLIGHT_MODEL, rows));
  });
});

describe('categories of merged parts', () => {
  const C = named({ x: categorical({ limit: 3 }) });
  const merged = (groups: readonly (readonly unknown[])[]) =>
    mergeBaselineParts(
      C,
      groups.map(some => partOf(C, inputs(some))),
    ).features[0] as CategoricalBaseline;

  it('that are rare in every part are kept if they are frequent together', () => {
    const { categories, counts, other } = merged(repeated([...repeated('a', 200), ...repeated('b', 3), 'c'], 6));
    expect({ categories, counts, other }).toEqual({ categories: ['a', 'b'], counts: [1200, 18], other: 6 });
  });

  it('stay the frequent ones where there are over 100,000 together', () => {
    const ids = (from: number) => range(MAX_COUNTED_CATEGORIES - 1, from).map(i => `id-${i}`);
    const groups = [
      [...ids(0), ...repeated('late', 5)],
      [...ids(MAX_COUNTED_CATEGORIES), ...repeated('late', 50)],
      [...repeated('new', 40), ...repeated('late', 50), 'x'.repeat(300)],
    ];
    const { categories, counts, other } = merged(groups);
    expect({ categories, counts }).toEqual({ categories: ['late', 'new'], counts: [105, 40] });
    expect(other).toBe(2 * (MAX_COUNTED_CATEGORIES - 1) + 1);
  });

  it('may be any text', async () => {
    const texts = [
      '',
      '__proto__',
      'zażółć',
      '😀',
      '\ufeffmark',
      '\u0000',
      '\ufb01',
      'x'.repeat(256),
      '\ud83d\ude00\ufb01',
    ];
    const values = repeated(texts, 120).flat();
    const wide = named({ x: categorical() });
    const parts = dealt(inputs(values), 3).map(some => partOf(wide, some));
    expect(mergeBaselineParts(wide, parts)).toEqual(await learnBaseline(wide, inputs(values)));
  });
});

describe('the dependence of merged parts', () => {
  const rows = (length: number, time?: (i: number) => number) => {
    const next = generator(length);
    let walk = 0;
    return range(length).map(i => {
      walk = 0.9 * walk + next() - 0.5;
      return { input: { x: walk }, ...(time === undefined ? {} : { time: time(i) }) };
    });
  };
  const everyHour = (i: number) => i * (DAY_MS / 24);

  it('of one part is that of its rows, by time, by row, and with an empty one beside it', async () => {
    const timed = rows(3000, everyHour);
    const byTime = await learnBaseline(X, timed);
    expect(byTime.features[0]?.dependence?.lambda.at(-1)).toBeGreaterThan(2);
    for (const exactRows of [2 ** 20, 3000]) {
      expect(mergeBaselineParts(X, [partOf(X, timed, { exactRows }), partOf(X, [])])).toEqual(byTime);
    }
    const ordered = { timeOrdered: true };
    const byRow = await learnBaseline(X, rows(3000), ordered);
    expect(mergeBaselineParts(X, [partOf(X, [], ordered), partOf(X, rows(3000), ordered)])).toEqual(byRow);
  });

  it('is that of the part with the longest span', async () => {
    const long = rows(1500, everyHour);
    const dense = rows(4000, i => everyHour(i) / 10);
    const alone = await learnBaseline(X, long);
    for (const order of [
      [long, dense],
      [dense, long],
    ]) {
      const merged = mergeBaselineParts(
        X,
        order.map(some => partOf(X, some)),
      );
      expect(merged.dependence).toEqual(alone.dependence);
      expect(merged.features[0]?.dependence).toEqual(alone.features[0]?.dependence);
    }
  });

  it('without times is that of the part with the most rows, at lengths of which it had 20 blocks', async () => {
    const ordered = { timeOrdered: true };
    const alone = await learnBaseline(X, rows(2000), ordered);
    expect(alone.dependence?.blockRows).toEqual([8, 16, 32, 64, 128, 256]);
    const merged = mergeBaselineParts(X, [partOf(X, rows(1900), ordered), partOf(X, rows(2000), ordered)]);
    expect(merged.dependence).toEqual({ blockRows: [8, 16, 32, 64] });
    expect(merged.features[0]?.dependence?.lambda).toEqual(alone.features[0]?.dependence?.lambda.slice(0, 4));
    // A window of 128 rows is a twentieth of all: λ has doubled from that of 64, the most that it can.
    const { lambda } = merged.features[0]!.dependence!;
    const window = { rows: 128, lengthMs: 0 };
    const told = dependenceOfWindow(merged.dependence!, merged.features[0]!.dependence, { rows: 3900, df: 15 }, window);
    expect([told.lambda, told.guaranteed]).toEqual([1 + 2 * (lambda[3]! - 1), true]);
  });

  it('is none where the parts are ordered apart', () => {
    const timed = partOf(X, rows(2000, everyHour));
    for (const other of [partOf(X, rows(1000)), partOf(X, rows(1000), { timeOrdered: true })]) {
      for (const order of [
        [timed, other],
        [other, timed],
      ]) {
        const merged = mergeBaselineParts(X, order);
        expect([merged.dependence, merged.features[0]?.dependence]).toEqual([undefined, undefined]);
      }
    }
  });

  it('is none where no part was long enough', () => {
    const parts = range(40).map(() => partOf(X, rows(30), { timeOrdered: true }));
    expect(mergeBaselineParts(X, parts).dependence).toBeUndefined();
  });
});

describe('parts are refused', () => {
  const part = partOf(X, inputs(range(1000)));

  it('of another model, other transforms or other features, with their place', () => {
    const of = (other: typeof X) => partOf(other, inputs(range(1000)));
    const cases = [
      ['ERR_BASELINE_MODEL', 'parts[1].model.name', { ...X, name: 'n' }],
      ['ERR_BASELINE_TRANSFORMS', 'parts[1].model.transforms', { ...X, transforms: '2' }],
      ['ERR_BASELINE_FEATURE', 'parts[1] feature "x"', named({})],
      ['ERR_BASELINE_FEATURE', 'parts[1] feature "x"', named({ x: categorical() })],
      ['ERR_BASELINE_FEATURE', 'parts[1] feature "y"', named({ x: numeric(), y: numeric() })],
    ] as const;
    for (const [code, where, other] of cases) {
      expect(refusal(code, () => mergeBaselineParts(X, [part, of(other)])).where).toBe(where);
    }
  });

  it('with sketches of another size than the first', () => {
    const small = partOf(X, inputs(range(1000)), { k: 64 });
    const error = refusal('ERR_PART_BYTES', () => mergeBaselineParts(X, [part, small]));
    expect([error.where, error.met, error.expected]).toEqual(['parts[1] feature "x"', 'k = 64', '8192']);
  });

  it('that are no parts', () => {
    for (const parts of [undefined, null, 5, 'text', {}]) {
      expect(refusal('ERR_PART_BYTES', () => mergeBaselineParts(X, parts as never)).where).toBe('parts');
    }
    expect(refusal('ERR_PART_BYTES', () => mergeBaselineParts(X, part as never)).where).toBe('parts[0].bytes');
    expect(refusal('ERR_PART_BYTES', () => mergeBaselineParts(X, ['text'] as never)).where).toBe('parts[0].bytes');
  });

  it('with under 1,000 rows together, or nothing to learn', () => {
    refusal('ERR_BASELINE_TOO_SMALL', () => mergeBaselineParts(X, []));
    refusal('ERR_BASELINE_TOO_SMALL', () =>
      mergeBaselineParts(
        X,
        dealt(inputs(range(999)), 3).map(some => partOf(X, some)),
      ),
    );
    refusal('ERR_MODEL', () => mergeBaselineParts(named({}), [partOf(named({}), inputs(range(1000)))]));
  });

  it('with a model or a provenance that can not be kept, before they are read', () => {
    const unread = {
      [Symbol.iterator]: () => {
        throw new Error('read');
      },
    };
    refusal('ERR_MODEL', () => mergeBaselineParts({ name: '', version: '1' }, unread));
    const options = { provenance: { createdAt: 'yesterday' } };
    refusal('ERR_BASELINE_PROVENANCE', () => mergeBaselineParts(X, unread, options));
  });

  it('with the error of their source where reading them fails', () => {
    const broken = new Error('disk');
    function* parts() {
      yield part;
      throw broken;
    }
    expect(() => mergeBaselineParts(X, parts())).toThrow(broken);
  });
});
