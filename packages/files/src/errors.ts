/** Every way this package refuses something; users match on it. The table is in `docs/errors.md`. */
export type FileErrorCode = 'ERR_BASELINE_FILE' | 'ERR_OUTPUT_FILE';

/** The one error class of `@driftspan/files`; what a baseline file holds is refused by sketch's SketchError instead. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;
  /** The base name of the file. */
  readonly where: string;
  readonly met: string;
  readonly expected: string;

  constructor(code: FileErrorCode, where: string, met: string, expected: string, cause?: unknown) {
    super(`${where}: met ${met}, expected ${expected} (${code})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.where = where;
    this.met = met;
    this.expected = expected;
  }
}
