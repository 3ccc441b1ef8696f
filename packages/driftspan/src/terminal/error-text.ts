import type { Colours } from './colours.js';
import { printable } from './words.js';

/** The shape of every error class of this repository: CliError, FileError, SketchError, FleetError. */
export interface ExpectedError extends Error {
  readonly code: string;
  readonly where: string;
  readonly met: string;
  readonly expected: string;
  readonly hint?: string;
}

/** Recognised by shape: to ask for the class would load every package before `--help`. */
export function isExpectedError(error: unknown): error is ExpectedError {
  return (
    error instanceof Error &&
    ['code', 'where', 'met', 'expected'].every(
      field => typeof (error as unknown as Record<string, unknown>)[field] === 'string',
    )
  );
}

/** `error: train.csv: met 3 columns, expected 4 (ERR_DATA_FORMAT)`, and a line of what to do where that is known. */
export function errorText(error: unknown, colours: Colours): string {
  if (isExpectedError(error)) {
    const hint = error.hint === undefined ? '' : `${colours.cyan('hint:')} ${printable(error.hint)}\n`;
    const { where, met, expected, code } = error;
    const sentence = printable(`${where}: met ${met}, expected ${expected}`);
    return `${colours.bold(colours.red('error:'))} ${sentence} ${colours.dim(`(${code})`)}\n${hint}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${colours.bold(colours.red('error:'))} something that should not happen has happened. Please report this with the command that was run:
${stack}
`;
}
