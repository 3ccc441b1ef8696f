import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoundedLog } from './bounded-log.js';
import { ServerError } from './errors.js';

/** Between SIGTERM and SIGKILL. A Collector flushes its queues in it; Prometheus writes its log of samples. */
export const GRACE_MS = 10_000;
/** A cold start of either takes 1 to 3 s on two busy cores. */
const READY_MS = 60_000;
const POLL_MS = 50;

/**
 * Ends the server and removes its folder when this process is gone, however it went: its standard input is a pipe of
 * ours, and the system closes that also after a SIGKILL. $1 is the server, $2 the folder or empty.
 */
const WATCH = 'trap "" INT TERM HUP; read -r _; kill -KILL "$1" 2>/dev/null; [ -z "$2" ] || rm -rf "$2"';

/** A child process that listens, from its start to its end. */
export class ServerProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #watcher: ChildProcess;
  readonly #folder: string | undefined;
  readonly #log = new BoundedLog();
  readonly #ended: Promise<unknown>;
  #running = true;
  #stopping: Promise<void> | undefined;

  /** `folder` is the process's own: removed when it has ended. @throws ServerError `ERR_SERVER_START` when the system can't start it */
  static async start(name: string, bin: string, args: readonly string[], folder?: string): Promise<ServerProcess> {
    // A group of its own: Ctrl-C at a terminal reaches only the program that started it, which ends things in its order.
    const child = spawn(bin, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      await once(child, 'spawn');
    } catch (error) {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
      throw new ServerError('ERR_SERVER_START', name, String(error), `${bin} to be a program for this machine`);
    }
    return new ServerProcess(name, child, folder);
  }

  private constructor(name: string, child: ChildProcess, folder: string | undefined) {
    this.#name = name;
    this.#child = child;
    this.#folder = folder;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#log.add(text));
    }
    this.#ended = once(child, 'close').then(() => {
      this.#running = false;
    });
    this.#watcher = spawn('sh', ['-c', WATCH, 'watch', String(child.pid), folder ?? ''], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#watcher.unref();
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get running(): boolean {
    return this.#running;
  }

  /** The newest output, both streams together. */
  log(): string {
    return this.#log.text();
  }

  /**
   * Resolves when `probe` does without throwing.
   *
   * @throws ServerError `ERR_SERVER_START` when the process ended before, `ERR_SERVER_TIMEOUT` after a minute; both end it and give the end of its output
   */
  async ready(probe: () => Promise<void>): Promise<void> {
    const deadline = performance.now() + READY_MS;
    let last: unknown;
    while (this.#running && performance.now() < deadline) {
      try {
        await probe();
        return;
      } catch (error) {
        last = error;
      }
      await Promise.race([sleep(POLL_MS), this.#ended]);
    }
    const ended = !this.#running;
    await this.kill();
    const output = this.log().trim().slice(-2_000) || 'no output';
    if (ended)
      throw new ServerError('ERR_SERVER_START', this.#name, `it ended at once, saying:\n${output}\n`, 'it to stay');
    const met = `${String(last)}, its output:\n${output}\n`;
    throw new ServerError('ERR_SERVER_TIMEOUT', this.#name, met, `it to answer within ${READY_MS} ms`);
  }

  /** SIGTERM, and SIGKILL after `GRACE_MS`. Resolves when the process is gone and its folder removed. Idempotent. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end('SIGTERM');
    return this.#stopping;
  }

  /** SIGKILL: nothing is flushed. Resolves as `stop` does, also where `stop` was called before. */
  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    this.#stopping ??= this.#end('SIGKILL');
    return this.#stopping;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#running) this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    await this.#ended;
    clearTimeout(timer);
    // First, so that it can't take the number for a process that came after.
    this.#watcher.kill('SIGKILL');
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}
