import { join } from 'node:path';
import { REPLICAS, type ReplicaOptions } from './replica-options.js';
import { ReplicaProcess } from './replica-process.js';

export interface FleetOptions {
  readonly month: number;
  readonly shuffled: boolean;
  readonly seed: number;
  /** Of all replicas together. */
  readonly flightsPerSecond: number;
  /** Where metrics are sent over OTLP. */
  readonly collector?: { readonly url: string; readonly intervalMs: number };
  /** Where Prometheus finds the replicas: the first port of as many, or 0 for free ones. */
  readonly servePort?: number;
  /** A folder for what each replica logs. */
  readonly logs?: string;
}

/** Eight replicas of one model, and those that took the place of one that ended. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #replicas: ReplicaProcess[];

  private constructor(options: FleetOptions, replicas: ReplicaProcess[]) {
    this.#options = options;
    this.#replicas = replicas;
  }

  /** Starts eight replicas, which wait for `takeFlights`. About 10 s on two processors. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const starting = Array.from({ length: REPLICAS }, (_, i) => ReplicaProcess.start(optionsOf(options, i)));
    const started = await Promise.allSettled(starting);
    const replicas = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = started.find(result => result.status === 'rejected');
    if (failed === undefined) return new Fleet(options, replicas);
    await Promise.all(replicas.map(replica => replica.kill()));
    throw failed.reason;
  }

  /** All there ever were, in order of their start. */
  get replicas(): readonly ReplicaProcess[] {
    return this.#replicas;
  }

  get running(): readonly ReplicaProcess[] {
    return this.#replicas.filter(({ running }) => running);
  }

  /** Asked about so far, of all replicas there ever were. */
  get flights(): number {
    return this.#replicas.reduce((sum, { flights }) => sum + flights, 0);
  }

  /** Where Prometheus finds them, as host:port. */
  get targets(): readonly string[] {
    return this.#replicas.flatMap(({ port }) => (port === undefined ? [] : [`127.0.0.1:${port}`]));
  }

  takeFlights(): void {
    for (const replica of this.#replicas) replica.takeFlights();
  }

  /** Drains one and starts another in its place, on the same port. */
  async replace(replica: ReplicaProcess): Promise<ReplicaProcess> {
    await replica.drain();
    const { seed, replica: index, replicas } = replica.options;
    // Another seed: a replica that starts anew is not asked the same again.
    const next = { ...optionsOf(this.#options, index), seed: seed + replicas };
    const successor = await ReplicaProcess.start({
      ...next,
      ...(replica.port === undefined ? {} : { servePort: replica.port }),
      ...(this.#options.logs === undefined ? {} : { log: logOf(this.#options.logs, this.#replicas.length) }),
    });
    this.#replicas.push(successor);
    successor.takeFlights();
    return successor;
  }

  /** Ends all that still run, with what they have not handed over. */
  async kill(): Promise<void> {
    await Promise.all(this.running.map(replica => replica.kill()));
  }

  /** Drains all that still run. */
  async drain(): Promise<void> {
    await Promise.all(this.running.map(replica => replica.drain()));
  }
}

function optionsOf(options: FleetOptions, replica: number): ReplicaOptions {
  const { month, shuffled, seed, flightsPerSecond, collector, servePort, logs } = options;
  return {
    month,
    shuffled,
    seed,
    replica,
    replicas: REPLICAS,
    flightsPerSecond,
    ...(collector === undefined ? {} : { collector }),
    ...(servePort === undefined ? {} : { servePort: servePort === 0 ? 0 : servePort + replica }),
    ...(logs === undefined ? {} : { log: logOf(logs, replica) }),
  };
}

function logOf(folder: string, number: number): string {
  return join(folder, `replica-${number}.rows`);
}
