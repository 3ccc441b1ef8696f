import protobuf from 'protobufjs/light.js';
import { ReceiverError } from './errors.js';

/**
 * The OTLP 1.x messages as they stand on the wire: field name in OTLP/JSON, then type and field number.
 * Only what a reader of the decoded shape may ask for is listed; every other field (exemplars, dropped counts,
 * schema URLs, entity references) is skipped as unknown. Enums are `int32`, which is the same varint.
 *
 * Source of the numbers: the OTLP 1.x protocol definition, https://opentelemetry.io/docs/specs/otlp/
 */
const FIELDS = {
  // Values and who sent them.
  AnyValue: {
    stringValue: 'string 1',
    boolValue: 'bool 2',
    intValue: 'int64 3',
    doubleValue: 'double 4',
    arrayValue: 'ArrayValue 5',
    kvlistValue: 'KeyValueList 6',
    bytesValue: 'bytes 7',
  },
  ArrayValue: { values: 'repeated AnyValue 1' },
  KeyValueList: { values: 'repeated KeyValue 1' },
  KeyValue: { key: 'string 1', value: 'AnyValue 2' },
  Resource: { attributes: 'repeated KeyValue 1' },
  Scope: { name: 'string 1', version: 'string 2' },

  // Traces.
  TracesRequest: { resourceSpans: 'repeated ResourceSpans 1' },
  ResourceSpans: { resource: 'Resource 1', scopeSpans: 'repeated ScopeSpans 2' },
  ScopeSpans: { scope: 'Scope 1', spans: 'repeated Span 2' },
  Span: {
    traceId: 'bytes 1',
    spanId: 'bytes 2',
    traceState: 'string 3',
    parentSpanId: 'bytes 4',
    name: 'string 5',
    kind: 'int32 6',
    startTimeUnixNano: 'fixed64 7',
    endTimeUnixNano: 'fixed64 8',
    attributes: 'repeated KeyValue 9',
    events: 'repeated SpanEvent 11',
    links: 'repeated SpanLink 13',
    status: 'SpanStatus 15',
    flags: 'fixed32 16',
  },
  SpanEvent: { timeUnixNano: 'fixed64 1', name: 'string 2', attributes: 'repeated KeyValue 3' },
  SpanLink: { traceId: 'bytes 1', spanId: 'bytes 2', attributes: 'repeated KeyValue 4' },
  SpanStatus: { message: 'string 2', code: 'int32 3' },

  // Metrics.
  MetricsRequest: { resourceMetrics: 'repeated ResourceMetrics 1' },
  ResourceMetrics: { resource: 'Resource 1', scopeMetrics: 'repeated ScopeMetrics 2' },
  ScopeMetrics: { scope: 'Scope 1', metrics: 'repeated Metric 2' },
  Metric: {
    name: 'string 1',
    description: 'string 2',
    unit: 'string 3',
    gauge: 'Gauge 5',
    sum: 'Sum 7',
    histogram: 'Histogram 9',
    exponentialHistogram: 'ExponentialHistogram 10',
    summary: 'Summary 11',
  },
  Gauge: { dataPoints: 'repeated NumberPoint 1' },
  Sum: { dataPoints: 'repeated NumberPoint 1', aggregationTemporality: 'int32 2', isMonotonic: 'bool 3' },
  Histogram: { dataPoints: 'repeated HistogramPoint 1', aggregationTemporality: 'int32 2' },
  ExponentialHistogram: { dataPoints: 'repeated ExponentialPoint 1', aggregationTemporality: 'int32 2' },
  Summary: { dataPoints: 'repeated SummaryPoint 1' },
  NumberPoint: {
    startTimeUnixNano: 'fixed64 2',
    timeUnixNano: 'fixed64 3',
    asDouble: 'double 4',
    asInt: 'sfixed64 6',
    attributes: 'repeated KeyValue 7',
  },
  HistogramPoint: {
    startTimeUnixNano: 'fixed64 2',
    timeUnixNano: 'fixed64 3',
    count: 'fixed64 4',
    sum: 'double 5',
    bucketCounts: 'repeated fixed64 6',
    explicitBounds: 'repeated double 7',
    attributes: 'repeated KeyValue 9',
    min: 'double 11',
    max: 'double 12',
  },
  ExponentialPoint: {
    attributes: 'repeated KeyValue 1',
    startTimeUnixNano: 'fixed64 2',
    timeUnixNano: 'fixed64 3',
    count: 'fixed64 4',
    sum: 'double 5',
    scale: 'sint32 6',
    zeroCount: 'fixed64 7',
    positive: 'Buckets 8',
    negative: 'Buckets 9',
    min: 'double 12',
    max: 'double 13',
    zeroThreshold: 'double 14',
  },
  Buckets: { offset: 'sint32 1', bucketCounts: 'repeated uint64 2' },
  SummaryPoint: {
    startTimeUnixNano: 'fixed64 2',
    timeUnixNano: 'fixed64 3',
    count: 'fixed64 4',
    sum: 'double 5',
    quantileValues: 'repeated QuantileValue 6',
    attributes: 'repeated KeyValue 7',
  },
  QuantileValue: { quantile: 'double 1', value: 'double 2' },

  // Logs.
  LogsRequest: { resourceLogs: 'repeated ResourceLogs 1' },
  ResourceLogs: { resource: 'Resource 1', scopeLogs: 'repeated ScopeLogs 2' },
  ScopeLogs: { scope: 'Scope 1', logRecords: 'repeated LogRecord 2' },
  LogRecord: {
    timeUnixNano: 'fixed64 1',
    severityNumber: 'int32 2',
    severityText: 'string 3',
    body: 'AnyValue 5',
    attributes: 'repeated KeyValue 6',
    traceId: 'bytes 9',
    spanId: 'bytes 10',
    observedTimeUnixNano: 'fixed64 11',
    eventName: 'string 12',
  },

  // The body of every answer that is not 200: google.rpc.Status.
  RpcStatus: { code: 'int32 1', message: 'string 2' },
} as const;

/** Ids are hex strings in OTLP/JSON; every other `bytes` field is base64, as protobuf's JSON mapping has it. */
export const HEX_FIELDS: ReadonlySet<string> = new Set(['traceId', 'spanId', 'parentSpanId']);

/** Makes the presence of every field explicit (a zero on the wire is not an absent one), and strings must be UTF-8. */
const EDITION = '2023';

function nested(): Record<string, protobuf.IType> {
  const types: Record<string, protobuf.IType> = {};
  for (const [name, fields] of Object.entries(FIELDS)) {
    const described: Record<string, protobuf.IField> = {};
    for (const [field, text] of Object.entries(fields)) {
      const [id = '', type = '', rule] = text.split(' ').reverse();
      described[field] = rule === undefined ? { type, id: Number(id) } : { rule, type, id: Number(id) };
    }
    types[name] = { edition: EDITION, fields: described };
  }
  return types;
}

// Without it protobufjs reads 64-bit integers as doubles, and a time in nanoseconds comes out up to 128 ns off.
if (!protobuf.util.Long) {
  throw new ReceiverError('ERR_RECEIVER_INT64', 'protobufjs', 'no usable `long` package', 'the one it depends on');
}

const root = protobuf.Root.fromJSON({ nested: { otlp: { nested: nested() } } }).resolveAll();

export type Signal = 'traces' | 'metrics' | 'logs';

export const REQUEST_TYPES: Readonly<Record<Signal, protobuf.Type>> = {
  traces: root.lookupType('otlp.TracesRequest'),
  metrics: root.lookupType('otlp.MetricsRequest'),
  logs: root.lookupType('otlp.LogsRequest'),
};

export const RPC_STATUS_TYPE: protobuf.Type = root.lookupType('otlp.RpcStatus');
