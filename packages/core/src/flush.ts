import { diag, metrics, trace } from '@opentelemetry/api';

interface Flushable {
  forceFlush?: () => Promise<void>;
  getDelegate?: () => Flushable;
}

/**
 * Asks the global meter and tracer providers, and the given provider of loggers, to export what they have. A failure is told to
 * `diag`, never thrown.
 */
export async function flushProviders(loggers: object | undefined): Promise<void> {
  const tracers = trace.getTracerProvider() as Flushable;
  const providers = [
    tracers.getDelegate?.() ?? tracers,
    metrics.getMeterProvider() as Flushable,
    (loggers ?? {}) as Flushable,
  ];
  const flushed = await Promise.allSettled(providers.map(async provider => provider.forceFlush?.()));
  for (const result of flushed) {
    if (result.status === 'rejected') diag.warn('driftspan: a flush failed', result.reason);
  }
}
