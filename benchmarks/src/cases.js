// What is timed, one function a case. Each gives an async function of a row; the child process calls it.
import { defineModel, monitor, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { AlwaysOnSampler, BatchSpanProcessor, ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';

const FEATURES = 20;
const names = Array.from({ length: FEATURES }, (_, i) => `feature_${i}`);

// A linear congruential generator: the same rows in every process.
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}
const random = generator(42);
const gauss = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
// Normal, log-normal, uniform and small integers: what tabular models are fed.
const shapes = [gauss, () => Math.exp(gauss()), () => random() * 100, () => Math.floor(random() * 24)];
const makeRow = () => Object.fromEntries(names.map((name, i) => [name, shapes[i % shapes.length]()]));

export const rows = Array.from({ length: 1024 }, makeRow);

/** Stands for the model: asynchronous, as an inference session is, and as cheap as can be, so that what is added shows. */
const model = async row => ({ label: row.feature_0 > 0 ? 'late' : 'on-time', probability: 0.75 });

/** AsyncLocalStorage on, and an SDK whose spans go through a batch processor into nothing. */
export function startTracing() {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = {
    export: (_spans, done) => done({ code: 0 }),
    shutdown: async () => {},
    forceFlush: async () => {},
  };
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, maxQueueSize: 4096, maxExportBatchSize: 512, scheduledDelayMillis: 100 }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  return provider.getTracer('bench');
}

/** A parent from upstream that was sampled, or not, as an HTTP instrumentation would have set it. */
const parent = sampled =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  });

async function watched(codegen) {
  const spec = defineModel({
    name: 'bench',
    version: '1',
    task: 'classification',
    features: Object.fromEntries(names.map(name => [name, numeric()])),
  });
  const training = Array.from({ length: 5000 }, () => ({
    input: makeRow(),
    output: { label: random() < 0.5 ? 'late' : 'on-time', confidence: random() },
  }));
  const baseline = await learnBaseline(spec, training);
  return monitor(model, {
    model: spec,
    baseline,
    codegen,
    output: { label: r => r.label, confidence: r => r.probability },
  });
}

/** The span people write by hand around a model call. */
const handWritten = tracer => row =>
  tracer.startActiveSpan('predict bench', async span => {
    try {
      span.setAttribute('ml.operation.name', 'predict');
      span.setAttribute('ml.model.name', 'bench');
      span.setAttribute('ml.model.version', '1');
      span.setAttribute('ml.task.type', 'classification');
      const result = await model(row);
      span.setAttribute('ml.prediction.label', result.label);
      span.setAttribute('ml.prediction.confidence', result.probability);
      return result;
    } finally {
      span.end();
    }
  });

/** Each feature into a histogram of the metrics API: what can be had today without a sketch. */
function histograms() {
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    exportIntervalMillis: 2 ** 30,
    exportTimeoutMillis: 30_000,
  });
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
  const histogram = meter.createHistogram('ml.feature.value');
  return async row => {
    for (const name of names)
      histogram.record(row[name], { 'ml.model.name': 'bench', 'ml.model.version': '1', 'ml.feature.name': name });
    return model(row);
  };
}

/** Case by name: how to set it up, given a tracer, and under which parent it runs. */
export const CASES = {
  bare: { title: 'the bare call', parent: parent(false), setup: () => model },
  watched: {
    title: 'Driftspan, parent unsampled',
    parent: parent(false),
    setup: () => watched(true),
  },
  'watched-loop': {
    title: 'Driftspan, `codegen: false`, parent unsampled',
    parent: parent(false),
    setup: () => watched(false),
  },
  'watched-sampled': {
    title: 'Driftspan, parent sampled',
    parent: parent(true),
    setup: () => watched(true),
  },
  'hand-unsampled': {
    title: 'hand-written span, parent unsampled',
    parent: parent(false),
    setup: handWritten,
  },
  'hand-sampled': {
    title: 'hand-written span of 6 attributes, parent sampled',
    parent: parent(true),
    setup: handWritten,
  },
  histograms: {
    title: '`histogram.record` for each of the 20 features',
    parent: parent(false),
    setup: histograms,
  },
};
