import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadAnswer, LoadOptions, LoadQuestion, LoadReport, LoadTotals } from './load-options.js';

const SCRIPT = fileURLToPath(new URL('load.ts', import.meta.url));
const ARGUMENTS = ['--expose-gc', '--conditions', '@driftspan/source', '--import', 'tsx'];
/** The end of what it printed, for whoever asks why it ended. */
const KEPT_OUTPUT = 8_000;

export interface LoadEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** `load.ts` in a process of its own. */
export class LoadProcess {
  readonly service: string;
  readonly ended: Promise<LoadEnd>;
  readonly #child: ChildProcess;

  private constructor(service: string, child: ChildProcess, ended: Promise<LoadEnd>) {
    this.service = service;
    this.#child = child;
    this.ended = ended;
  }

  /** Resolves when it could begin. Nothing of this process's settings of telemetry reaches it but `variables`. */
  static async start(options: LoadOptions, variables: Readonly<Record<string, string>>): Promise<LoadProcess> {
    const child = fork(SCRIPT, [JSON.stringify(options)], {
      execArgv: ARGUMENTS,
      env: { ...plainEnvironment(), ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-KEPT_OUTPUT);
      });
    }
    const ended = once(child, 'close').then(([code, signal]): LoadEnd => ({ code, signal, output }));
    const load = new LoadProcess(options.service, child, ended);
    await load.#next();
    return load;
  }

  async go(): Promise<void> {
    await this.#ask('go');
  }

  /** What it saw since the last report; the load goes on. */
  async report(): Promise<LoadReport> {
    return (await this.#ask('report')).report;
  }

  /** Ends the load; what it has counted is final from then on. */
  async pause(): Promise<LoadTotals> {
    return (await this.#ask('pause')).totals;
  }

  /** Sends what there is; gives the bytes on the heap and beside it afterwards. */
  async flush(): Promise<number> {
    return (await this.#ask('flush')).heapBytes;
  }

  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async #ask<Q extends LoadQuestion>(question: Q): Promise<Extract<LoadAnswer, { to: Q }>> {
    this.#child.send(question);
    return (await this.#next()) as Extract<LoadAnswer, { to: Q }>;
  }

  async #next(): Promise<unknown> {
    const gone = this.ended.then(({ code, signal, output }) => {
      throw new Error(`the load ended (${signal ?? code}):\n${output}`);
    });
    // A later end is no news to whoever waits for this answer.
    gone.catch(() => {});
    const [message] = await Promise.race([once(this.#child, 'message'), gone]);
    return message;
  }
}

/** Without what a test runner or a terminal has set. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(OTEL|DRIFTSPAN|NODE_OPTIONS|VITEST)/.test(name));
  return Object.fromEntries(kept);
}
