import { type Receiver, startReceiver } from '@driftspan/otlp-receiver';

/** 337 spans of a year, not 336,776: what is counted does not depend on it. */
const SPANS_SAMPLED = '0.001';

const ENDPOINTS = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
] as const;

/** Settings that stay as the user has them when the demo reads its own receiver; all other OTEL_ ones could send past it. */
const KEPT = new Set(['OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG', 'OTEL_LOG_LEVEL']);

/** Where the user's collector is, or undefined. */
export function collectorOf(env: NodeJS.ProcessEnv): string | undefined {
  return ENDPOINTS.map(name => env[name]).find(endpoint => endpoint !== undefined && endpoint !== '');
}

/**
 * Sets what `start` reads from the environment, and starts a receiver in this process unless the user has a collector.
 * Either way what is measured leaves over a real socket.
 *
 * @throws Error with `DRIFTSPAN_DISABLED`: there would be nothing to show.
 */
export async function openTelemetry(env: NodeJS.ProcessEnv): Promise<Receiver | undefined> {
  if (env['DRIFTSPAN_DISABLED'] === '1') throw new Error('DRIFTSPAN_DISABLED=1: nothing would be measured. Unset it.');
  // Exports that fail are told, and nowhere else: the application goes on.
  env['OTEL_LOG_LEVEL'] ??= 'warn';
  env['OTEL_TRACES_SAMPLER'] ??= 'parentbased_traceidratio';
  env['OTEL_TRACES_SAMPLER_ARG'] ??= SPANS_SAMPLED;
  if (collectorOf(env) !== undefined) return undefined;
  for (const name of Object.keys(env)) if (name.startsWith('OTEL_') && !KEPT.has(name)) delete env[name];
  const receiver = await startReceiver();
  env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url;
  env['OTEL_LOGS_EXPORTER'] = 'none';
  return receiver;
}
