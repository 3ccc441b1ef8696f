import type { Attributes, HrTime } from '@opentelemetry/api';
import { nextTask } from '../platform.js';
import {
  ATTR_DROPPED_REASON,
  METRICS,
  type MetricDefinition,
  type MetricKind,
  SCHEMA_URL,
  SCOPE_NAME,
  SCOPE_VERSION,
} from '../semconv.js';
import { type HistogramValue, type Point, subtractHistograms } from './point.js';
import { registry } from './registry.js';

/*
 * The OpenTelemetry metrics SDK's MetricProducer, written structurally: its enums are the numbers and strings
 * below on both SDK lines, and core depends on neither.
 */
const DELTA = 0;
const CUMULATIVE = 1;
const POINT_TYPE: Readonly<Record<MetricKind, 0 | 2 | 3>> = { histogram: 0, gauge: 2, sum: 3, updown: 3 };
const INSTRUMENT: Readonly<Record<MetricKind, string>> = {
  histogram: 'HISTOGRAM',
  gauge: 'GAUGE',
  sum: 'COUNTER',
  updown: 'UP_DOWN_COUNTER',
};

/**
 * A collection lets the event loop run once this much has gone by, so that it never holds up a request. It looks between one model and the next: with a
 * model of 50 features, judged and read in up to 2 ms, a slice stays below 5.
 */
const SLICE_MS = 2;

/** Whatever can say which temporality it wants: an exporter or a reader. */
export interface TemporalityPreference {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter is an enum of the SDK, which is not imported here
  selectAggregationTemporality?(instrumentType: any): number;
}

export interface MetricProducerOptions {
  /** The exporter whose temporality is to be followed. Without it everything is cumulative. */
  like?: TemporalityPreference;
}

interface DataPoint<T> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Attributes;
  readonly value: T;
}
interface HistogramDataPoint {
  readonly buckets: { readonly boundaries: number[]; readonly counts: number[] };
  readonly count: number;
  /** Exporters of both lines leave an undefined one out. */
  readonly sum: number | undefined;
}

/** What `PeriodicExportingMetricReader({ metricProducers })` takes, on both SDK lines. */
export interface MetricProducer {
  /** Never rejects: a rejecting producer would lose the application's other metrics of that cycle. */
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's CollectionResult, which is not imported here
  collect(options?: { timeoutMillis?: number }): Promise<any>;
}

/**
 * All metrics of all monitors of this process. One producer belongs to one reader: a delta is kept per producer.
 *
 * Views and cardinality limits of the SDK do not apply to it; its own bounds do.
 */
export function metricProducer(options: MetricProducerOptions = {}): MetricProducer {
  return new RegistryProducer(options.like);
}

class RegistryProducer implements MetricProducer {
  readonly #temporality: Readonly<Record<MetricKind, number>>;
  #exported: ReadonlyMap<string, Exported> = new Map();
  #ongoing: Promise<unknown> = Promise.resolve();

  constructor(like: TemporalityPreference | undefined) {
    const ask = (kind: MetricKind) => {
      const answer = like?.selectAggregationTemporality?.(INSTRUMENT[kind]);
      return answer === DELTA && kind !== 'gauge' ? DELTA : CUMULATIVE;
    };
    this.#temporality = { sum: ask('sum'), updown: ask('updown'), histogram: ask('histogram'), gauge: CUMULATIVE };
  }

  // Collections of one producer run one after another: two at once would each take the other's delta.
  collect(): Promise<unknown> {
    const collection = this.#ongoing.then(() => this.#collect());
    this.#ongoing = collection;
    return collection;
  }

  async #collect(): Promise<unknown> {
    const errors: Error[] = [];
    const collected = new MetricSet(this.#temporality, this.#exported);
    try {
      let sliceStart = performance.now();
      const all = registry();
      for (const identity of all.identities) {
        try {
          const group = all.points(identity);
          if (group !== undefined) collected.add(identity, group.points, group.startMs);
        } catch (error) {
          errors.push(asError(error));
          collected.skip(identity);
        }
        if (performance.now() - sliceStart < SLICE_MS) continue;
        await nextTask();
        sliceStart = performance.now();
      }
      if (all.refused > 0) collected.add('', [refusedPoint(all.refused)], all.startMs);
    } catch (error) {
      errors.push(asError(error));
    }
    this.#exported = collected.exported;
    const scope = { name: SCOPE_NAME, version: SCOPE_VERSION, schemaUrl: SCHEMA_URL };
    const scopeMetrics = collected.size === 0 ? [] : [{ scope, metrics: collected.metrics() }];
    // The reader puts its own resource in the place of this one.
    return { resourceMetrics: { resource: { attributes: {} }, scopeMetrics }, errors };
  }
}

/** The reader asks the first error for its name: anything else would make it reject. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`a monitor threw a value of type ${typeof thrown}`);
}

function refusedPoint(refused: number): Point {
  return {
    metric: METRICS.dropped,
    key: 'dropped/monitor_limit',
    attributes: { [ATTR_DROPPED_REASON]: 'monitor_limit' },
    value: refused,
  };
}

/** What one identity has been told of as deltas: the last cumulative value of each of its series. */
interface Exported {
  /** When its counting began: another time is another life of the same name. */
  readonly startMs: number;
  readonly endMs: number;
  readonly values: ReadonlyMap<string, number | HistogramValue>;
}

/** The points of one collection, by metric. */
class MetricSet {
  readonly endMs = Date.now();
  /** One for all points, as their start is for those of one model: two arrays a point would be half of what a collection allocates. */
  readonly #end = hrTime(this.endMs);
  readonly exported = new Map<string, Exported>();
  // By name, not by definition: two copies of this package have two definitions of one metric.
  readonly #points = new Map<
    string,
    { metric: MetricDefinition; dataPoints: DataPoint<number | HistogramDataPoint>[] }
  >();
  readonly #temporality: Readonly<Record<MetricKind, number>>;
  readonly #before: ReadonlyMap<string, Exported>;

  constructor(temporality: Readonly<Record<MetricKind, number>>, before: ReadonlyMap<string, Exported>) {
    this.#temporality = temporality;
    this.#before = before;
  }

  get size(): number {
    return this.#points.size;
  }

  add(identity: string, points: readonly Point[], startMs: number): void {
    const known = this.#before.get(identity);
    const before = known?.startMs === startMs ? known : undefined;
    const values = new Map<string, number | HistogramValue>();
    const start = hrTime(startMs);
    const last = before === undefined ? start : hrTime(before.endMs);
    for (const point of points) {
      const isDelta = this.#temporality[point.metric.kind] === DELTA;
      if (isDelta) values.set(point.key, point.value);
      const earlier = isDelta ? before?.values.get(point.key) : undefined;
      this.#push(point, earlier === undefined ? start : last, earlier);
    }
    this.exported.set(identity, { startMs, endMs: this.endMs, values });
  }

  /** An identity that could not be collected this time: its next delta reaches back to the last that it gave. */
  skip(identity: string): void {
    const before = this.#before.get(identity);
    if (before !== undefined) this.exported.set(identity, before);
  }

  #push({ metric, attributes, value }: Point, startTime: HrTime, earlier: number | HistogramValue | undefined): void {
    const point = {
      startTime,
      endTime: this.#end,
      attributes,
      value: dataValue(value, earlier),
    };
    const series = this.#points.get(metric.name);
    if (series === undefined) this.#points.set(metric.name, { metric, dataPoints: [point] });
    else series.dataPoints.push(point);
  }

  metrics(): unknown[] {
    return [...this.#points.values()].map(({ metric, dataPoints }) => ({
      descriptor: {
        name: metric.name,
        description: metric.description,
        unit: metric.unit,
        valueType: metric.integer ? 0 : 1,
      },
      aggregationTemporality: this.#temporality[metric.kind],
      dataPointType: POINT_TYPE[metric.kind],
      ...(POINT_TYPE[metric.kind] === 3 ? { isMonotonic: metric.kind === 'sum' } : {}),
      dataPoints,
    }));
  }
}

function dataValue(
  value: number | HistogramValue,
  before: number | HistogramValue | undefined,
): number | HistogramDataPoint {
  if (typeof value === 'number') return before === undefined ? value : value - (before as number);
  const { bounds, counts, count, sum } =
    before === undefined ? value : subtractHistograms(value, before as HistogramValue);
  return { buckets: { boundaries: [...bounds], counts: [...counts] }, count, sum };
}

function hrTime(ms: number): HrTime {
  const seconds = Math.trunc(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
