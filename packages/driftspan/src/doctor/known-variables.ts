/** What an environment variable is read by, and whether its value may be printed. */
export interface KnownVariable {
  readonly reader: string;
  /** What it may be, in lower case; several with commas where `list` is set. */
  readonly values?: readonly string[];
  readonly list?: true;
}

const START = 'start(), startMetrics() and register';
const SDK = 'the OpenTelemetry SDK';
const EXPORTERS = 'the exporters';
const PROTOCOLS = ['grpc', 'http/json', 'http/protobuf'];

const ONE_SIGNAL: Readonly<Record<string, KnownVariable>> = Object.fromEntries<KnownVariable>(
  ['', 'METRICS_', 'TRACES_', 'LOGS_'].flatMap(signal => [
    ...['ENDPOINT', 'HEADERS', 'TIMEOUT', 'CERTIFICATE', 'CLIENT_KEY', 'CLIENT_CERTIFICATE', 'INSECURE'].map(
      what => [`OTEL_EXPORTER_OTLP_${signal}${what}`, { reader: EXPORTERS }] as const,
    ),
    [`OTEL_EXPORTER_OTLP_${signal}COMPRESSION`, { reader: EXPORTERS, values: ['gzip', 'none'] }] as const,
    [`OTEL_EXPORTER_OTLP_${signal}PROTOCOL`, { reader: START, values: PROTOCOLS }] as const,
  ]),
);

const LIMITS = Object.fromEntries(
  [
    ...['OTEL_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'],
    ...['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_SPAN_EVENT_COUNT_LIMIT', 'OTEL_SPAN_LINK_COUNT_LIMIT'],
    ...[
      'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
      'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT',
      'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
    ],
    ...['OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT', 'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT'],
    ...['OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT'],
    ...['BSP', 'BLRP'].flatMap(batch =>
      ['SCHEDULE_DELAY', 'EXPORT_TIMEOUT', 'MAX_QUEUE_SIZE', 'MAX_EXPORT_BATCH_SIZE'].map(
        what => `OTEL_${batch}_${what}`,
      ),
    ),
  ].map(name => [name, { reader: SDK }] as const),
);

/** docs/environment.md says what each does. */
export const KNOWN_VARIABLES: ReadonlyMap<string, KnownVariable> = new Map<string, KnownVariable>([
  ['DRIFTSPAN_DISABLED', { reader: 'monitors, start() and register' }],
  ['DRIFTSPAN_CONFIG', { reader: 'register' }],
  ['OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT', { reader: 'monitors', values: ['no_content', 'span', 'event'] }],
  ['OTEL_SDK_DISABLED', { reader: START, values: ['true', 'false'] }],
  ['OTEL_CONFIG_FILE', { reader: SDK }],
  ['OTEL_SERVICE_NAME', { reader: START }],
  ['OTEL_RESOURCE_ATTRIBUTES', { reader: START }],
  [
    'OTEL_NODE_RESOURCE_DETECTORS',
    { reader: START, values: ['env', 'host', 'os', 'process', 'serviceinstance', 'all', 'none'], list: true },
  ],
  ['OTEL_LOG_LEVEL', { reader: START, values: ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] }],
  ['OTEL_PROPAGATORS', { reader: SDK }],
  ['OTEL_METRICS_EXPORTER', { reader: START, values: ['otlp', 'console', 'prometheus', 'none'], list: true }],
  ['OTEL_METRIC_EXPORT_INTERVAL', { reader: START }],
  ['OTEL_METRIC_EXPORT_TIMEOUT', { reader: START }],
  [
    'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    { reader: EXPORTERS, values: ['cumulative', 'delta', 'lowmemory'] },
  ],
  ['OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION', { reader: SDK }],
  ['OTEL_METRICS_EXEMPLAR_FILTER', { reader: SDK }],
  ['OTEL_EXPORTER_PROMETHEUS_HOST', { reader: START }],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', { reader: START }],
  ['OTEL_NODE_EXPERIMENTAL_SDK_METRICS', { reader: SDK, values: ['true', 'false'] }],
  ['OTEL_TRACES_EXPORTER', { reader: SDK }],
  ['OTEL_TRACES_SAMPLER', { reader: SDK }],
  ['OTEL_TRACES_SAMPLER_ARG', { reader: SDK }],
  ['OTEL_LOGS_EXPORTER', { reader: SDK }],
  ['OTEL_EXPORTER_ZIPKIN_ENDPOINT', { reader: SDK }],
  ['OTEL_SEMCONV_STABILITY_OPT_IN', { reader: 'instrumentations' }],
  ['OTEL_NODE_ENABLED_INSTRUMENTATIONS', { reader: 'auto-instrumentations' }],
  ['OTEL_NODE_DISABLED_INSTRUMENTATIONS', { reader: 'auto-instrumentations' }],
  ...Object.entries(ONE_SIGNAL),
  ...Object.entries(LIMITS),
]);

/** Names of these say that their value is nobody's business. */
const SECRET = /HEADERS|KEY|CERTIFICATE|TOKEN|SECRET|PASSWORD/;

/** A value that may be printed: headers by their names, keys and certificates not at all, URLs without who logs in and their query. */
export function redacted(name: string, value: string): string {
  if (name.includes('HEADERS')) {
    return value
      .split(',')
      .map(pair => `${pair.split('=')[0]!.trim()}=…`)
      .join(',');
  }
  if (SECRET.test(name)) return '…';
  return redactedUrl(value);
}

export function redactedUrl(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//…@').replace(/\?.*$/, '?…');
}
