// The SDK that all wrappers run on: one version, one sampler, one batch processor into nothing.
import { tracingWith } from '../harness/tracing-with.js';

/** The settings of every batch processor: those of `harness/tracing-with.js`, for processors that read the environment. */
export const BATCH_ENVIRONMENT = {
  OTEL_BSP_MAX_QUEUE_SIZE: '4096',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512',
  OTEL_BSP_SCHEDULE_DELAY: '100',
};

/** Keeps what it is handed until told to count only: nothing leaves the process. */
class Exporter {
  /** @type {any[] | undefined} */
  kept = [];
  count = 0;

  export(spans, done) {
    this.count += spans.length;
    this.kept?.push(...spans);
    done({ code: 0 });
  }

  async shutdown() {}
  async forceFlush() {}
}

/**
 * Starts tracing with the packages that the wrappers resolve.
 *
 * @param {object} packages `api`, `asyncHooks` and `sdkTrace` of OpenTelemetry.
 * @param {(exporter: object) => object | Promise<object>} [processor] the span processor that a wrapper ships; the SDK's own without one.
 */
export async function startTracing({ api, asyncHooks, sdkTrace }, processor) {
  const exporter = new Exporter();
  const provider = new sdkTrace.TracerProvider({
    sampler: new sdkTrace.ParentBasedSampler({ root: new sdkTrace.AlwaysOnSampler() }),
    spanProcessors: [
      processor === undefined
        ? new sdkTrace.BatchSpanProcessor({
            exporter,
            maxQueueSize: 4096,
            maxExportBatchSize: 512,
            scheduledDelayMillis: 100,
          })
        : await processor(exporter),
    ],
  });
  api.context.setGlobalContextManager(new asyncHooks.AsyncLocalStorageContextManager().enable());
  if (!api.trace.setGlobalTracerProvider(provider)) throw new Error('another tracer provider is registered already');
  return { exporter, flush: () => provider.forceFlush() };
}

/** The context under which a wrapper is called: a parent from upstream, sampled or not; none without an SDK. */
export function contextOf(packages, mode) {
  return mode === 'none' ? packages.api.ROOT_CONTEXT : tracingWith(packages).parent(mode === 'sampled');
}
