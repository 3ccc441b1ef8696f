import { type Attributes, toAttributes } from './attributes.js';
import { hexId } from './hex-id.js';
import type { SpanMessage, TracesMessage } from './messages.js';
import { type Origin, toOrigin, toResource } from './origin.js';

export interface ReceivedSpanEvent {
  readonly name: string;
  readonly timeUnixNano: bigint;
  readonly attributes: Attributes;
}

export interface ReceivedSpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** One span as it was sent. Ids are lower-case hex; a root span has no `parentSpanId`. */
export interface ReceivedSpan extends Origin {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState: string;
  /** The W3C trace flags in the low 8 bits. */
  readonly flags: number;
  readonly name: string;
  /** 0 unspecified, 1 INTERNAL, 2 SERVER, 3 CLIENT, 4 PRODUCER, 5 CONSUMER: one more than the API's SpanKind. */
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: Attributes;
  /** code: 0 UNSET, 1 OK, 2 ERROR. */
  readonly status: { readonly code: number; readonly message: string };
  readonly events: readonly ReceivedSpanEvent[];
  readonly links: readonly ReceivedSpanLink[];
}

/** The spans of one request, in the order they were sent. */
export function flattenSpans(message: TracesMessage): ReceivedSpan[] {
  const spans: ReceivedSpan[] = [];
  for (const { resource, scopeSpans = [] } of message.resourceSpans ?? []) {
    const attributes = toResource(resource);
    for (const { scope, spans: sent = [] } of scopeSpans) {
      const origin = toOrigin(attributes, scope);
      for (const span of sent) spans.push(toSpan(origin, span));
    }
  }
  return spans;
}

function toSpan(origin: Origin, span: SpanMessage): ReceivedSpan {
  return {
    ...origin,
    traceId: hexId(span.traceId),
    spanId: hexId(span.spanId),
    ...(span.parentSpanId?.length ? { parentSpanId: hexId(span.parentSpanId) } : {}),
    traceState: span.traceState ?? '',
    flags: span.flags ?? 0,
    name: span.name ?? '',
    kind: span.kind ?? 0,
    startTimeUnixNano: span.startTimeUnixNano ?? 0n,
    endTimeUnixNano: span.endTimeUnixNano ?? 0n,
    attributes: toAttributes(span.attributes),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? '' },
    events: (span.events ?? []).map(event => ({
      name: event.name ?? '',
      timeUnixNano: event.timeUnixNano ?? 0n,
      attributes: toAttributes(event.attributes),
    })),
    links: (span.links ?? []).map(link => ({
      traceId: hexId(link.traceId),
      spanId: hexId(link.spanId),
      attributes: toAttributes(link.attributes),
    })),
  };
}
