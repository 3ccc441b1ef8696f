import type { Io, Output } from './io.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const STATUS_OF = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * This process as an {@link Io}, once. The first SIGINT or SIGTERM aborts the signal, so that what was begun can be removed; a second
 * one ends the process at once. A reader that goes away (`| head`) is no error: what is left to be written is dropped, and the exit
 * status remains that of the work.
 */
export function processIo(): Io {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(STATUS_OF[name]);
      controller.abort(name);
    });
  }
  return {
    // Made when it is first asked for: most commands never read it.
    get stdin() {
      return process.stdin;
    },
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    signal: controller.signal,
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  stream.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
  return {
    write(text) {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    // Read at each use: a terminal can be resized.
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
  };
}
