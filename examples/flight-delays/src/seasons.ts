import type { DriftOptions } from '@driftspan/core';
import { loadBaseline } from '@driftspan/node';
import {
  type Baseline,
  dependenceOfWindow,
  type FeatureBaseline,
  judgeFeature,
  learnBaseline,
  MIN_BASELINE_ROWS,
  prepareFeature,
} from '@driftspan/sketch';
import { type AnsweredFlight, answeredFlights, trainingRow } from './answered-flights.js';
import { BASELINE_FILE } from './files.js';
import { FLIGHT_MODEL } from './flight-model.js';
import { readFlights } from './flights.js';
import { loadFlightModel } from './onnx.js';
import { type FalseAlarms, watchJanuary } from './watch-january.js';

/*
 * What seasons do to live windows, measured on January, whose only drift is that it has mornings and evenings: windows shorter than a day
 * and of whole days, and one baseline beside one for every hour of the day.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The longest of the three windows of a monitor. */
interface Window {
  readonly window: string;
  readonly windowMs: number;
}
const DAY: Window = { window: '1d', windowMs: DAY_MS };
const WEEK: Window = { window: '7d', windowMs: 7 * DAY_MS };
const WINDOWS: readonly Window[] = [
  { window: '6h', windowMs: 6 * HOUR_MS },
  { window: '12h', windowMs: 12 * HOUR_MS },
  DAY,
  WEEK,
];

export interface SeasonFacts {
  readonly windows: readonly WindowFacts[];
  /** One baseline, and one an hour, in the same shape. */
  readonly plans: readonly PlanFacts[];
}

export interface WindowFacts {
  readonly window: string;
  /** Stretches as long that January holds. */
  readonly stretches: number;
  /** In the order of the baseline, inputs before outputs. */
  readonly features: readonly FeatureLimits[];
  /** January in its own order, values taken as independent, and their dependence as measured. */
  readonly independent: FalseAlarms;
  readonly measured: FalseAlarms;
}

/** What a window of usual traffic can tell of a feature. */
export interface FeatureLimits {
  readonly feature: string;
  /** So many flights count as one. */
  readonly lambda: number;
  /** The smallest index that would be a warning; null where none could be. */
  readonly detectable: number | null;
}

/** A way to divide the flights among baselines. */
export interface PlanFacts {
  readonly name: string;
  readonly window: string;
  /** Rows of each baseline, rising. */
  readonly rows: readonly number[];
  /** Share of the flights that have one. */
  readonly covered: number;
  readonly tests: number;
  /** Flights in a usual window, the middle one of all baselines. */
  readonly flights: number;
  /** Medians over the baselines. */
  readonly features: readonly FeatureLimits[];
  readonly measured: FalseAlarms;
}

/** Asks the model about January and measures it. Some 10 s. */
export async function measureSeasons(): Promise<SeasonFacts> {
  const flights = await readFlights();
  const predict = await loadFlightModel();
  const january: AnsweredFlight[] = [];
  for await (const answered of answeredFlights(flights, 1, predict)) january.push(answered);
  const baseline = await loadBaseline(BASELINE_FILE);
  const windows = WINDOWS.map(({ window, windowMs }) => {
    const measured = watchJanuary(january, baseline, { window });
    return {
      window,
      stretches: baseline.dependence!.spanMs! / windowMs,
      features: featuresOf(baseline).map(feature => limitsOf(feature, baseline, windowMs, measured.logAlpha)),
      independent: watchJanuary(january, baseline, { window, dependence: 'independent' }),
      measured,
    };
  });
  const whole = [{ rows: january, baseline }];
  const hours = await byHour(january);
  return {
    windows,
    plans: [
      planFacts('one baseline', whole, january.length, DAY),
      planFacts('one baseline', whole, january.length, WEEK),
      planFacts('one an hour', hours, january.length, DAY),
      planFacts('one an hour', hours, january.length, WEEK),
    ],
  };
}

interface Part {
  readonly rows: readonly AnsweredFlight[];
  readonly baseline: Baseline;
}

/** The hours of the day with enough flights for a baseline. */
async function byHour(january: readonly AnsweredFlight[]): Promise<Part[]> {
  const hours = Array.from({ length: DAY_MS / HOUR_MS }, (_, hour) =>
    january.filter(({ timeMs }) => Math.floor((timeMs % DAY_MS) / HOUR_MS) === hour),
  );
  return Promise.all(
    hours
      .filter(rows => rows.length >= MIN_BASELINE_ROWS)
      .map(async rows => ({ rows, baseline: await learnBaseline(FLIGHT_MODEL, rows.map(trainingRow)) })),
  );
}

/** The budget is divided among the parts, as it would be among monitors. */
function planFacts(name: string, parts: readonly Part[], flights: number, { window, windowMs }: Window): PlanFacts {
  const drift: DriftOptions = { window, falseAlarms: { count: 1 / parts.length, per: 'month' } };
  const watched = parts.map(({ rows, baseline }) => watchJanuary(rows, baseline, drift));
  const limits = parts.map(({ baseline }, i) =>
    featuresOf(baseline).map(feature => limitsOf(feature, baseline, windowMs, watched[i]!.logAlpha)),
  );
  const rows = parts.map(part => part.baseline.rows).sort(bySize);
  return {
    name,
    window,
    rows,
    covered: rows.reduce((sum, count) => sum + count, 0) / flights,
    tests: watched.reduce((sum, { tests }) => sum + tests, 0),
    flights: median(parts.map(({ baseline }) => usualRows(baseline, windowMs))),
    features: limits[0]!.map(({ feature }) => medianLimits(limits.flat().filter(other => other.feature === feature))),
    measured: {
      episodes: watched.reduce((sum, { episodes }) => sum + episodes, 0),
      features: [...new Set(watched.flatMap(({ features }) => features))],
      openShare: Math.max(...watched.map(({ openShare }) => openShare)),
    },
  };
}

function featuresOf({ features, outputs }: Baseline): FeatureBaseline[] {
  return [...features, ...outputs];
}

/** A window with January's own shares: only its size matters to what it can tell. */
function limitsOf(feature: FeatureBaseline, baseline: Baseline, windowMs: number, logAlpha: number): FeatureLimits {
  const prepared = prepareFeature(feature);
  const rows = usualRows(baseline, windowMs);
  const dependence = dependenceOfWindow(
    baseline.dependence!,
    feature.dependence,
    { rows: baseline.rows, df: prepared.plan.base.length - 1 },
    { rows, lengthMs: windowMs },
  );
  const cells = Array.from(prepared.cells, count => Math.round((count * rows) / baseline.rows));
  const { shape } = judgeFeature(cells, prepared, { logAlpha, dependence });
  return {
    feature: feature.name,
    lambda: dependence.lambda,
    detectable: shape.verdict === 'insufficient' ? null : shape.detectable,
  };
}

/** Rows of the window that a row is in, on average; beyond what was measured in proportion. */
function usualRows({ dependence }: Baseline, windowMs: number): number {
  const { blockRows, blockMs } = dependence!;
  const step = blockMs!.indexOf(windowMs);
  return step >= 0 ? blockRows[step]! : (blockRows.at(-1)! * windowMs) / blockMs!.at(-1)!;
}

function medianLimits(limits: readonly FeatureLimits[]): FeatureLimits {
  const detectable = limits.map(limit => limit.detectable ?? Number.POSITIVE_INFINITY);
  const middle = median(detectable);
  return {
    feature: limits[0]!.feature,
    lambda: median(limits.map(({ lambda }) => lambda)),
    detectable: Number.isFinite(middle) ? middle : null,
  };
}

/** The middle value; of an even number of them the upper one. */
function median(values: readonly number[]): number {
  return [...values].sort(bySize)[Math.floor(values.length / 2)]!;
}

function bySize(a: number, b: number): number {
  return a - b;
}
