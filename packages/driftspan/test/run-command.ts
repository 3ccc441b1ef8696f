import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');
/** What would change colours or telemetry of a test on somebody's machine. */
const OF_THE_CALLER = /^(OTEL_|DRIFTSPAN_|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$|VITEST|NODE_ENV$)/;

export interface CommandOptions {
  readonly stdin?: string | Uint8Array;
  /** Beside what the tests' own environment has, less what is meant for the command. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Aborted: the command gets a SIGINT. */
  readonly interrupt?: AbortSignal;
}

export interface CommandResult {
  /** 128 and the signal's number if it was ended by one. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `driftspan` as a process of its own, from source: about a second. Most tests are better served by `runHere`. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, ['--import', TSX, '-C', '@driftspan/source', BIN, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...plainEnvironment(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  // It may end without having read all.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  options.interrupt?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : 15)));
  });
  return { status, stdout, stderr };
}

/** The tests' environment without what would steer the command. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_CALLER.test(name)));
}
