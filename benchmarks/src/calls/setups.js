// How each case of titles.js is set up, with the packages as the child loaded them: imported, or required.
import { FEATURE_NAMES, makeRow, random } from './rows.js';

/** Stands for the model: asynchronous, as an inference session is, and as cheap as can be, so that what is added shows. */
const model = async row => ({ label: row.feature_0 > 0 ? 'late' : 'on-time', probability: 0.75 });
/** Reads all of its inputs and is never as sure as before: a logistic regression, whose weights are the same in every process. */
const WEIGHTS = FEATURE_NAMES.map((_, i) => Math.sin(i + 1) / 10);
const readingModel = async row => {
  let sum = 0;
  for (let i = 0; i < WEIGHTS.length; i++) sum += WEIGHTS[i] * row[FEATURE_NAMES[i]];
  const late = 1 / (1 + Math.exp(-sum));
  return late > 0.5 ? { label: 'late', probability: late } : { label: 'on-time', probability: 1 - late };
};
const syncModel = row => ({ label: row.feature_0 > 0 ? 'late' : 'on-time', probability: 0.75 });

const OUTPUT = { label: result => result.label, confidence: result => result.probability };

/**
 * @param {object} packages `core`, `sketch` and `sdkMetrics`.
 * @returns {Record<string, (tracer: any) => any>} by case, what makes the function that is called with a row.
 */
export function setupsWith({ core, sketch, sdkMetrics }) {
  /** Everything on: 20 numbers with a baseline, label, confidence, duration, windows. */
  async function watched(fn, options) {
    const spec = core.defineModel({
      name: 'bench',
      version: '1',
      task: 'classification',
      features: Object.fromEntries(FEATURE_NAMES.map(name => [name, core.numeric()])),
    });
    const training = Array.from({ length: 5000 }, () => ({
      input: makeRow(),
      output: { label: random() < 0.5 ? 'late' : 'on-time', confidence: random() },
    }));
    const baseline = await sketch.learnBaseline(spec, training);
    return core.monitor(fn, { model: spec, baseline, output: OUTPUT, ...options });
  }

  /** Each feature into a histogram of the metrics API: what can be had today without a sketch. */
  function histograms() {
    const reader = new sdkMetrics.PeriodicExportingMetricReader({
      exporter: new sdkMetrics.InMemoryMetricExporter(sdkMetrics.AggregationTemporality.CUMULATIVE),
      exportIntervalMillis: 2 ** 30,
      exportTimeoutMillis: 30_000,
    });
    const meter = new sdkMetrics.MeterProvider({ readers: [reader] }).getMeter('bench');
    const histogram = meter.createHistogram('ml.feature.value');
    return async row => {
      for (const name of FEATURE_NAMES)
        histogram.record(row[name], { 'ml.model.name': 'bench', 'ml.model.version': '1', 'ml.feature.name': name });
      return model(row);
    };
  }

  const generated = () => watched(model, { codegen: true });
  const loop = () => watched(model, { codegen: false });
  return {
    bare: () => model,
    watched: generated,
    'watched-loop': loop,
    'watched-hot': generated,
    'watched-transferred': generated,
    'bare-reading': () => readingModel,
    'watched-reading': () => watched(readingModel, { codegen: true }),
    'watched-sampled': generated,
    'watched-sampled-loop': loop,
    'watched-root': generated,
    'watched-root-loop': loop,
    'hand-unsampled': handWritten,
    'hand-sampled': handWritten,
    'hand-root': handWritten,
    histograms,
    'bare-sync': () => syncModel,
    'watched-sync': () => watched(syncModel, { codegen: true }),
    'watched-sync-loop': () => watched(syncModel, { codegen: false }),
    'bare-sync-awaited': () => syncModel,
    'watched-sync-awaited': () => watched(syncModel, { codegen: true }),
    clock: () => twoLooks,
  };
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

const now = performance.now.bind(performance);
/** Kept, so that the looks are not optimised away. */
export const looks = new Float64Array(2);
function twoLooks() {
  looks[0] = now();
  looks[1] = now();
}
