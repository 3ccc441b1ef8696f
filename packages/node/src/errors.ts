/** Every way this package refuses something; users match on it. The table is in `docs/errors.md`. */
export type NodeErrorCode = 'ERR_CONFIG' | 'ERR_START_CONFIG_FILE' | 'ERR_START_METRICS_EXPORTER' | 'ERR_START_OPTION';

/** The one error class of `@driftspan/node`; a baseline file is refused by a FileError, what it holds by sketch's SketchError. */
export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly code: NodeErrorCode;
  /** The option, the environment variable, or the base name of the file, with the field in it. */
  readonly where: string;
  readonly met: string;
  readonly expected: string;

  constructor(code: NodeErrorCode, where: string, met: string, expected: string, cause?: unknown) {
    super(`${where}: met ${met}, expected ${expected} (${code})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.where = where;
    this.met = met;
    this.expected = expected;
  }
}
