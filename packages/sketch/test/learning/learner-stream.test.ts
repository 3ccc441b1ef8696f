import { describe, expect, it } from 'vitest';
import type { PlainNumericBaseline } from '../../src/baseline/baseline.js';
import { findBin } from '../../src/bins/find-bin.js';
import {
  type Baseline,
  baselineCells,
  type CategoricalBaseline,
  categorical,
  defineModel,
  kllRankError,
  numeric,
  parseBaseline,
  stringifyBaseline,
  type TrainingRow,
} from '../../src/index.js';
import { BaselineLearner, EXACT_ROWS } from '../../src/learning/learner.js';
import type { LearnOptions } from '../../src/learning/training-row.js';
import { FLIGHT_MODEL, flightRows } from '../flights.js';
import { generator, range, repeated } from '../generated-rows.js';
import { refusal } from '../refusal.js';

const DAY_MS = 86_400_000;
/** Every row is kept, however many there are. */
const ALL = 2 ** 30;

interface Stream extends LearnOptions {
  readonly exactRows: number;
  readonly k?: number;
}

function learned<Row>(
  model: ConstructorParameters<typeof BaselineLearner<Row>>[0],
  rows: Iterable<TrainingRow<Row>>,
  { exactRows, k = 8192, ...options }: Stream,
): Baseline {
  const learner = new BaselineLearner(model, options, { exactRows, k });
  for (const row of rows) learner.add(row);
  return learner.finish();
}

function withoutDependence({ dependence: _, ...rest }: Baseline): unknown {
  const bare = (features: Baseline['features']) => features.map(({ dependence: _, ...feature }) => feature);
  return { ...rest, features: bare(rest.features), outputs: bare(rest.outputs) };
}

const MIXED = defineModel<{ level: number; wave: number; carrier: string | null }>({
  name: 'm',
  version: '1',
  features: { level: numeric(), wave: numeric(), carrier: categorical() },
});

/** Rows that hang together: a walk, one of four levels that lasts for a while, and a carrier for each. Some values are missing in runs. */
function* mixedRows(length: number, stepMs?: number) {
  const next = generator(7);
  let walk = 0;
  let level = 0;
  for (let i = 0; i < length; i++) {
    walk = 0.9 * walk + next() - 0.5;
    if (next() < 0.4) level = Math.floor(4 * next());
    yield {
      input: {
        level,
        wave: Math.floor(i / 50) % 9 === 0 ? Number.NaN : walk,
        carrier: level === 3 ? null : 'ABC'.charAt(level),
      },
      output: { label: walk > 0 },
      ...(stepMs === undefined ? {} : { time: 1e12 + i * stepMs }),
    };
  }
}

describe('a stream longer than the rows that are kept', () => {
  it('gives what all rows give while the sketch is exact, but for the dependence', () => {
    for (const exactRows of [1, 1000, 1999, 2000]) {
      const stream = learned(FLIGHT_MODEL, flightRows(2000), { exactRows });
      expect(stringifyBaseline(stream)).toBe(
        stringifyBaseline(learned(FLIGHT_MODEL, flightRows(2000), { exactRows: ALL })),
      );
    }
    const ordered = { timeOrdered: true };
    expect(withoutDependence(learned(MIXED, mixedRows(3000), { exactRows: 500, ...ordered }))).toEqual(
      withoutDependence(learned(MIXED, mixedRows(3000), { exactRows: ALL, ...ordered })),
    );
  });

  it('can be written and read back', () => {
    const baseline = learned(MIXED, mixedRows(9000), { exactRows: 500, k: 64, timeOrdered: true });
    expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
  });

  it('counts every row once, missing, invalid and categories exactly', () => {
    const rows = flightRows(20_000, 3);
    const stream = learned(FLIGHT_MODEL, rows, { exactRows: 64, k: 64 });
    const exact = learned(FLIGHT_MODEL, rows, { exactRows: ALL });
    for (const [i, feature] of [...stream.features, ...stream.outputs].entries()) {
      const other = [...exact.features, ...exact.outputs][i]!;
      expect(baselineCells(feature).reduce((a, b) => a + b)).toBe(20_000);
      expect([feature.name, feature.missing, feature.invalid]).toEqual([other.name, other.missing, other.invalid]);
      if (feature.kind === 'categorical') expect(feature).toEqual(other);
    }
  });

  it.each([64, 256, 1024])('with k = %i says how many rows are at or below a cut within the rank error', k => {
    const next = generator(k);
    const values = range(60_000).map(i => (i % 4 === 0 ? 0.5 : next() * next()));
    const { cuts, counts } = numericStream(values, { exactRows: 1000, k });
    const sorted = Float64Array.from(values).sort();
    let told = 0;
    for (const [i, cut] of cuts.entries()) {
      told += counts[i]!;
      const exact = sorted.findIndex(value => value > cut);
      expect(Math.abs(told - exact) / values.length).toBeLessThan(kllRankError(k));
    }
    expect(cuts.length).toBeGreaterThan(10);
    expect(counts[findBin(cuts, 0.5)]).toBeGreaterThanOrEqual(15_000 * (1 - 2 * kllRankError(k)));
  });

  it('keeps min, max and count exact, mean and sd to ten digits', () => {
    const next = generator(5);
    const values = range(30_000).map(() => 1e6 + next() + next());
    const stream = numericStream(values, { exactRows: 100, k: 64 });
    const exact = numericStream(values, { exactRows: ALL });
    expect([stream.min, stream.max]).toEqual([exact.min, exact.max]);
    expect(stream.mean / exact.mean).toBeCloseTo(1, 14);
    expect(stream.sd / exact.sd).toBeCloseTo(1, 10);
  });

  it('survives the largest and the smallest doubles', () => {
    const huge = numericStream(repeated([-Number.MAX_VALUE, -1e308, -0, 1e308, Number.MAX_VALUE], 2000).flat(), {
      exactRows: 10,
      k: 64,
    });
    expect([huge.min, huge.max, huge.counts.length]).toEqual([-Number.MAX_VALUE, Number.MAX_VALUE, 5]);
    expect(Math.abs(huge.mean)).toBeLessThan(1e307);
    expect(huge.sd / 1.2e308).toBeCloseTo(1, 0);
    const tiny = numericStream(repeated([1e-300, 3e-300], 5000).flat(), { exactRows: 10, k: 64 });
    expect(tiny.mean / 2e-300).toBeCloseTo(1, 1);
    expect(tiny.sd / 1e-300).toBeCloseTo(1, 1);
  });

  it('of a constant, and of nothing, is what it is for a few', () => {
    for (const value of [0.1, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const { id: _, ...stream } = numericStream(repeated(value, 30_000), { exactRows: 10, k: 64 });
      const { id: __, ...exact } = numericStream(repeated(value, 30_000), { exactRows: ALL });
      expect(stream).toEqual(exact);
    }
  });

  it('takes outputs that come later', () => {
    const learner = new BaselineLearner(MIXED, {}, { exactRows: 100, k: 64 });
    const inputs = [...mixedRows(1500)].map(({ input }) => input);
    for (const [i, input] of inputs.entries()) {
      learner.addInput(input);
      if (i >= 20) learner.addOutput({ value: i });
    }
    const { outputs } = learner.finish();
    expect(outputs.map(({ name, missing }) => [name, missing])).toEqual([['prediction.value', 20]]);
  });

  it('a row that is refused at the turn leaves everything as it was', () => {
    const learner = new BaselineLearner(MIXED, {}, { exactRows: 1000, k: 8192 });
    const rows = [...mixedRows(1500, 1000)];
    for (const [i, row] of rows.entries()) {
      if (i === 1000) refusal('ERR_ROWS', () => learner.add({ ...row, time: 0 }));
      learner.add(row);
    }
    expect(learner.finish()).toEqual(learned(MIXED, rows, { exactRows: 1000 }));
  });

  function numericStream(values: readonly unknown[], stream: Stream): PlainNumericBaseline {
    const model = defineModel<{ x: unknown }>({ name: 'm', version: '1', features: { x: numeric() } });
    return learned(
      model,
      values.map(x => ({ input: { x } })),
      stream,
    ).features[0] as PlainNumericBaseline;
  }
});

describe('the dependence of a stream', () => {
  const features = (baseline: Baseline) => [...baseline.features, ...baseline.outputs];
  const level = (baseline: Baseline) => baseline.features[0] as PlainNumericBaseline;
  const carrier = (baseline: Baseline) => baseline.features[2] as CategoricalBaseline;

  it('is that of all rows where the bins are the same, by row', () => {
    const exact = learned(MIXED, mixedRows(6000), { exactRows: ALL, timeOrdered: true });
    expect(exact.dependence?.blockRows).toEqual([8, 16, 32, 64, 128, 256, 512, 1024]);
    expect(level(exact).dependence?.lambda.at(-1)).toBeGreaterThan(3);
    for (const exactRows of [500, 5999, 6000]) {
      const stream = learned(MIXED, mixedRows(6000), { exactRows, timeOrdered: true });
      expect(stream.dependence).toEqual(exact.dependence);
      expect(level(stream)).toEqual(level(exact));
      expect(carrier(stream)).toEqual(carrier(exact));
      for (const [i, { dependence }] of features(stream).entries()) {
        expect(dependence?.missing).toEqual(features(exact)[i]?.dependence?.missing);
      }
    }
  });

  it('is that of all rows where the bins are the same, by time, at lengths that the rows kept had no room for', () => {
    const rows = () => mixedRows(5000, DAY_MS / 96);
    const exact = learned(MIXED, rows(), { exactRows: ALL });
    expect(exact.dependence?.blockMs?.map(ms => ms / DAY_MS)).toEqual([0.125, 0.25, 0.5, 1, 2, 4, 7]);
    const stream = learned(MIXED, rows(), { exactRows: 200 });
    expect(stream.dependence).toEqual(exact.dependence);
    expect(level(stream)).toEqual(level(exact));
    expect(carrier(stream)).toEqual(carrier(exact));
  });

  it('has every length up to the longest that all rows would have', () => {
    const rows = () => mixedRows(3000, 2 * DAY_MS);
    const exact = learned(MIXED, rows(), { exactRows: ALL });
    expect(exact.dependence?.blockMs?.map(ms => ms / DAY_MS)).toEqual([28, 56, 112, 224, 448, 896]);
    expect(learned(MIXED, rows(), { exactRows: 800 }).dependence).toEqual(exact.dependence);
  });

  it('in bins cut from the first rows is near that in bins of all', () => {
    const lambdas = [1000, ALL].map(exactRows => {
      const baseline = learned(MIXED, mixedRows(20_000), { exactRows, timeOrdered: true });
      return (baseline.features[1] as PlainNumericBaseline).dependence?.lambda ?? [];
    });
    expect(lambdas[0]).toHaveLength(lambdas[1]!.length);
    for (const [i, lambda] of lambdas[0]!.entries()) expect(lambda / lambdas[1]![i]!).toBeCloseTo(1, 0);
  });

  it('goes by rows where all that were kept are of one instant', () => {
    const rows = range(3000).map(i => ({
      input: { level: i % 2, wave: i, carrier: 'A' },
      time: Math.max(0, i - 1500),
    }));
    expect(learned(MIXED, rows, { exactRows: 1000 }).dependence).toEqual({ blockRows: [8, 16, 32, 64, 128, 256, 512] });
    expect(learned(MIXED, rows, { exactRows: ALL }).dependence?.spanMs).toBe(1499);
  });

  it('has no block of more rows than there are where nearly all happened at once', () => {
    const rows = range(12_347).map(i => ({
      input: { level: i % 2, wave: i, carrier: 'A' },
      time: i === 12_346 ? 365 * DAY_MS : i,
    }));
    for (const exactRows of [12_346, ALL]) {
      const { dependence } = learned(MIXED, rows, { exactRows });
      expect(Math.max(...dependence!.blockRows)).toBe(12_347);
    }
  });

  it('is not measured without an order', () => {
    const stream = learned(MIXED, mixedRows(3000), { exactRows: 500 });
    expect(stream.dependence).toBeUndefined();
    expect(features(stream).filter(feature => feature.dependence !== undefined)).toEqual([]);
  });

  it('still checks the times', () => {
    const learner = new BaselineLearner(MIXED, {}, { exactRows: 10, k: 64 });
    for (const row of mixedRows(20, 1000)) learner.add(row);
    const [row] = mixedRows(1, 1000);
    expect(refusal('ERR_ROWS', () => learner.add({ ...row!, time: 5 })).where).toBe('rows[20].time');
  });
});

it('a real stream past 2^20 rows is learned within the rank error of its rows', () => {
  const length = EXACT_ROWS + 50_000;
  const model = defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } });
  function* rows() {
    const next = generator(11);
    let walk = 0;
    for (let i = 0; i < length; i++) {
      walk = 0.5 * walk + next() + next() - 1;
      yield { input: { x: walk } };
    }
  }
  const learner = new BaselineLearner(model, { timeOrdered: true });
  for (const row of rows()) learner.add(row);
  const stream = learner.finish();
  const exact = learned(model, rows(), { exactRows: ALL, timeOrdered: true });
  expect(stream.dependence).toEqual(exact.dependence);
  const [feature, whole] = [stream.features[0] as PlainNumericBaseline, exact.features[0] as PlainNumericBaseline];
  expect(feature.counts.reduce((a, b) => a + b)).toBe(length);
  expect([feature.min, feature.max]).toEqual([whole.min, whole.max]);
  const sorted = Float64Array.from(rows(), ({ input }) => input.x).sort();
  let told = 0;
  for (const [i, cut] of feature.cuts.entries()) {
    told += feature.counts[i]!;
    expect(Math.abs(told - sorted.findIndex(value => value > cut)) / length).toBeLessThan(kllRankError(8192));
  }
  expect(feature.cuts).toHaveLength(15);
  for (const [i, lambda] of feature.dependence!.lambda.entries()) {
    expect(lambda / whole.dependence!.lambda[i]!).toBeCloseTo(1, 1);
  }
});
