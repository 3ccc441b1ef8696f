import { type Attributes, type AttributeValue, toAttributes, toAttributeValue } from './attributes.js';
import { hexId } from './hex-id.js';
import type { LogRecordMessage, LogsMessage } from './messages.js';
import { type Origin, toOrigin, toResource } from './origin.js';

/** One log record as it was sent; `traceId` and `spanId` are there only for a record made within a span. */
export interface ReceivedLog extends Origin {
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  /** 0 unspecified, 1–4 TRACE, 5–8 DEBUG, 9–12 INFO, 13–16 WARN, 17–20 ERROR, 21–24 FATAL. */
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly eventName?: string;
  readonly traceId?: string;
  readonly spanId?: string;
}

/** The log records of one request, in the order they were sent. */
export function flattenLogs(message: LogsMessage): ReceivedLog[] {
  const logs: ReceivedLog[] = [];
  for (const { resource, scopeLogs = [] } of message.resourceLogs ?? []) {
    const attributes = toResource(resource);
    for (const { scope, logRecords = [] } of scopeLogs) {
      const origin = toOrigin(attributes, scope);
      for (const record of logRecords) logs.push(toLog(origin, record));
    }
  }
  return logs;
}

function toLog(origin: Origin, record: LogRecordMessage): ReceivedLog {
  return {
    ...origin,
    timeUnixNano: record.timeUnixNano ?? 0n,
    observedTimeUnixNano: record.observedTimeUnixNano ?? 0n,
    severityNumber: record.severityNumber ?? 0,
    severityText: record.severityText ?? '',
    body: toAttributeValue(record.body),
    attributes: toAttributes(record.attributes),
    ...(record.eventName ? { eventName: record.eventName } : {}),
    ...(record.traceId?.length ? { traceId: hexId(record.traceId) } : {}),
    ...(record.spanId?.length ? { spanId: hexId(record.spanId) } : {}),
  };
}
