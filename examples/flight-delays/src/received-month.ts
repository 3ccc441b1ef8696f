import type { MetricPoint, Receiver } from '@driftspan/otlp-receiver';
import {
  baselineCells,
  categoricalId,
  cellCount,
  cellNames,
  type FeatureBaseline,
  numericId,
  VERDICT_LEVEL,
  type Verdict,
} from '@driftspan/sketch';

/** The application's own counter, beside what the monitor counts. */
export const LANDED_METRIC = 'flights.landed';
export const LANDED_LATE = 'flight.late';

/** Values of one feature in one month, and in the baseline, as both arrived. */
export interface ReceivedFeature {
  /** The baseline's bins, with the counts that arrived in its place. */
  readonly baseline: FeatureBaseline;
  /** Counts of the month and of the baseline, bin by bin: see `cellNames`. */
  readonly cells: readonly number[];
  readonly baselineCells: readonly number[];
}

/** How the monitor's live windows stood for a feature at the month's last collection. */
export interface ReceivedDrift {
  readonly verdict: Verdict;
  /** The index of the longest window; undefined where none was sent, as its shape could not be judged. */
  readonly psi: number | undefined;
  /** Values in the longest window. */
  readonly samples: number;
}

/** One month as the receiver saw it: by how much every counter rose, and the gauges of drift at its end. */
export interface ReceivedMonth {
  readonly month: number;
  /** Predictions by label. */
  readonly predictions: ReadonlyMap<string, number>;
  readonly confidenceSum: number;
  readonly confidenceCount: number;
  readonly correct: number;
  readonly incorrect: number;
  readonly landedLate: number;
  readonly landedOnTime: number;
  readonly features: readonly ReceivedFeature[];
  /** By feature. */
  readonly drift: ReadonlyMap<string, ReceivedDrift>;
}

/** A counter or a gauge by its series: metric, then the attributes that tell its series apart. */
type Values = ReadonlyMap<string, number>;

const seriesOf = (...parts: readonly (string | boolean)[]): string => JSON.stringify(parts);

/**
 * Reads months off a receiver. Sums and histograms are cumulative, so a month is the increase between two readings.
 * Only the order of the bins and their cuts are taken from the baseline file; the counts are those that arrived.
 */
export class MonthReader {
  readonly #receiver: Receiver;
  readonly #known: readonly FeatureBaseline[];
  #before: Values = new Map();

  constructor(receiver: Receiver, known: readonly FeatureBaseline[]) {
    this.#receiver = receiver;
    this.#known = known;
  }

  /**
   * The month that has just ended, once the points of a collection at `flushedAtMs` or later have all arrived.
   *
   * @throws ReceiverError `ERR_RECEIVER_TIMEOUT` if none come; Error where counts go back, a series is missing or the
   * baseline that arrived is not the one of the file.
   */
  async read(month: number, flushedAtMs: number): Promise<ReceivedMonth> {
    const since = BigInt(flushedAtMs) * 1_000_000n;
    const expected = this.#known.reduce((sum, feature) => sum + cellCount(feature), 0);
    await this.#receiver.waitFor(({ metrics }) => {
      const watched = metrics.filter(({ name }) => SERIES.has(name));
      const bins = watched.filter(({ name }) => name === BINS);
      return bins.length >= expected && watched.every(({ timeUnixNano }) => timeUnixNano >= since);
    });
    const now = new Map(this.#receiver.metrics.flatMap(valuesOf));
    const before = this.#before;
    this.#before = now;
    const increase = (...series: readonly (string | boolean)[]): number => {
      const key = seriesOf(...series);
      const rise = (now.get(key) ?? 0) - (before.get(key) ?? 0);
      if (!(rise >= 0)) throw new Error(`the counter ${key} went back by ${-rise}`);
      return rise;
    };
    const labels = this.#receiver.points(PREDICTIONS).map(point => point.attributes['ml.prediction.label'] as string);
    return {
      month,
      predictions: new Map(labels.map(label => [label, increase(PREDICTIONS, label, 'value')])),
      confidenceSum: increase(CONFIDENCE, 'sum'),
      confidenceCount: increase(CONFIDENCE, 'count'),
      correct: increase(OUTCOMES, true, 'value'),
      incorrect: increase(OUTCOMES, false, 'value'),
      landedLate: increase(LANDED_METRIC, true, 'value'),
      landedOnTime: increase(LANDED_METRIC, false, 'value'),
      features: this.#known.map(feature => {
        const series = cellNames(feature).map(([bin, kind]) => [feature.name, kind, bin] as const);
        const arrived = series.map(parts => now.get(seriesOf(BASELINE_BINS, ...parts, 'value')));
        const baseline = arrivedBaseline(feature, arrived, this.#baselineIds(feature.name));
        return {
          baseline,
          baselineCells: baselineCells(baseline),
          cells: series.map(parts => increase(BINS, ...parts, 'value')),
        };
      }),
      drift: new Map(this.#known.map(({ name }) => [name, this.#drift(name, since)])),
    };
  }

  #drift(feature: string, since: bigint): ReceivedDrift {
    const one = (name: string, where: Record<string, string> = {}): number | undefined => {
      const [point] = this.#receiver.points(name, { 'ml.feature.name': feature, ...where });
      return point !== undefined && point.timeUnixNano >= since ? point.value : undefined;
    };
    const status = one(STATUS);
    const verdict = VERDICTS.find(name => VERDICT_LEVEL[name] === status);
    if (verdict === undefined) throw new Error(`${STATUS} of ${feature} arrived as ${status}`);
    return { verdict, psi: one(SCORE, { 'ml.drift.method': 'psi' }), samples: one(SAMPLES)! };
  }

  #baselineIds(feature: string): ReadonlySet<unknown> {
    const points = this.#receiver.points(BINS, { 'ml.feature.name': feature });
    return new Set(points.map(point => point.attributes['ml.baseline.id']));
  }
}

const BINS = 'ml.feature.bins';
const BASELINE_BINS = 'ml.feature.baseline.bins';
const PREDICTIONS = 'ml.prediction.count';
const CONFIDENCE = 'ml.prediction.confidence';
const OUTCOMES = 'ml.outcome.count';
const STATUS = 'ml.drift.status';
const SAMPLES = 'ml.drift.samples';
/** Not waited for: a window whose shape can't be judged sends none. */
const SCORE = 'ml.drift.score';
const VERDICTS = Object.keys(VERDICT_LEVEL) as readonly Verdict[];

/** The attributes by which the series of a metric differ; of histograms the sum and the count are read. */
const SERIES: ReadonlyMap<string, readonly string[]> = new Map([
  [BINS, ['ml.feature.name', 'ml.bin.kind', 'ml.bin']],
  [BASELINE_BINS, ['ml.feature.name', 'ml.bin.kind', 'ml.bin']],
  [PREDICTIONS, ['ml.prediction.label']],
  [CONFIDENCE, []],
  [OUTCOMES, ['ml.outcome.correct']],
  [LANDED_METRIC, [LANDED_LATE]],
  [STATUS, ['ml.feature.name']],
  [SAMPLES, ['ml.feature.name']],
]);

function valuesOf(point: MetricPoint): [series: string, value: number][] {
  const { name, type, temporality, attributes, value, sum, count } = point;
  const told = SERIES.get(name);
  if (told === undefined) return [];
  if (type !== 'gauge' && temporality !== 'cumulative') {
    throw new Error(`${name} arrived with temporality ${temporality}, expected cumulative`);
  }
  const parts = told.map(key => attributes[key] as string | boolean);
  const values: Record<string, number | undefined> = type === 'histogram' ? { sum, count } : { value };
  return Object.entries(values).map(([field, value]) => {
    if (value === undefined) throw new Error(`a point of ${name} arrived without its ${field}`);
    return [seriesOf(name, ...parts, field), value];
  });
}

/** The feature with the baseline counts that arrived. Its id, made anew from them, must be the one they were sent under. */
function arrivedBaseline(
  feature: FeatureBaseline,
  arrived: readonly (number | undefined)[],
  sentIds: ReadonlySet<unknown>,
): FeatureBaseline {
  const absent = arrived.indexOf(undefined);
  if (absent >= 0)
    throw new Error(`no baseline count of ${feature.name} arrived for bin ${cellNames(feature)[absent]}`);
  const cells = arrived as readonly number[];
  const [missing, invalid] = cells.slice(-2) as [number, number];
  const counts = cells.slice(0, feature.counts.length);
  const other = cells[counts.length]!;
  const id =
    feature.kind === 'numeric'
      ? numericId(feature.cuts, counts, missing, invalid)
      : categoricalId(feature.categories, counts, other, missing, invalid);
  if (sentIds.size !== 1 || !sentIds.has(id))
    throw new Error(
      `the baseline of ${feature.name} that arrived is ${[...sentIds].join(', ')}, its counts make ${id}`,
    );
  return feature.kind === 'numeric'
    ? { ...feature, id, counts, missing, invalid }
    : { ...feature, id, counts, other, missing, invalid };
}
