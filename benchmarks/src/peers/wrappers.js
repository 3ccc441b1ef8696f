// The wrappers, each used as its own documentation shows for a function whose input and output are to be recorded.
import { monitor } from '@driftspan/core';
import { defineModel, learnBaseline } from '@driftspan/sketch';

const NAME = 'predict bench';
const INPUT = 'input.value';

/** What people write by hand around a model call; with its input, as JSON, where the span is recorded. */
const handWritten =
  withInput =>
  ({ api, model }) => {
    const tracer = api.trace.getTracer('bench');
    return row =>
      tracer.startActiveSpan(NAME, async span => {
        try {
          if (withInput && span.isRecording()) span.setAttribute(INPUT, JSON.stringify(row));
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
  };

const openinference =
  (options = {}) =>
  async ({ api, load, model }) => {
    const { OITracer, traceChain } = await load('@arizeai/openinference-core');
    const { hide } = options;
    const tracer = hide && new OITracer({ tracer: api.trace.getTracer('bench'), traceConfig: { hideInputs: true } });
    return traceChain(model, { name: NAME, ...(tracer && { tracer }) });
  };

const langfuse =
  (options = {}) =>
  async ({ load, model }) => {
    const { observe } = await load('@langfuse/tracing');
    return observe(model, { name: NAME, ...options });
  };

/** Its processor with its own defaults, but for the batches, which are those of all others, and the exporter, which sends nothing. */
async function langfuseProcessor({ load, exporter }) {
  const { LangfuseSpanProcessor } = await load('@langfuse/otel');
  return new LangfuseSpanProcessor({
    exporter,
    publicKey: 'pk-lf-none',
    secretKey: 'sk-lf-none',
    flushAt: 512,
    flushInterval: 0.1,
  });
}

/** Content is recorded only once the SDK is initialised, with tracing or without; its span processor serves a provider that is there already. */
const traceloop =
  traceContent =>
  async ({ load, model }) => {
    const { initialize, withWorkflow } = await load('@traceloop/node-server-sdk');
    initialize({
      appName: 'bench',
      tracingEnabled: false,
      traceContent,
      traceloopSyncEnabled: false,
      silenceInitializationMessage: true,
    });
    const config = { name: NAME };
    return row => withWorkflow(config, model, row);
  };

async function traceloopProcessor({ load, exporter }) {
  const { createSpanProcessor } = await load('@traceloop/node-server-sdk');
  return createSpanProcessor({ exporter });
}

/** `openlit.trace` hands over a span that takes a result and metadata, and does not tell whether it is recorded. */
const openlit =
  withInput =>
  async ({ load, model }) => {
    const { trace } = await load('openlit');
    return row =>
      trace(NAME, async span => {
        if (withInput) span.setMetadata({ [INPUT]: JSON.stringify(row) });
        const result = await model(row);
        span.setResult(JSON.stringify(result));
        return result;
      });
  };

const driftspan =
  every =>
  async ({ input, model }) => {
    const features = every ? input.everyFeatures : input.features;
    const spec = defineModel({ name: 'bench', version: '1', task: 'classification', features });
    const baseline = await learnBaseline(
      spec,
      input.training().map((row, i) => ({
        input: row,
        output: { label: i % 2 === 0 ? 'late' : 'on-time', confidence: (i % 100) / 100 },
      })),
    );
    return monitor(model, {
      model: spec,
      baseline,
      output: { label: result => result.label, confidence: result => result.probability },
    });
  };

const asJson = row => JSON.stringify(row);

/**
 * By name: the spans it makes a call, how it is set up, the span processor it ships, and where its span has the input: the attribute, and what must be in it. One
 * without `recorded` must not carry the input. `packages` are those whose copy of the API is checked.
 */
export const WRAPPERS = {
  bare: { spans: 0, setup: ({ model }) => model },
  hand: { spans: 1, setup: handWritten(false) },
  'hand-input': { spans: 1, setup: handWritten(true), recorded: { attribute: INPUT, as: asJson } },
  openinference: {
    spans: 1,
    packages: ['@arizeai/openinference-core'],
    setup: openinference(),
    recorded: { attribute: 'input.value', as: asJson },
  },
  'openinference-hidden': {
    spans: 1,
    packages: ['@arizeai/openinference-core'],
    setup: openinference({ hide: true }),
  },
  langfuse: {
    spans: 1,
    packages: ['@langfuse/tracing', '@langfuse/otel'],
    setup: langfuse(),
    processor: langfuseProcessor,
    recorded: { attribute: 'langfuse.observation.input', as: asJson },
  },
  'langfuse-off': {
    spans: 1,
    packages: ['@langfuse/tracing', '@langfuse/otel'],
    setup: langfuse({ captureInput: false, captureOutput: false }),
    processor: langfuseProcessor,
  },
  traceloop: {
    spans: 1,
    packages: ['@traceloop/node-server-sdk'],
    setup: traceloop(true),
    processor: traceloopProcessor,
    recorded: { attribute: 'traceloop.entity.input', as: row => JSON.stringify({ args: [], kwargs: row }) },
  },
  'traceloop-off': {
    spans: 1,
    packages: ['@traceloop/node-server-sdk'],
    setup: traceloop(false),
    processor: traceloopProcessor,
  },
  openlit: {
    spans: 1,
    packages: ['openlit'],
    setup: openlit(true),
    recorded: { attribute: INPUT, as: asJson },
  },
  'openlit-result': { spans: 1, packages: ['openlit'], setup: openlit(false) },
  driftspan: { spans: 1, setup: driftspan(false) },
  'driftspan-every': { spans: 1, setup: driftspan(true) },
};
