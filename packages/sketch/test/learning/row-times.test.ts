import { describe, expect, test } from 'vitest';
import {
  type Baseline,
  defineModel,
  learnBaseline,
  numeric,
  parseBaseline,
  stringifyBaseline,
  type TrainingRow,
} from '../../src/index.js';
import { generator } from '../generated-rows.js';
import { rejection } from '../refusal.js';

interface Row {
  readonly x: number;
}
const MODEL = defineModel<Row>({ name: 'm', version: '1', features: { x: numeric() } });
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2013, 0, 1);

/** Values that stay as they are for ten rows. */
function rowsAt(times: readonly (Date | number | null | undefined)[]): TrainingRow<Row>[] {
  const next = generator(3);
  let x = 0;
  return times.map((time, i) => {
    if (i % 10 === 0) x = next();
    return { input: { x }, ...(time === undefined ? {} : { time: time as Date | number }) };
  });
}
const evenly = (rows: number, stepMs: number) => Array.from({ length: rows }, (_, i) => START_MS + i * stepMs);
const learn = (times: Parameters<typeof rowsAt>[0], timeOrdered?: boolean): Promise<Baseline> =>
  learnBaseline(MODEL, rowsAt(times), timeOrdered === undefined ? {} : { timeOrdered });
const untimed = (rows: number) => new Array<undefined>(rows).fill(undefined);

describe('rows with times', () => {
  test('give the lengths of blocks in time, the rows in them, and how their values hang together', async () => {
    const { dependence, features, rows } = await learn(evenly(4465, 600_000));
    // 31 days of 144 rows.
    expect(rows).toBe(4465);
    expect(dependence!.spanMs).toBe(31 * DAY_MS);
    expect(dependence!.blockMs!.map(ms => ms / DAY_MS)).toEqual([1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4]);
    expect(dependence!.blockRows).toEqual([9, 18, 36, 72, 144, 288, 576]);
    expect(features[0]!.dependence!.lambda).toHaveLength(7);
    expect(features[0]!.dependence!.lambda.at(-3)).toBeGreaterThan(7);
  });

  test('may be Dates, or numbers, or both', async () => {
    const numbers = evenly(1500, 3_600_000);
    const plain = await learn(numbers);
    expect(await learn(numbers.map(ms => new Date(ms)))).toEqual(plain);
    expect(await learn(numbers.map((ms, i) => (i % 2 === 0 ? ms : new Date(ms))))).toEqual(plain);
    expect(await learn(numbers, true)).toEqual(plain);
  });

  test('may stand on one instant, several or all', async () => {
    const hours = Array.from({ length: 2000 }, (_, i) => START_MS + Math.floor(i / 20) * 3_600_000);
    expect((await learn(hours)).dependence!.blockMs).toBeDefined();
    // All of one time: what is left is their order.
    const { dependence, features } = await learn(new Array<number>(2000).fill(START_MS));
    expect(dependence).toEqual({ blockRows: [8, 16, 32, 64, 128, 256] });
    expect(features).toEqual((await learn(untimed(2000), true)).features);
  });

  test('with gaps leave out the time without rows', async () => {
    // A week of rows, three weeks of none, another week.
    const week = evenly(1008, 600_000);
    const { dependence } = await learn([...week, ...week.map(ms => ms + 28 * DAY_MS)]);
    expect(dependence!.spanMs).toBe(35 * DAY_MS - 600_000);
    expect(dependence!.blockMs!.at(-1)).toBe(4 * DAY_MS);
    expect(dependence!.blockRows[dependence!.blockMs!.indexOf(DAY_MS)]).toBe(144);
  });

  test('may be before 1970, at it, and a century apart', async () => {
    const { dependence } = await learn(Array.from({ length: 1200 }, (_, i) => (i - 600) * 30.4 * DAY_MS));
    expect(dependence!.spanMs).toBeCloseTo(1199 * 30.4 * DAY_MS, -3);
    expect(dependence!.blockMs!.map(ms => ms / DAY_MS)).toEqual([448, 896]);
    expect((await learn([-0, ...evenly(1000, 60_000)])).dependence!.blockMs).toBeDefined();
  });

  test('give a baseline that comes through its file as it was', async () => {
    for (const baseline of [await learn(evenly(1500, 3_600_000)), await learn(untimed(1500), true)]) {
      expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    }
  });
});

describe('rows without times', () => {
  test('have an order only by your word', async () => {
    const { dependence, features } = await learn(untimed(2000), true);
    expect(dependence).toEqual({ blockRows: [8, 16, 32, 64, 128, 256] });
    expect(features[0]!.dependence!.lambda.at(-3)).toBeGreaterThan(7);
    for (const unordered of [await learn(untimed(2000)), await learn(untimed(2000), false)]) {
      expect(unordered).not.toHaveProperty('dependence');
      expect(unordered.features[0]).not.toHaveProperty('dependence');
    }
    expect(await learn(new Array<null>(2000).fill(null))).toEqual(await learn(untimed(2000)));
  });

  test('that look independent keep the lengths alone', async () => {
    const next = generator(5);
    const rows = Array.from({ length: 2000 }, () => ({ input: { x: next() } }));
    const baseline = await learnBaseline(MODEL, rows, { timeOrdered: true });
    expect(baseline.dependence!.blockRows).toHaveLength(6);
    expect(baseline.features[0]).not.toHaveProperty('dependence');
  });

  test('hang together nowhere once they are shuffled', async () => {
    const next = generator(9);
    const keys = new Map(rowsAt(untimed(2000)).map(row => [row, next()]));
    const shuffled = [...keys.keys()].sort((a, b) => keys.get(a)! - keys.get(b)!);
    const baseline = await learnBaseline(MODEL, shuffled, { timeOrdered: true });
    expect(baseline.features[0]).not.toHaveProperty('dependence');
    expect(baseline.features[0]!.id).toBe((await learn(untimed(2000), true)).features[0]!.id);
  });
});

describe('times are refused', () => {
  const good = evenly(1200, 60_000);

  test.each<[string, number, Parameters<typeof rowsAt>[0]]>([
    ['that go back', 700, good.with(700, good[698]!)],
    ['that are NaN', 700, good.with(700, Number.NaN)],
    ['that are infinite', 700, good.with(700, Number.POSITIVE_INFINITY)],
    ['that are minus infinity, though they come first', 0, good.with(0, Number.NEGATIVE_INFINITY)],
    ['that are no valid Date', 700, (good as (number | Date)[]).with(700, new Date(Number.NaN))],
    ['that are text', 700, (good as unknown[]).with(700, '2013-01-01T00:00:00Z') as number[]],
    ['that are a bigint', 700, (good as unknown[]).with(700, 1357000000000n) as number[]],
    ['that one row lacks', 700, (good as (number | undefined)[]).with(700, undefined)],
    ['that only one row has', 700, (untimed(1200) as (number | undefined)[]).with(700, START_MS)],
    ['that all rows have but the first', 1, (good as (number | undefined)[]).with(0, undefined)],
  ])('%s', async (_, row, times) => {
    for (const timeOrdered of [false, true]) {
      expect((await rejection('ERR_ROWS', learn(times, timeOrdered))).where).toBe(`rows[${row}].time`);
    }
  });

  test('equal times are no step back', async () => {
    expect((await learn(good.with(700, good[699]!))).rows).toBe(1200);
  });
});
