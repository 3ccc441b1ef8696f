import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { ConsoleMetricExporter, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { text, type Warn, words } from './environment.js';
import { NodeError } from './errors.js';
import { fromSdk } from './from-sdk.js';
import { ScrapedReader } from './scraped-reader.js';

const VARIABLE = 'OTEL_METRICS_EXPORTER';

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

/** Where metrics leave the process. */
export interface MetricOutlets {
  readonly exporters: readonly PushMetricExporter[];
  readonly scraped: readonly ScrapedReader[];
}

/**
 * The exporter that was given, else those that OTEL_METRICS_EXPORTER asks for, none for `none`; they read endpoint, headers,
 * temporality and the rest themselves. An exporter we can't make is refused and not just told: unlike a protocol it has no
 * stand-in, and metrics that are silently missing are noticed when they are needed.
 *
 * @throws NodeError `ERR_START_METRICS_EXPORTER`
 */
export function metricOutlets(given: PushMetricExporter | undefined, warn: Warn): MetricOutlets {
  const exporters: PushMetricExporter[] = [];
  const scraped: ScrapedReader[] = [];
  for (const name of given === undefined ? asked() : []) {
    if (name === 'otlp') exporters.push(otlpExporter(warn));
    else if (name === 'console') exporters.push(new ConsoleMetricExporter());
    else if (name === 'prometheus') scraped.push(scrapedReader(warn));
    else throw refused(name, 'otlp, console, prometheus or none');
  }
  return { exporters: given === undefined ? exporters : [given], scraped };
}

function asked(): readonly string[] {
  const names = words(VARIABLE);
  if (names.includes('none')) return [];
  return names.length === 0 ? ['otlp'] : names;
}

function scrapedReader(warn: Warn): ScrapedReader {
  try {
    return new ScrapedReader(warn);
  } catch (cause) {
    throw refused('prometheus', "another one: what it needs of the Node SDK can't be loaded, as in a bundle", cause);
  }
}

function refused(name: string, expected: string, cause?: unknown): NodeError {
  return new NodeError('ERR_START_METRICS_EXPORTER', VARIABLE, JSON.stringify(name), expected, cause);
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
