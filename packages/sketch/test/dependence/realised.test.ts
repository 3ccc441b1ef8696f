import { describe, expect, test } from 'vitest';
import { findBin } from '../../src/bins/find-bin.js';
import {
  type Baseline,
  defineModel,
  dependenceOfWindow,
  INDEPENDENT,
  judgeFeature,
  learnBaseline,
  type NumericBaseline,
  numeric,
  type PreparedFeature,
  prepareFeature,
  type WindowSize,
} from '../../src/index.js';
import { uniforms } from '../verdict/random.js';
import { autoregressive, normals } from './traffic.js';

// How often a window without drift is significant, as a multiple of the level, where values hang together; and what it would be
// if they were taken as independent. Many baselines, each with its own λ: it is the baselines that differ most.
const LEVELS = [1e-2, 1e-3] as const;
const DAY_MS = 86_400_000;

type Row = Float64Array;
/** One stream a feature; NaN is a missing value. */
type Streams = readonly (() => number)[];

interface Realised {
  readonly looks: number;
  /** Significant looks over those that a level allows, by level. */
  readonly shape: readonly number[];
  readonly missing: readonly number[];
}

class Watch {
  readonly #features: readonly { prepared: PreparedFeature; cuts: readonly number[]; counts: Float64Array }[];
  readonly #baseline: Baseline;
  readonly #hits = { measured: [0, 0, 0, 0], independent: [0, 0, 0, 0] };
  #looks = 0;
  lambdas: number[] = [];

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
    this.#features = baseline.features.map(feature => {
      const { cuts } = feature as NumericBaseline;
      const prepared = prepareFeature(feature);
      return { prepared, cuts, counts: new Float64Array(prepared.cells.length) };
    });
  }

  static async learn(streams: Streams, rows: number, timeOf?: (row: number) => number): Promise<Watch> {
    const features = Object.fromEntries(streams.map((_, i) => [`f${i}`, numeric<Row>({ select: row => row[i]! })]));
    const model = defineModel<Row>({ name: 'm', version: '1', features });
    function* training() {
      for (let row = 0; row < rows; row++) {
        const input = Float64Array.from(streams, draw => draw());
        yield timeOf === undefined ? { input } : { input, time: timeOf(row) };
      }
    }
    return new Watch(await learnBaseline(model, training(), { timeOrdered: true }));
  }

  /** Judges the next window of every feature. */
  look(streams: Streams, window: WindowSize): void {
    for (const [f, { prepared, cuts, counts }] of this.#features.entries()) {
      counts.fill(0);
      for (let i = 0; i < window.rows; i++) {
        const value = streams[f]!();
        counts[Number.isNaN(value) ? prepared.valued : findBin(cuts, value)]!++;
      }
      const { dependence: ladder, rows } = this.#baseline;
      const dependence = dependenceOfWindow(
        ladder!,
        prepared.feature.dependence,
        { rows, df: prepared.plan.base.length - 1 },
        window,
      );
      expect(dependence.guaranteed).toBe(true);
      this.lambdas.push(dependence.lambda);
      this.#count(this.#hits.measured, judgeFeature(counts, prepared, { logAlpha: -50, dependence }));
      this.#count(this.#hits.independent, judgeFeature(counts, prepared, { logAlpha: -50, dependence: INDEPENDENT }));
      this.#looks++;
    }
  }

  #count(hits: number[], { shape, missing }: ReturnType<typeof judgeFeature>): void {
    for (const [l, level] of LEVELS.entries()) {
      if (shape.logP <= Math.log(level)) hits[l]!++;
      if (missing.logP <= Math.log(level)) hits[2 + l]!++;
    }
  }

  get results(): { measured: Realised; independent: Realised } {
    const realised = (hits: number[]): Realised => {
      const ratio = (l: number, of: number) => hits[of + l]! / (this.#looks * LEVELS[l]!);
      return { looks: this.#looks, shape: [ratio(0, 0), ratio(1, 0)], missing: [ratio(0, 2), ratio(1, 2)] };
    };
    return { measured: realised(this.#hits.measured), independent: realised(this.#hits.independent) };
  }
}

const FEATURES = 100;
/** 25 expected in each of 16 bins. */
const WINDOW = 400;
/** The fewest that the budget is guaranteed for. */
const BLOCKS = 20;

async function streamed(streams: Streams, looks: number): Promise<Watch> {
  const watch = await Watch.learn(streams, BLOCKS * WINDOW);
  for (let look = 0; look < looks; look++) watch.look(streams, { rows: WINDOW, lengthMs: 0 });
  return watch;
}

const repeated = <T>(make: () => T): T[] => Array.from({ length: FEATURES }, make);

describe('looks at traffic without drift are significant', () => {
  test('as often as the level says where values are independent', async () => {
    const normal = normals(1);
    const { results, lambdas } = await streamed(
      repeated(() => autoregressive(0, normal)),
      100,
    );
    expect(results.measured.shape[0]).toBeGreaterThan(0.7);
    expect(results.measured.shape[0]).toBeLessThan(1.4);
    // The pretest takes a few features for dependent by chance, which costs them power.
    expect(lambdas.filter(lambda => lambda > 1).length / lambdas.length).toBeLessThan(0.03);
  });

  test.each([
    [0.5, 30, 3, 10],
    [0.9, 30, 30, 100],
  ])(
    'no more often with AR(%d) and 20 blocks, and far more often if it is taken as independent',
    async (phi, looks, at2, at3) => {
      const normal = normals(2);
      const { measured, independent } = (
        await streamed(
          repeated(() => autoregressive(phi, normal)),
          looks,
        )
      ).results;
      expect(measured.shape[0]).toBeLessThanOrEqual(1);
      expect(measured.shape[1]).toBeLessThanOrEqual(1);
      expect(independent.shape[0]).toBeGreaterThan(at2);
      expect(independent.shape[1]).toBeGreaterThan(at3);
    },
  );

  test('no more often where missing values come in bursts', async () => {
    const normal = normals(3);
    const streams = repeated(() => {
      const latent = autoregressive(0.95, normal);
      // One value in ten is missing, many in a run.
      return () => (latent() < -1.2816 ? Number.NaN : normal());
    });
    const { measured, independent } = (await streamed(streams, 30)).results;
    expect(measured.missing[0]).toBeLessThanOrEqual(1);
    expect(measured.missing[1]).toBeLessThanOrEqual(1);
    expect(independent.missing[0]).toBeGreaterThan(10);
    expect(independent.missing[1]).toBeGreaterThan(50);
    // The values themselves are independent, and known to be.
    expect(measured.shape[0]).toBeGreaterThan(0.7);
    expect(measured.shape[0]).toBeLessThan(1.4);
  });
});

describe('traffic that ebbs and flows', () => {
  const next = uniforms(17);
  /** Rows of each hour: of a busy day 40, of a calm one 4, of any night 2. */
  const hourly = Float64Array.from({ length: 40 * 24 }, (_, hour) => {
    const isCalm = Math.floor(hour / 24) % 7 >= 5;
    return hour % 24 < 8 ? 2 : Math.round((isCalm ? 4 : 40) * (0.5 + next()));
  });
  const times: number[] = [];
  for (const [hour, rows] of hourly.entries()) for (let i = 0; i < rows; i++) times.push((hour + i / rows) * 3_600_000);
  const timeOf = (row: number) => times[row]!;

  /** Looks of a day each, on the days of the week in turn, with the traffic that they have. */
  async function days(streams: Streams, looks: number): Promise<Watch> {
    const watch = await Watch.learn(streams, times.length, timeOf);
    for (let look = 0; look < looks; look++) {
      const rows = hourly.subarray(24 * look, 24 * (look + 1)).reduce((a, b) => a + b);
      watch.look(streams, { rows, lengthMs: DAY_MS });
    }
    return watch;
  }

  test('of independent values is found to be independent', async () => {
    const normal = normals(5);
    const { results, lambdas } = await days(
      repeated(() => autoregressive(0, normal)),
      28,
    );
    expect(lambdas.filter(lambda => lambda > 1).length / lambdas.length).toBeLessThan(0.03);
    expect(results.measured.shape[0]).toBeGreaterThan(0.6);
    expect(results.measured.shape[0]).toBeLessThan(1.4);
  });

  test('of neighbours that hang together is no more often significant on calm days than on busy ones', async () => {
    const normal = normals(6);
    const { measured, independent } = (
      await days(
        repeated(() => autoregressive(0.9, normal)),
        28,
      )
    ).results;
    expect(measured.shape[0]).toBeLessThanOrEqual(1);
    expect(measured.shape[1]).toBeLessThanOrEqual(1);
    expect(independent.shape[1]).toBeGreaterThan(100);
  });
});

describe('a season of the hour', () => {
  test('moves half a day far more than a whole one', async () => {
    const normal = normals(7);
    const rows = 40 * 288;
    const timeOf = (row: number) => row * 300_000;
    let row = 0;
    const { features, dependence } = await learnBaseline(
      defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } }),
      Array.from({ length: rows }, () => {
        const time = timeOf(row++);
        return { input: { x: Math.sin((2 * Math.PI * time) / DAY_MS) + normal() }, time };
      }),
    );
    const of = (lengthMs: number) =>
      dependenceOfWindow(
        dependence!,
        features[0]!.dependence,
        { rows, df: 15 },
        { rows: lengthMs / 300_000, lengthMs },
      );
    expect(of(DAY_MS / 2).lambda).toBeGreaterThan(40);
    expect(of(DAY_MS).lambda).toBeLessThan(of(DAY_MS / 2).lambda / 15);
    // Between the two the larger may be right.
    expect(of(0.75 * DAY_MS).lambda).toBe(of(DAY_MS / 2).lambda);
    expect(of(2 * DAY_MS).lambda).toBeLessThan(5);
  });
});
