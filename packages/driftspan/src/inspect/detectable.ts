import {
  type Baseline,
  baselineCells,
  dependenceOfWindow,
  type FeatureBaseline,
  INDEPENDENT,
  judgeFeature,
  logAlpha,
  prepareFeature,
  testsOf,
} from '@driftspan/sketch';

/** What a window of a monitor could show, if its values came as the baseline's did. */
export interface WindowOutlook {
  /** As it is written in `window: '1d'`; absent where the rows of the baseline had no times. */
  readonly window?: string;
  readonly rows: number;
  /** Of all that is judged. */
  readonly features: number;
  /** Enough values for a verdict on the shape. */
  readonly judged: number;
  /** Over those that are judged, the population stability index from which one is a warning. */
  readonly index?: { readonly least: number; readonly median: number; readonly most: number };
  /** Whether the budget of false alarms is guaranteed: the baseline holds 20 stretches as long. Absent without dependence. */
  readonly guaranteed?: boolean;
}

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
/** A monitor looks every sixtieth of its window. */
const LOOKS_PER_WINDOW = 60;
/** What `window` is by default, where the pace of the rows isn't known. */
const DEFAULT_WINDOW_MS = DAY_MS;
/** Windows as people choose them. */
const WINDOWS: readonly (readonly [text: string, ms: number])[] = [
  ['15m', DAY_MS / 96],
  ['1h', DAY_MS / 24],
  ['6h', DAY_MS / 4],
  ['1d', DAY_MS],
  ['7d', 7 * DAY_MS],
  ['28d', 28 * DAY_MS],
];
const ROWS = [100, 300, 1000, 3000, 10_000, 30_000, 100_000];
/** Fewer values than this show nothing of any feature. */
const FEWEST_ROWS = 20;

/** Everything of a baseline that is judged: features, what is watched together, outputs. */
export function judgedFeatures({ features, joint, outputs }: Baseline): readonly FeatureBaseline[] {
  return [...features, ...(joint ?? []), ...outputs];
}

/**
 * What windows of several lengths could show, at the budget of one false alarm a month: windows that hold as many rows as the baseline
 * held in that time, or of fixed numbers of rows where it has no times. None longer than the baseline.
 */
export function windowOutlooks(baseline: Baseline, features = judgedFeatures(baseline)): readonly WindowOutlook[] {
  const spanMs = baseline.dependence?.spanMs;
  const windows =
    spanMs === undefined
      ? ROWS.map(rows => ({ rows, lengthMs: DEFAULT_WINDOW_MS }))
      : WINDOWS.map(([window, ms]) => ({ window, rows: Math.round((baseline.rows * ms) / spanMs), lengthMs: ms }));
  return windows
    .filter(({ rows }) => rows >= FEWEST_ROWS && rows <= baseline.rows)
    .map(({ lengthMs, ...window }) => outlook(baseline, features, window, lengthMs));
}

function outlook(
  baseline: Baseline,
  features: readonly FeatureBaseline[],
  window: { readonly window?: string; readonly rows: number },
  lengthMs: number,
): WindowOutlook {
  const level = logAlpha({
    count: 1,
    periodMs: MONTH_MS,
    lookEveryMs: lengthMs / LOOKS_PER_WINDOW,
    tests: judgedFeatures(baseline).reduce((sum, feature) => sum + testsOf(feature), 0),
  });
  const found: number[] = [];
  let guaranteed: boolean | undefined;
  for (const feature of features) {
    const prepared = prepareFeature(feature);
    const df = Math.max(1, prepared.plan.base.length - 1);
    const dependence =
      baseline.dependence === undefined
        ? undefined
        : dependenceOfWindow(
            baseline.dependence,
            feature.dependence,
            { rows: baseline.rows, df },
            { rows: window.rows, lengthMs },
          );
    guaranteed = dependence?.guaranteed;
    const { shape } = judgeFeature(scaledTo(window.rows, baselineCells(feature)), prepared, {
      logAlpha: level,
      dependence: dependence ?? INDEPENDENT,
    });
    if (shape.verdict !== 'insufficient') found.push(shape.detectable);
  }
  found.sort((a, b) => a - b);
  const index = { least: found[0]!, median: found[found.length >> 1]!, most: found.at(-1)! };
  return {
    ...window,
    features: features.length,
    judged: found.length,
    ...(found.length === 0 ? {} : { index }),
    ...(guaranteed === undefined ? {} : { guaranteed }),
  };
}

/** Counts in the proportions of `cells` that add up to `rows`: rounded down, the largest remainders up. */
function scaledTo(rows: number, cells: readonly number[]): readonly number[] {
  const total = cells.reduce((sum, count) => sum + count, 0);
  const exact = cells.map(count => (count * rows) / total);
  const counts = exact.map(Math.floor);
  const missing = rows - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact
    .map((value, cell) => [value - Math.floor(value), cell] as const)
    .sort((a, b) => b[0] - a[0]);
  for (const [, cell] of byRemainder.slice(0, missing)) counts[cell]! += 1;
  return counts;
}
