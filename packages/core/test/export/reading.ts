import type { Attributes, HrTime } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { metricProducer } from '../../src/index.js';

export const { CUMULATIVE, DELTA } = AggregationTemporality;

export interface ReadHistogram {
  readonly buckets: { readonly boundaries: number[]; readonly counts: number[] };
  readonly count: number;
  readonly sum?: number;
}
export interface ReadPoint {
  readonly attributes: Attributes;
  readonly value: number | ReadHistogram;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}
export interface ReadMetric {
  readonly descriptor: { name: string; unit: string; description: string; valueType: number };
  readonly aggregationTemporality: AggregationTemporality;
  readonly dataPointType: DataPointType;
  readonly isMonotonic?: boolean;
  readonly dataPoints: readonly ReadPoint[];
}

/** The real SDK with our producer in its reader: what an exporter is given. */
export class Reading {
  readonly exporter: InMemoryMetricExporter;
  readonly reader: PeriodicExportingMetricReader;
  readonly provider: MeterProvider;

  constructor(temporality: AggregationTemporality = CUMULATIVE) {
    this.exporter = new InMemoryMetricExporter(temporality);
    this.reader = new PeriodicExportingMetricReader({
      exporter: this.exporter,
      exportIntervalMillis: 3_600_000,
      metricProducers: [metricProducer({ like: this.exporter })],
    });
    this.provider = new MeterProvider({ readers: [this.reader] });
  }

  /** One export: its metrics by name, ours and the application's. */
  async collect(): Promise<Map<string, ReadMetric>> {
    this.exporter.reset();
    await this.reader.forceFlush();
    const exported = this.exporter.getMetrics();
    if (exported.length !== 1) throw new Error(`${exported.length} exports`);
    const metrics = exported[0]!.scopeMetrics.flatMap(scope => scope.metrics as unknown as ReadMetric[]);
    const byName = new Map(metrics.map(metric => [metric.descriptor.name, metric]));
    if (byName.size !== metrics.length) throw new Error('a metric is there twice');
    return byName;
  }

  shutdown(): Promise<void> {
    return this.provider.shutdown();
  }
}

/** Attributes as text, so that points can be looked up by them. */
export function keyOf(attributes: Attributes): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Points of one metric by their attributes; two of equal attributes are an error of the data model. */
export function pointsOf(metrics: ReadonlyMap<string, ReadMetric>, name: string): Map<string, ReadPoint> {
  const points = metrics.get(name)?.dataPoints ?? [];
  const byKey = new Map(points.map(point => [keyOf(point.attributes), point]));
  if (byKey.size !== points.length) throw new Error(`${name} has two points of equal attributes`);
  return byKey;
}

/** The one point of a metric whose attributes include these. */
export function pointOf(
  metrics: ReadonlyMap<string, ReadMetric>,
  name: string,
  attributes: Attributes = {},
): ReadPoint {
  const found = (metrics.get(name)?.dataPoints ?? []).filter(point =>
    Object.entries(attributes).every(([key, value]) => point.attributes[key] === value),
  );
  if (found.length !== 1) throw new Error(`${name} ${JSON.stringify(attributes)}: ${found.length} points`);
  return found[0]!;
}

/** The counts of one feature's bins in their order, by bin label and kind. */
export function binsOf(metrics: ReadonlyMap<string, ReadMetric>, name: string, feature: string): ReadPoint[] {
  return (metrics.get(name)?.dataPoints ?? []).filter(point => point.attributes['ml.feature.name'] === feature);
}

const REGISTRY = Symbol.for('driftspan.registry.v1');

/** Starts with no monitors, as a new process would. */
export function freshRegistry(): void {
  delete (globalThis as { [REGISTRY]?: unknown })[REGISTRY];
}
