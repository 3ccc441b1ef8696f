import { count, monthName } from '@driftspan/example-flight-delays/words';
import type { Arguments } from './arguments.js';
import type { Answered } from './queries.js';
import { DEMO_RULES } from './servers.js';
import type { FleetStatus } from './status.js';

const LEVELS: Readonly<Record<number, string>> = {
  [-1]: 'not enough data',
  0: 'ok',
  1: 'notice',
  2: 'warning',
  3: 'critical',
};
const [SHORT, LONG] = DEMO_RULES.windows;

/** What runs, and where, before the first flight. */
export interface Started {
  readonly prometheus: { readonly url: string; readonly version: string };
  /** Its OTLP endpoint and its page; undefined where Prometheus scrapes the replicas. */
  readonly collector: { readonly otlpUrl: string; readonly prometheusUrl: string } | undefined;
  readonly targets: readonly string[];
}

export function introductionLines(args: Arguments): string[] {
  const { month, shuffled, flightsPerSecond, replicasOnly } = args;
  return [
    "A model trained on January's flights, served by eight processes: each has its own carriers and airports, and",
    `together they are asked about ${count(flightsPerSecond)} flights a second, ${trafficWords(month, shuffled)}.`,
    pathWords(args),
    ...(replicasOnly
      ? []
      : [
          `Rules sum up tiles of ${DEMO_RULES.tile} and judge the last ${SHORT} and ${LONG}, to have something to see; in earnest it is 5m, 1h and 1d.`,
        ]),
    '',
    'Starting, some 15 s …',
  ];
}

export function startedLines({ prometheus, collector, targets }: Started): string[] {
  return [
    '',
    `${`Prometheus ${prometheus.version}`.padEnd(17)}  ${prometheus.url}`,
    collector === undefined
      ? `replicas           ${targets.map(target => `http://${target}/metrics`).join(', ')}`
      : `Collector          OTLP at ${collector.otlpUrl}, for Prometheus at ${collector.prometheusUrl}`,
    '',
  ];
}

/** The scrape configuration, to paste. */
export function targetLines(targets: readonly string[]): string[] {
  return [
    '',
    'scrape_configs:',
    '  - job_name: flight-delays',
    '    static_configs:',
    `      - targets: [${targets.join(', ')}]`,
    '',
  ];
}

export function askedLine(flights: number): string {
  return `${count(flights)} flights`;
}

/** `8 replicas  48,211 flights  in 1m: 47,600, temp 10.21 from January (at least 9.87), critical  alerts: MlDriftCritical` */
export function liveLine(flights: number, { replicas, n, level, features, firing }: FleetStatus): string {
  const asked = `${replicas} replicas  ${count(flights)} flights  in ${SHORT}: ${count(n)}`;
  const [worst] = features;
  const distance =
    worst === undefined
      ? 'no distance yet'
      : `${worst.name} ${worst.psi.toFixed(2)} from January${Number.isNaN(worst.psiAtLeast) ? '' : ` (at least ${worst.psiAtLeast.toFixed(2)})`}`;
  const verdict = Number.isNaN(level) ? '' : `, ${LEVELS[level] ?? level}`;
  return `${asked}, ${distance}${verdict}  alerts: ${firing.length === 0 ? 'none' : firing.join(', ')}`;
}

export function queryLines(url: string, queries: readonly Answered[]): string[] {
  return [
    '',
    `To paste at ${url}/graph, and what they answer now:`,
    ...queries.flatMap(({ tells, promql, answer }) => [
      '',
      `  ${promql}`,
      `      ${tells}`,
      ...(answer.length === 0 ? ['        nothing'] : answer.map(line => `        ${line}`)),
    ]),
    '',
  ];
}

export function endLine({ flights, seconds }: { readonly flights: number; readonly seconds: number }): string {
  return `${count(flights)} flights in ${seconds.toFixed(0)} s. Everything is stopped.`;
}

function trafficWords(month: number, shuffled: boolean): string {
  if (shuffled) return "January's, drawn at random";
  return `${monthName(month)}'s, in their order`;
}

function pathWords({ direct, replicasOnly }: Arguments): string {
  if (replicasOnly) return 'A Prometheus of yours scrapes them.';
  return direct
    ? 'Prometheus scrapes each of them once a second.'
    : 'Each sends its counts to a Collector once a second, which Prometheus scrapes.';
}
