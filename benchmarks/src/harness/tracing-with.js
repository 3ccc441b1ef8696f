/**
 * The tracing of a process that is measured, made of the packages given: imported or required ones are not the same.
 *
 * @param {object} packages `api`, `asyncHooks` and `sdkTrace` of OpenTelemetry.
 */
export function tracingWith({ api, asyncHooks, sdkTrace }) {
  const { context, ROOT_CONTEXT, TraceFlags, trace } = api;

  /**
   * AsyncLocalStorage on, and an SDK whose spans go through a batch processor into nothing. Gives a tracer.
   *
   * @param {object} [options]
   * @param {object} [options.sampler] of spans without a parent; all of them by default.
   */
  function startTracing({ sampler = new sdkTrace.AlwaysOnSampler() } = {}) {
    context.setGlobalContextManager(new asyncHooks.AsyncLocalStorageContextManager().enable());
    const exporter = {
      export: (_spans, done) => done({ code: 0 }),
      shutdown: async () => {},
      forceFlush: async () => {},
    };
    const provider = new sdkTrace.TracerProvider({
      sampler: new sdkTrace.ParentBasedSampler({ root: sampler }),
      spanProcessors: [
        new sdkTrace.BatchSpanProcessor({
          exporter,
          maxQueueSize: 4096,
          maxExportBatchSize: 512,
          scheduledDelayMillis: 100,
        }),
      ],
    });
    trace.setGlobalTracerProvider(provider);
    return provider.getTracer('bench');
  }

  /** A context whose parent from upstream was sampled, or not, as an HTTP instrumentation would have set it. */
  const parent = sampled =>
    trace.setSpanContext(ROOT_CONTEXT, {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    });

  return { startTracing, parent };
}
