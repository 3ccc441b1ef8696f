import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  /** Resolves when the line has been printed. */
  says(line: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** How it ended, and everything it printed. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>;
}

/** Runs a script of `fixtures/` from source in a process of its own. */
export function runChild(fixture: string, variables: Readonly<Record<string, string>>, ...args: string[]): Child {
  const script = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  return runScript(['--conditions', '@driftspan/source', '--import', 'tsx', script, ...args], variables);
}

/** Runs Node with these arguments; killed when the test ends before it does. */
export function runScript(args: readonly string[], variables: Readonly<Record<string, string>>): Child {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...plainEnvironment(), ...variables },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      child.emit('printed');
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, output }));
  return {
    ended,
    signal: signal => void child.kill(signal),
    async says(line) {
      while (!output.split('\n').includes(line)) {
        const gone = await Promise.race([once(child, 'printed').then(() => false), ended.then(() => true)]);
        if (gone && !output.split('\n').includes(line)) throw new Error(`ended without saying ${line}:\n${output}`);
      }
    },
  };
}

/** Without what a test or the test runner has set. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(OTEL|DRIFTSPAN|NODE_OPTIONS|VITEST)/.test(name));
  return Object.fromEntries(kept);
}
