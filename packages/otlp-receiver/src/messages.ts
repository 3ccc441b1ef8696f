/**
 * The decoded messages, the same from JSON and from protobuf: 64-bit integers are `bigint`, bytes are `Uint8Array`,
 * and a field that was not sent is not there. Names and nesting are those of `schema.ts`.
 */
export interface AnyValueMessage {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: bigint;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly AnyValueMessage[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValueMessage[] };
  readonly bytesValue?: Uint8Array;
}

export interface KeyValueMessage {
  readonly key?: string;
  readonly value?: AnyValueMessage;
}

interface Attributed {
  readonly attributes?: readonly KeyValueMessage[];
}

export interface ScopeMessage {
  readonly name?: string;
  readonly version?: string;
}

export interface SpanMessage extends Attributed {
  readonly traceId?: Uint8Array;
  readonly spanId?: Uint8Array;
  readonly traceState?: string;
  readonly parentSpanId?: Uint8Array;
  readonly name?: string;
  readonly kind?: number;
  readonly startTimeUnixNano?: bigint;
  readonly endTimeUnixNano?: bigint;
  readonly events?: readonly (Attributed & { readonly timeUnixNano?: bigint; readonly name?: string })[];
  readonly links?: readonly (Attributed & { readonly traceId?: Uint8Array; readonly spanId?: Uint8Array })[];
  readonly status?: { readonly message?: string; readonly code?: number };
  readonly flags?: number;
}

export interface TracesMessage {
  readonly resourceSpans?: readonly {
    readonly resource?: Attributed;
    readonly scopeSpans?: readonly { readonly scope?: ScopeMessage; readonly spans?: readonly SpanMessage[] }[];
  }[];
}

interface Timed extends Attributed {
  readonly startTimeUnixNano?: bigint;
  readonly timeUnixNano?: bigint;
}

interface Totals {
  readonly count?: bigint;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface NumberPointMessage extends Timed {
  readonly asDouble?: number;
  readonly asInt?: bigint;
}

export interface HistogramPointMessage extends Timed, Totals {
  readonly bucketCounts?: readonly bigint[];
  readonly explicitBounds?: readonly number[];
}

export interface BucketsMessage {
  readonly offset?: number;
  readonly bucketCounts?: readonly bigint[];
}

export interface ExponentialPointMessage extends Timed, Totals {
  readonly scale?: number;
  readonly zeroCount?: bigint;
  readonly zeroThreshold?: number;
  readonly positive?: BucketsMessage;
  readonly negative?: BucketsMessage;
}

export interface SummaryPointMessage extends Timed, Totals {
  readonly quantileValues?: readonly { readonly quantile?: number; readonly value?: number }[];
}

interface Points<P> {
  readonly dataPoints?: readonly P[];
  readonly aggregationTemporality?: number;
}

export interface MetricMessage {
  readonly name?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly gauge?: Points<NumberPointMessage>;
  readonly sum?: Points<NumberPointMessage> & { readonly isMonotonic?: boolean };
  readonly histogram?: Points<HistogramPointMessage>;
  readonly exponentialHistogram?: Points<ExponentialPointMessage>;
  readonly summary?: Points<SummaryPointMessage>;
}

export interface MetricsMessage {
  readonly resourceMetrics?: readonly {
    readonly resource?: Attributed;
    readonly scopeMetrics?: readonly { readonly scope?: ScopeMessage; readonly metrics?: readonly MetricMessage[] }[];
  }[];
}

export interface LogRecordMessage extends Attributed {
  readonly timeUnixNano?: bigint;
  readonly observedTimeUnixNano?: bigint;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: AnyValueMessage;
  readonly traceId?: Uint8Array;
  readonly spanId?: Uint8Array;
  readonly eventName?: string;
}

export interface LogsMessage {
  readonly resourceLogs?: readonly {
    readonly resource?: Attributed;
    readonly scopeLogs?: readonly {
      readonly scope?: ScopeMessage;
      readonly logRecords?: readonly LogRecordMessage[];
    }[];
  }[];
}

export interface Messages {
  readonly traces: TracesMessage;
  readonly metrics: MetricsMessage;
  readonly logs: LogsMessage;
}
