/** Every way this package refuses a caller or gives up on a server; match on it. */
export type ServerErrorCode =
  | 'ERR_SERVER_ANSWER'
  | 'ERR_SERVER_BINARY'
  | 'ERR_SERVER_OPTION'
  | 'ERR_SERVER_START'
  | 'ERR_SERVER_TIMEOUT';

/** The one error class of `@driftspan/servers`. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;
  /** What was found. */
  readonly met: string;
  /** What would have been accepted. */
  readonly expected: string;

  constructor(code: ServerErrorCode, where: string, met: string, expected: string) {
    super(`${where}: met ${met}, expected ${expected} (${code})`);
    this.code = code;
    this.met = met;
    this.expected = expected;
  }
}
