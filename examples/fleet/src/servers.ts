import { alertRules, type RuleOptions, recordingRules, rulesYaml } from '@driftspan/fleet';
import {
  findCollector,
  findPrometheus,
  type PrometheusOptions,
  type RunningCollector,
  type RunningPrometheus,
  type ScrapeTarget,
  startPrometheus,
} from '@driftspan/servers';

/** Of the replicas to the Collector; Prometheus scrapes as often. */
export const EXPORT_INTERVAL_MS = 1000;

/**
 * Fast, so that there is something to see within a minute. In earnest the defaults are right: tiles of 5 minutes, windows of an hour and
 * a day. A budget of one false alarm a month is spread over sixty times as many looks here.
 */
export const DEMO_RULES = {
  tile: '5s',
  windows: ['1m', '5m'],
  lag: '2s',
  lookback: '5m',
  for: '15s',
} as const satisfies RuleOptions;

/** What Prometheus is told of where the metrics are. */
export function scrapeTargets(collector: RunningCollector | undefined, replicas: readonly string[]): ScrapeTarget[] {
  return collector === undefined
    ? [{ job: 'flight-delays', targets: replicas }]
    : // The Collector's page names job and instance of each replica.
      [{ job: 'collector', targets: [`127.0.0.1:${collector.prometheusPort}`], honorLabels: true }];
}

/** Prometheus with the rules and the alerts loaded. @param options another interval than a second, another Prometheus than the first found. */
export function startPrometheusWithRules(
  scrape: readonly ScrapeTarget[],
  rules: RuleOptions,
  options: Pick<PrometheusOptions, 'bin' | 'scrapeInterval'> = {},
): Promise<RunningPrometheus> {
  return startPrometheus({
    ...options,
    scrape,
    rules: {
      'driftspan.rules.yml': rulesYaml(recordingRules(rules)),
      'driftspan.alerts.yml': rulesYaml(alertRules(rules)),
    },
  });
}

export interface Binaries {
  readonly collector: string | undefined;
  readonly prometheus: string | undefined;
}

/** Which of them are on this machine. @throws ServerError for a variable that names none. */
export function findBinaries(): Binaries {
  return { collector: findCollector(), prometheus: findPrometheus() };
}

/** What is missing and how to get it, or undefined. */
export function missingServers({ collector, prometheus }: Binaries, direct: boolean): string | undefined {
  const missing = [
    ...(collector === undefined && !direct ? ['the OpenTelemetry Collector (OTELCOL_BIN)'] : []),
    ...(prometheus === undefined ? ['Prometheus (PROMETHEUS_BIN)'] : []),
  ];
  if (missing.length === 0) return undefined;
  return [
    `Missing: ${missing.join(' and ')}.`,
    'npm run fleet-tools builds both where Go is at hand; or name a program in the variable, or put it on the PATH.',
    ...(prometheus === undefined ? [] : ['With Prometheus alone: npm run fleet -- --direct']),
  ].join('\n');
}
