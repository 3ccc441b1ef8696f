import { METRICS } from '../semconv.js';
import { addHistograms, type HistogramValue, type Point } from './point.js';

/**
 * The points of all monitors with equal attributes as one: sums and histograms are added, the baseline's counts are
 * given once, the status is the worst, and score and samples go with it.
 *
 * @param sources the points of each monitor, in its own order.
 */
export function mergePoints(sources: readonly (readonly Point[])[]): Point[] {
  if (sources.length === 1) return sources[0] as Point[];
  const merged = new Map<string, Point>();
  const worst = worstSources(sources);
  sources.forEach((points, source) => {
    for (const point of points) {
      const before = merged.get(point.key);
      if (isVerdict(point)) {
        if (worst.get(featureOf(point)) === source) merged.set(point.key, point);
      } else if (before === undefined) merged.set(point.key, point);
      else if (point.metric.kind !== 'gauge')
        merged.set(point.key, { ...point, value: add(before.value, point.value) });
    }
  });
  return [...merged.values()];
}

// By name: two copies of this package have two definitions of one metric.
const VERDICT_METRICS: ReadonlySet<string> = new Set([
  METRICS.driftStatus.name,
  METRICS.driftScore.name,
  METRICS.driftSamples.name,
]);

function isVerdict({ metric }: Point): boolean {
  return VERDICT_METRICS.has(metric.name);
}

/** Keys of verdict points end with the feature's name: `status/NAME`. */
function featureOf(point: Point): string {
  return point.key.slice(point.key.indexOf('/') + 1);
}

/** Which source has the worst status of each feature. */
function worstSources(sources: readonly (readonly Point[])[]): Map<string, number> {
  const worst = new Map<string, number>();
  const status = new Map<string, number>();
  sources.forEach((points, source) => {
    for (const point of points) {
      if (point.metric.name !== METRICS.driftStatus.name) continue;
      const feature = featureOf(point);
      if ((point.value as number) <= (status.get(feature) ?? Number.NEGATIVE_INFINITY)) continue;
      status.set(feature, point.value as number);
      worst.set(feature, source);
    }
  });
  return worst;
}

function add(a: number | HistogramValue, b: number | HistogramValue): number | HistogramValue {
  return typeof a === 'number' ? a + (b as number) : addHistograms(a, b as HistogramValue);
}
