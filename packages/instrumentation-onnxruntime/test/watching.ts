import { type Monitor, metricProducer } from '@driftspan/core';
import { type Attributes, context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterEach } from 'vitest';
import { monitorFor, type OnnxruntimeConfig, OnnxruntimeInstrumentation } from '../src/index.js';
import { modelPath, ort } from './models.js';

let watching: OnnxruntimeInstrumentation[] = [];

afterEach(() => {
  for (const instrumentation of watching) instrumentation.disable();
  watching = [];
  for (const api of [trace, context, propagation, metrics, diag]) api.disable();
  delete (globalThis as { [REGISTRY]?: unknown })[REGISTRY];
});

const REGISTRY = Symbol.for('driftspan.registry.v1');

/** Watches until the test ends. */
export function watch(config: OnnxruntimeConfig = {}): OnnxruntimeInstrumentation {
  const instrumentation = new OnnxruntimeInstrumentation(config);
  watching.push(instrumentation);
  return instrumentation;
}

/** A session of a model of the tests. */
export const load = (name: string, options: object = {}) => ort.InferenceSession.create(modelPath(name), options);

/** The monitor of a session that must be watched. */
export function monitorOf(session: object): Monitor<never, unknown> {
  const monitor = monitorFor(session);
  if (monitor === undefined) throw new Error('the session is not watched');
  return monitor as unknown as Monitor<never, unknown>;
}

/** The real SDK, in memory. */
export function registerSdk(sampler?: Sampler): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
      ...(sampler === undefined ? {} : { sampler }),
    }),
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  return exporter;
}

/** Finished spans of one name. */
export const spansOf = (exporter: InMemorySpanExporter, name: string): ReadableSpan[] =>
  exporter.getFinishedSpans().filter(span => span.name === name);

export interface Point {
  readonly attributes: Attributes;
  readonly value: unknown;
}

/** The points of a metric, of one model. */
export async function pointsOf(metric: string, model: string): Promise<Point[]> {
  const { resourceMetrics, errors } = await metricProducer().collect();
  if (errors.length > 0) throw errors[0];
  const found = (resourceMetrics.scopeMetrics[0]?.metrics ?? []).find(
    ({ descriptor }: { descriptor: { name: string } }) => descriptor.name === metric,
  );
  return (found?.dataPoints ?? []).filter(({ attributes }: Point) => attributes['ml.model.name'] === model);
}

/** Counts of a histogram, over all of its points; with `error.type` apart by that. */
export async function countsOf(metric: string, model: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { attributes, value } of await pointsOf(metric, model)) {
    const key = String(attributes['error.type'] ?? 'ok');
    const { count } = value as { count: number };
    if (count > 0) counts[key] = (counts[key] ?? 0) + count;
  }
  return counts;
}

/** What a counter counted, by one attribute. */
export async function sumsOf(metric: string, model: string, attribute: string): Promise<Record<string, number>> {
  const points = await pointsOf(metric, model);
  return Object.fromEntries(
    points.filter(({ value }) => value !== 0).map(({ attributes, value }) => [attributes[attribute], value as number]),
  );
}

/** Resolves after macrotasks that are waiting now. */
export const nextTask = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
