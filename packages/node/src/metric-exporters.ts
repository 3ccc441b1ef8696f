import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { ConsoleMetricExporter, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { text, type Warn, words } from './environment.js';
import { NodeError } from './errors.js';
import { fromSdk } from './from-sdk.js';

/**
 * http/json needs no package besides our declared peers, so it works in every installation, bundles included. The
 * specification's default, http/protobuf, is what the SDK takes for traces: both reach the same port of a collector.
 */
const DEFAULT_PROTOCOL = 'http/json';

/** Those that are not our peers; the Node SDK depends on them. */
const OPTIONAL: Readonly<Record<string, string>> = {
  grpc: '@opentelemetry/exporter-metrics-otlp-grpc',
  'http/protobuf': '@opentelemetry/exporter-metrics-otlp-proto',
};

/**
 * The exporters OTEL_METRICS_EXPORTER asks for, none for `none`; they read endpoint, headers, temporality and the rest
 * themselves. An exporter we can't make is refused and not just told: unlike a protocol it has no stand-in, and metrics
 * that are silently missing are noticed when they are needed.
 *
 * @throws NodeError `ERR_START_METRICS_EXPORTER`
 */
export function metricExporters(warn: Warn): PushMetricExporter[] {
  const asked = words('OTEL_METRICS_EXPORTER');
  if (asked.includes('none')) return [];
  return (asked.length === 0 ? ['otlp'] : asked).map(name => {
    if (name === 'otlp') return otlpExporter(warn);
    if (name === 'console') return new ConsoleMetricExporter();
    throw new NodeError(
      'ERR_START_METRICS_EXPORTER',
      'OTEL_METRICS_EXPORTER',
      JSON.stringify(name),
      name === 'prometheus'
        ? 'otlp, console or none: start() does not serve Prometheus yet; a collector can, from OTLP'
        : 'otlp, console or none',
    );
  });
}

function otlpExporter(warn: Warn): PushMetricExporter {
  const name = 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL';
  const protocol = text(name) ?? text('OTEL_EXPORTER_OTLP_PROTOCOL') ?? DEFAULT_PROTOCOL;
  const packageName = OPTIONAL[protocol];
  if (packageName !== undefined) {
    try {
      const loaded = fromSdk(packageName) as { OTLPMetricExporter: new () => PushMetricExporter };
      return new loaded.OTLPMetricExporter();
    } catch (error) {
      warn(`${packageName} for OTLP over ${protocol} can't be used, http/json is: ${String(error)}`);
    }
  } else if (protocol !== DEFAULT_PROTOCOL) {
    warn(`${name}: met ${JSON.stringify(protocol)}, expected grpc, http/protobuf or http/json; http/json is used`);
  }
  return new OTLPMetricExporter();
}
