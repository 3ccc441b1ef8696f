export type { Attributes, AttributeValue } from './attributes.js';
export { ReceiverError, type ReceiverErrorCode } from './errors.js';
export type { ReceivedLog } from './flatten-logs.js';
export type { ReceivedSpan, ReceivedSpanEvent, ReceivedSpanLink } from './flatten-spans.js';
export type { ReceivedRequest } from './http-endpoint.js';
export type { ExponentialBuckets, MetricPoint, MetricType, Temporality } from './metric-point.js';
export {
  DEFAULT_KEEP,
  DEFAULT_KEEP_SERIES,
  DEFAULT_MAX_BODY_BYTES,
  DEFAULT_WAIT_MS,
  type ReceiverOptions,
  type RespondOptions,
} from './options.js';
export type { Origin, Scope } from './origin.js';
export { type Receiver, startReceiver } from './receiver.js';
