import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ReplicaMessage, type ReplicaOptions, TAKE_FLIGHTS } from './replica-options.js';

const SCRIPT = fileURLToPath(new URL('replica.ts', import.meta.url));
/** As the packages of this repository are run without a build. */
const FROM_SOURCE = ['--import', 'tsx', '--conditions', '@driftspan/source'];
/** The last lines of what a replica printed, for whoever asks why it ended. */
const KEPT_OUTPUT = 4_000;

/** A replica as a process of its own. */
export class ReplicaProcess {
  readonly options: ReplicaOptions;
  readonly instanceId: string;
  /** Where Prometheus finds its metrics, if they are served. */
  readonly port: number | undefined;
  readonly ended: Promise<void>;
  /** How many flights it said it was asked about. */
  flights = 0;
  readonly #child: ChildProcess;

  private constructor(options: ReplicaOptions, child: ChildProcess, { instanceId, port }: Ready) {
    this.options = options;
    this.instanceId = instanceId;
    this.port = port;
    this.#child = child;
    this.ended = new Promise(resolve => child.once('exit', () => resolve()));
    child.on('message', (message: ReplicaMessage) => {
      if (message.is === 'asked') this.flights = message.flights;
    });
  }

  /** Resolves when it has loaded model, baseline and flights, and every series of it is there; about 2 s of a processor. */
  static async start(options: ReplicaOptions): Promise<ReplicaProcess> {
    const child = fork(SCRIPT, [JSON.stringify(options)], {
      execArgv: FROM_SOURCE,
      env: withoutTelemetrySettings(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-KEPT_OUTPUT);
      });
    }
    const gone = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`a replica ended before it was ready (${signal ?? code}):\n${output}`);
    });
    const [message] = (await Promise.race([once(child, 'message'), gone])) as [ReplicaMessage];
    // A later end is no news to whoever waits for the start.
    gone.catch(() => {});
    child.once('exit', code => {
      // Asked to, it ends with 0 or by a signal.
      if (code !== 0 && code !== null) process.stderr.write(`a replica ended with ${code}:\n${output}\n`);
    });
    if (message.is !== 'ready') throw new Error(`a replica began with ${message.is}`);
    return new ReplicaProcess(options, child, message);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  takeFlights(): void {
    this.#child.send(TAKE_FLIGHTS);
  }

  /** Takes no more flights, hands over what it counted, and ends. */
  async drain(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.ended;
  }

  /** Ends it between two instructions, with all that was not exported. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

type Ready = Extract<ReplicaMessage, { is: 'ready' }>;

/** A setting meant for something else would send the metrics there. */
function withoutTelemetrySettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|DRIFTSPAN_|NODE_OPTIONS)/.test(name)),
  );
}
