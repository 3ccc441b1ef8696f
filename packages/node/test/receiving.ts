import { type MetricPoint, type Receiver, type ReceiverOptions, startReceiver } from '@driftspan/otlp-receiver';
import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { onTestFinished, vi } from 'vitest';
import { loggerProvider } from '../src/globals.js';
import { type Driftspan, type StartMetricsOptions, type StartOptions, start, startMetrics } from '../src/index.js';

/** A receiver on a real socket, closed when the test ends. */
export async function receiverForTest(options?: ReceiverOptions): Promise<Receiver> {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.close());
  return receiver;
}

/** Environment variables for the rest of the test. */
export function environment(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** Starts towards a receiver; shut down when the test ends. */
export function startTowards(receiver: Receiver, options?: StartOptions): Driftspan {
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const driftspan = start(options);
  onTestFinished(() => driftspan.shutdown());
  return driftspan;
}

/** The same for the metrics alone. */
export function metricsTowards(receiver: Receiver, options?: StartMetricsOptions): Driftspan {
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const driftspan = startMetrics(options);
  onTestFinished(() => driftspan.shutdown());
  return driftspan;
}

/** Everything that is told to diag until the test ends. */
export function toldToDiag(): string[] {
  const told: string[] = [];
  const tell = (...args: unknown[]) => void told.push(args.map(String).join(' '));
  const logger: DiagLogger = { error: tell, warn: tell, info: tell, debug: tell, verbose: tell };
  diag.setLogger(logger, DiagLogLevel.WARN);
  onTestFinished(() => diag.disable());
  return told;
}

/** The sum over the newest points of one model's metric. */
export function total(receiver: Receiver, metric: string, model: string): number {
  return sum(receiver.points(metric, { 'ml.model.name': model }));
}

export function sum(points: readonly MetricPoint[]): number {
  return points.reduce((all, { value, count }) => all + (value ?? count ?? 0), 0);
}

export function instanceId(points: readonly MetricPoint[]): unknown {
  return points[0]?.resource['service.instance.id'];
}

/** A log event of the application's own, through the provider that start() registered. */
export function logEvent(eventName: string): void {
  loggerProvider()
    ?.getLogger('app')
    .emit({ eventName, attributes: { of: 'the application' } });
}
