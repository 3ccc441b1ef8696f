// The three ways to serve one model. Each gives what the server calls, and how to export what is left.
// What needs OpenTelemetry is imported here alone: the bare server never loads it.
import { describe } from './records.js';

/** Nothing watches. */
async function bare(_name, predict) {
  return { predict, flush: async () => {}, shutdown: async () => {} };
}

/**
 * What people write around a model's call: a span of six attributes, a histogram of durations, a counter by label. The SDK of
 * OpenTelemetry for Node as it comes, set up by the same OTEL_* variables as Driftspan's.
 */
async function hand(name, predict) {
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { metrics, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const sdk = new NodeSDK({ serviceName: 'flights' });
  sdk.start();
  const tracer = trace.getTracer('flights');
  const meter = metrics.getMeter('flights');
  const durations = meter.createHistogram('ml.inference.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] },
  });
  const predictions = meter.createCounter('ml.prediction.count', { unit: '{prediction}' });
  const common = {
    'ml.model.name': `flight-delay-${name}`,
    'ml.model.version': '1',
    'ml.operation.name': 'predict',
  };
  const spanName = `predict ${common['ml.model.name']}`;
  const watched = record =>
    tracer.startActiveSpan(spanName, async span => {
      const startMs = performance.now();
      try {
        span.setAttribute('ml.operation.name', 'predict');
        span.setAttribute('ml.model.name', common['ml.model.name']);
        span.setAttribute('ml.model.version', '1');
        span.setAttribute('ml.task.type', 'classification');
        const answer = await predict(record);
        span.setAttribute('ml.prediction.label', answer.label);
        span.setAttribute('ml.prediction.confidence', answer.probability);
        predictions.add(1, { ...common, 'ml.prediction.label': answer.label });
        return answer;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        durations.record((performance.now() - startMs) / 1000, common);
        span.end();
      }
    });
  // What the API gives may be a proxy; what flushes stands behind it.
  const providers = [trace.getTracerProvider(), metrics.getMeterProvider()];
  const flush = () => Promise.all(providers.map(provider => (provider.getDelegate?.() ?? provider).forceFlush()));
  return { predict: watched, flush, shutdown: () => sdk.shutdown() };
}

/** All 20 features, label, confidence and duration, judged against a baseline. */
async function driftspan(name, predict, baselineFile) {
  const { monitor } = await import('@driftspan/core');
  const { loadBaseline, start } = await import('@driftspan/node');
  const running = start({ serviceName: 'flights' });
  const watched = monitor(predict, {
    model: describe(name),
    baseline: await loadBaseline(baselineFile),
    output: { label: answer => answer.label, confidence: answer => answer.probability },
    // The shortest window there is, so that a load of seconds is judged at all; the records are independent draws.
    drift: { window: '1m', dependence: 'independent' },
  });
  return { predict: watched, flush: () => running.flush(), shutdown: () => running.shutdown() };
}

/** By name: `(model's name, predict, the baseline's file) → { predict, flush, shutdown }`. */
export const VARIANTS = { bare, hand, driftspan };
