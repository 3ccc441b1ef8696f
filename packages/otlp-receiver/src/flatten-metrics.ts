import { toAttributes } from './attributes.js';
import type {
  BucketsMessage,
  ExponentialPointMessage,
  HistogramPointMessage,
  KeyValueMessage,
  MetricMessage,
  MetricsMessage,
  NumberPointMessage,
  SummaryPointMessage,
} from './messages.js';
import type { ExponentialBuckets, MetricPoint, MetricType, Temporality } from './metric-point.js';
import { type Origin, toOrigin, toResource } from './origin.js';

/** OTLP's AggregationTemporality; 0 is unspecified. */
const TEMPORALITIES: readonly (Temporality | undefined)[] = [undefined, 'delta', 'cumulative'];

type Described = Pick<MetricPoint, 'resource' | 'scope' | 'name' | 'unit' | 'description' | 'type'> &
  Partial<Pick<MetricPoint, 'temporality' | 'monotonic'>>;

/** The points of one request, in the order they were sent. A metric without data of a known type gives none. */
export function flattenMetrics(message: MetricsMessage): MetricPoint[] {
  const points: MetricPoint[] = [];
  for (const { resource, scopeMetrics = [] } of message.resourceMetrics ?? []) {
    const attributes = toResource(resource);
    for (const { scope, metrics = [] } of scopeMetrics) {
      const origin = toOrigin(attributes, scope);
      for (const metric of metrics) flattenMetric(origin, metric, points);
    }
  }
  return points;
}

function flattenMetric(origin: Origin, metric: MetricMessage, into: MetricPoint[]): void {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  if (gauge) {
    const about = describe(origin, metric, 'gauge');
    for (const point of gauge.dataPoints ?? []) into.push({ ...about, ...timed(point), ...numberPoint(point) });
  } else if (sum) {
    const about = { ...describe(origin, metric, 'sum', sum), monotonic: sum.isMonotonic ?? false };
    for (const point of sum.dataPoints ?? []) into.push({ ...about, ...timed(point), ...numberPoint(point) });
  } else if (histogram) {
    const about = describe(origin, metric, 'histogram', histogram);
    for (const point of histogram.dataPoints ?? []) into.push({ ...about, ...timed(point), ...histogramPoint(point) });
  } else if (exponentialHistogram) {
    const about = describe(origin, metric, 'exponentialHistogram', exponentialHistogram);
    for (const point of exponentialHistogram.dataPoints ?? []) {
      into.push({ ...about, ...timed(point), ...exponentialPoint(point) });
    }
  } else if (summary) {
    const about = describe(origin, metric, 'summary');
    for (const point of summary.dataPoints ?? []) into.push({ ...about, ...timed(point), ...summaryPoint(point) });
  }
}

function describe(
  origin: Origin,
  metric: MetricMessage,
  type: MetricType,
  data: { readonly aggregationTemporality?: number } = {},
): Described {
  const temporality = TEMPORALITIES[data.aggregationTemporality ?? 0];
  return {
    ...origin,
    name: metric.name ?? '',
    unit: metric.unit ?? '',
    description: metric.description ?? '',
    type,
    ...(temporality === undefined ? {} : { temporality }),
  };
}

function timed(point: {
  readonly attributes?: readonly KeyValueMessage[];
  readonly startTimeUnixNano?: bigint;
  readonly timeUnixNano?: bigint;
}): Pick<MetricPoint, 'attributes' | 'startTimeUnixNano' | 'timeUnixNano'> {
  return {
    attributes: toAttributes(point.attributes),
    startTimeUnixNano: point.startTimeUnixNano ?? 0n,
    timeUnixNano: point.timeUnixNano ?? 0n,
  };
}

function numberPoint(point: NumberPointMessage): Pick<MetricPoint, 'value'> {
  if (point.asDouble !== undefined) return { value: point.asDouble };
  return point.asInt === undefined ? {} : { value: Number(point.asInt) };
}

function histogramPoint(point: HistogramPointMessage): Partial<MetricPoint> {
  return {
    ...totals(point),
    bounds: [...(point.explicitBounds ?? [])],
    counts: (point.bucketCounts ?? []).map(Number),
  };
}

function exponentialPoint(point: ExponentialPointMessage): Partial<MetricPoint> {
  return {
    ...totals(point),
    scale: point.scale ?? 0,
    zeroCount: Number(point.zeroCount ?? 0n),
    zeroThreshold: point.zeroThreshold ?? 0,
    positive: buckets(point.positive),
    negative: buckets(point.negative),
  };
}

function summaryPoint(point: SummaryPointMessage): Partial<MetricPoint> {
  const quantiles = (point.quantileValues ?? []).map(({ quantile = 0, value = 0 }) => ({ quantile, value }));
  return { ...totals(point), quantiles };
}

function totals(point: HistogramPointMessage | ExponentialPointMessage | SummaryPointMessage): Partial<MetricPoint> {
  return {
    count: Number(point.count ?? 0n),
    ...(point.sum === undefined ? {} : { sum: point.sum }),
    ...(point.min === undefined ? {} : { min: point.min }),
    ...(point.max === undefined ? {} : { max: point.max }),
  };
}

function buckets(message: BucketsMessage = {}): ExponentialBuckets {
  return { offset: message.offset ?? 0, counts: (message.bucketCounts ?? []).map(Number) };
}
