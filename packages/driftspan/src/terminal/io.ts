/** What a command may touch of its process; tests give their own. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Results, which a machine may read. */
  readonly stdout: Output;
  /** Progress, notes and errors. */
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Aborted by SIGINT and SIGTERM; its reason is the signal's name. What was begun is then removed. */
  readonly signal: AbortSignal;
  /** `--quiet`: neither notes nor progress. Results and errors are written all the same. */
  readonly quiet?: boolean;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Undefined where it is no terminal. */
  readonly columns: number | undefined;
}

/** A line on stderr that a person may want and a machine does not; nothing with `--quiet`. */
export function note(io: Io, text: string): void {
  if (io.quiet !== true) io.stderr.write(`${text}\n`);
}
