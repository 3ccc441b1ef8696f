import { setTimeout as sleep } from 'node:timers/promises';
import { startCollector } from '@driftspan/servers';
import { type Arguments, FIRST_PORT } from './arguments.js';
import { Fleet } from './fleet.js';
import type { Started } from './printed.js';
import { type Answered, answered, queriesOf } from './queries.js';
import { DEMO_RULES, EXPORT_INTERVAL_MS, scrapeTargets, startPrometheusWithRules } from './servers.js';
import { type FleetStatus, fleetStatus } from './status.js';

const SEED = 2013;
const LOOK_MS = 1000;
const [SHORT] = DEMO_RULES.windows;
/** The short window, and a tile and the lag until it is summed up. */
const FIRST_WINDOW_MS = 70_000;

export interface FleetListener {
  started(started: Started): void;
  /** Once a second. */
  status(flights: number, status: FleetStatus): void;
  /** Once: as soon as the short window is full, or where `forMs` is over before that. */
  answers(prometheusUrl: string, queries: readonly Answered[]): void;
}

/** How it stood at the end, while everything still ran. */
export interface FleetResult {
  /** Its version. */
  readonly prometheus: string;
  readonly seconds: number;
  readonly flights: number;
  readonly window: string;
  readonly status: FleetStatus;
  readonly queries: readonly Answered[];
}

/**
 * Starts Collector, Prometheus and replicas, looks once a second until the time is over or the signal is aborted, and ends them
 * in their order: replicas drain while there is somebody to send to.
 *
 * @throws ServerError where a server can't be started.
 */
export async function runFleet(
  { direct, month, shuffled, flightsPerSecond, forMs = Number.POSITIVE_INFINITY }: Arguments,
  listener: FleetListener,
  signal: AbortSignal,
): Promise<FleetResult> {
  const ending: (() => Promise<void>)[] = [];
  try {
    const collector = direct ? undefined : await startCollector();
    if (collector !== undefined) ending.push(() => collector.stop());
    const fleet = await Fleet.start({
      month,
      shuffled,
      seed: SEED,
      flightsPerSecond,
      ...(collector === undefined
        ? { servePort: 0 }
        : { collector: { url: collector.otlpUrl, intervalMs: EXPORT_INTERVAL_MS } }),
    });
    ending.push(() => fleet.drain());
    // Replicas are there, at zero, before the rules look for the first time: what they count is counted from its beginning.
    const prometheus = await startPrometheusWithRules(scrapeTargets(collector, fleet.targets), DEMO_RULES);
    ending.splice(ending.length - 1, 0, () => prometheus.stop());
    listener.started({ prometheus, collector, targets: fleet.targets });
    fleet.takeFlights();

    const elapsedMs = stopwatch();
    let told = false;
    while (elapsedMs() < forMs && !signal.aborted) {
      await sleep(Math.min(LOOK_MS, forMs - elapsedMs()), undefined, { signal }).catch(() => {});
      listener.status(fleet.flights, await fleetStatus(prometheus, SHORT));
      if (told || elapsedMs() < FIRST_WINDOW_MS) continue;
      told = true;
      listener.answers(prometheus.url, await answered(prometheus, queriesOf(SHORT)));
    }
    const queries = await answered(prometheus, queriesOf(SHORT));
    if (!told && !signal.aborted) listener.answers(prometheus.url, queries);
    return {
      prometheus: prometheus.version,
      seconds: elapsedMs() / 1000,
      flights: fleet.flights,
      window: SHORT,
      status: await fleetStatus(prometheus, SHORT),
      queries,
    };
  } finally {
    for (const end of ending.reverse()) await end();
  }
}

/** Only the replicas, for somebody else's Prometheus. Resolves with what they were asked. */
export async function runReplicas(
  { month, shuffled, flightsPerSecond, forMs = Number.POSITIVE_INFINITY }: Arguments,
  listener: { started(targets: readonly string[]): void; status(flights: number): void },
  signal: AbortSignal,
): Promise<{ readonly flights: number; readonly seconds: number }> {
  const fleet = await Fleet.start({ month, shuffled, seed: SEED, flightsPerSecond, servePort: FIRST_PORT });
  try {
    listener.started(fleet.targets);
    fleet.takeFlights();
    const elapsedMs = stopwatch();
    while (elapsedMs() < forMs && !signal.aborted) {
      await sleep(Math.min(LOOK_MS, forMs - elapsedMs()), undefined, { signal }).catch(() => {});
      listener.status(fleet.flights);
    }
    return { flights: fleet.flights, seconds: elapsedMs() / 1000 };
  } finally {
    await fleet.drain();
  }
}

function stopwatch(): () => number {
  const startMs = performance.now();
  return () => performance.now() - startMs;
}
