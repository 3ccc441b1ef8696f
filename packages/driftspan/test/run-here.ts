import { Readable } from 'node:stream';
import { run } from '../src/program.js';
import type { Io, Output } from '../src/terminal/io.js';
import type { CommandResult } from './run-command.js';

export interface HereOptions {
  readonly stdin?: string | Uint8Array;
  /** All of it: nothing of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Columns of a terminal that stdout and stderr are; without it they are none. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

export interface MemoryIo extends Io {
  readonly stdout: MemoryOutput;
  readonly stderr: MemoryOutput;
}

export interface MemoryOutput extends Output {
  readonly text: string;
}

/** An Io that keeps what is written. */
export function memoryIo({ stdin = '', env = {}, cwd = process.cwd(), columns, signal }: HereOptions = {}): MemoryIo {
  return {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: memoryOutput(columns),
    stderr: memoryOutput(columns),
    env,
    cwd,
    signal: signal ?? new AbortController().signal,
  };
}

/** Runs `driftspan` in this process: the same program, without the start of a process. */
export async function runHere(args: readonly string[], options: HereOptions = {}): Promise<CommandResult> {
  const io = memoryIo(options);
  const status = await run(args, io);
  return { status, stdout: io.stdout.text, stderr: io.stderr.text };
}

function memoryOutput(columns: number | undefined): MemoryOutput {
  let text = '';
  return {
    write(more) {
      text += more;
    },
    get text() {
      return text;
    },
    isTTY: columns !== undefined,
    columns,
  };
}
