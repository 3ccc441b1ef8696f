import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const EXAMPLE = fileURLToPath(new URL('..', import.meta.url));
/** As the script `demo` does: one process, which gets the signals itself. */
const RUN = ['--import', 'tsx', '-C', '@driftspan/source', 'src/main.ts'];

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly finished: Promise<Finished>;
  /** Settles once standard output holds the text. */
  printed(text: string): Promise<void>;
  interrupt(): void;
}

/** The demo as a process of its own, its output going through pipes. */
export function startDemo(args: readonly string[], env: Record<string, string> = {}): Running {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|DRIFTSPAN_|NODE_OPTIONS|FORCE_COLOR)/.test(name),
  );
  const child = spawn(process.execPath, [...RUN, ...args], {
    cwd: EXAMPLE,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, stdout, stderr }));
  });
  return {
    finished,
    printed: text =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text)) resolve();
        };
        child.stdout.on('data', look);
        look();
        void finished.then(({ code }) => reject(new Error(`ended with ${code} before it printed ${text}: ${stderr}`)));
      }),
    interrupt: () => child.kill('SIGINT'),
  };
}

export function runDemo(args: readonly string[], env?: Record<string, string>): Promise<Finished> {
  return startDemo(args, env).finished;
}
