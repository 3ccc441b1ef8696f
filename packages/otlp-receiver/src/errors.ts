/** Every way this package refuses a caller; match on it. What a client of the socket meets is an HTTP status instead. */
export type ReceiverErrorCode =
  | 'ERR_RECEIVER_CLOSED'
  | 'ERR_RECEIVER_INT64'
  | 'ERR_RECEIVER_OPTION'
  | 'ERR_RECEIVER_TIMEOUT';

/** The one error class of `@driftspan/otlp-receiver`. */
export class ReceiverError extends Error {
  override readonly name = 'ReceiverError';
  readonly code: ReceiverErrorCode;
  /** What was found. */
  readonly met: string;
  /** What would have been accepted. */
  readonly expected: string;

  constructor(code: ReceiverErrorCode, where: string, met: string, expected: string) {
    super(`${where}: met ${met}, expected ${expected} (${code})`);
    this.code = code;
    this.met = met;
    this.expected = expected;
  }
}
