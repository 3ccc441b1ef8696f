import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Fact } from './tally.js';

/** What a replica says it counted. */
export interface Counted {
  readonly facts: readonly Fact[];
  readonly spans: number;
  readonly logs: number;
  /** Of the page it serves. */
  readonly port?: number;
}

export interface Replica {
  /** Of the page; 0 where it pushes. */
  readonly port: number;
  /** Predicts. */
  serve(count: number): Promise<Counted>;
  /** Exports all that was counted. */
  flush(): Promise<Counted>;
  /** Exports, shuts down and waits for the end of the process. */
  end(): Promise<Counted>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Starts `replica.ts` in a process of its own; killed when the test ends before it does. */
export async function startReplica(
  mode: 'push' | 'page',
  variables: Readonly<Record<string, string>>,
): Promise<Replica> {
  const script = fileURLToPath(new URL('replica.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions', '@driftspan/source', '--import', 'tsx', script, mode], {
    env: { ...plainEnvironment(), ...variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Counted> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the replica ended without an answer:\n${errors}`);
    return JSON.parse(value) as Counted;
  };
  const ask = (line: string): Promise<Counted> => {
    child.stdin.write(`${line}\n`);
    return answer();
  };
  const { port = 0 } = await answer();
  return {
    port,
    serve: count => ask(`serve ${count}`),
    flush: () => ask('flush'),
    async end() {
      const counted = await ask('end');
      const [code] = await ended;
      if (code !== 0) throw new Error(`the replica ended with ${code}:\n${errors}`);
      return counted;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Without what a test runner or a terminal has set. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(OTEL|DRIFTSPAN|NODE_OPTIONS|VITEST)/.test(name));
  return Object.fromEntries(kept);
}
