/** Every way the command line refuses something. The table is in `docs/errors.md`. */
export type CliErrorCode =
  | 'ERR_CANCELLED'
  | 'ERR_DATA_COLUMN'
  | 'ERR_DATA_COLUMNS'
  | 'ERR_DATA_EMPTY'
  | 'ERR_DATA_ENCODING'
  | 'ERR_DATA_FILE'
  | 'ERR_DATA_FORMAT'
  | 'ERR_DATA_KIND'
  | 'ERR_DATA_PERSONAL'
  | 'ERR_DATA_TIME'
  | 'ERR_NOTHING_JUDGED'
  | 'ERR_USAGE';

/** The one error class of `driftspan`: printed without a stack, and with a hint of what to do. Never holds a row's value. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  /** The option, the base name of the file, or the column. */
  readonly where: string;
  readonly met: string;
  readonly expected: string;
  /** What to do, as a sentence or a command to paste. */
  readonly hint: string | undefined;

  constructor(
    code: CliErrorCode,
    where: string,
    met: string,
    expected: string,
    { hint, cause }: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(`${where}: met ${met}, expected ${expected} (${code})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.where = where;
    this.met = met;
    this.expected = expected;
    this.hint = hint;
  }
}
