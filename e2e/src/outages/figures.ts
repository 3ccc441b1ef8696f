import type { Arrivals } from './arrivals.js';
import type { Ledger } from './ledger.js';
import type { Latency } from './load-options.js';
import type { LoadOutcome, Outcome } from './run-outages.js';

/** What `docs/outages.json` holds: everything that `docs/outages.md` says in numbers. */
export interface Figures {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly platform: string;
    /** Processes that wanted one of the cores when it began, ours aside. */
    readonly loadAverage: number;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string;
  readonly date: string;
  readonly settings: {
    readonly callsPerSecond: number;
    readonly burst: number;
    readonly exportTimeoutMs: number;
    readonly metricIntervalMs: number;
  };
  readonly rounds: readonly Round[];
}

export interface Round {
  readonly protocol: string;
  readonly phases: readonly PhaseFigures[];
  readonly spans: Fates;
  readonly logs: Fates;
  /** Series of the model on the process's own page; those that differ on the Collector's. */
  readonly series: number;
  readonly seriesThatDiffer: number;
  readonly heapAfterMb: number;
  readonly diagLines: number;
  readonly ending: string;
}

export interface PhaseFigures {
  readonly phase: string;
  readonly seconds: number;
  readonly callsPerSecond: number;
  readonly bareUs: { readonly median: number; readonly p99: number };
  readonly watchedUs: { readonly median: number; readonly p99: number };
  readonly loopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly heapMb: number;
  readonly rssMb: number;
  /** Requests that came to the Collector's port, and those it took. */
  readonly tried: number;
  readonly taken: number;
  /** In this phase. */
  readonly spans: { readonly sent: number; readonly failed: number; readonly full: number };
  readonly logs: { readonly sent: number; readonly failed: number; readonly full: number };
}

export interface Fates {
  readonly made: number;
  readonly sent: number;
  readonly failed: number;
  readonly full: number;
  /** By the Collector, each counted once. */
  readonly taken: number;
  readonly takenTwice: number;
}

/** One round's figures, of a run with one process. */
export function roundOf(protocol: string, { loads, gate }: Outcome): Round {
  const load = loads[0]!;
  const { totals, ownSeries, collectorSeries } = load;
  return {
    protocol,
    phases: load.phases.map(({ phase, report }, index): PhaseFigures => {
      const before = load.phases[index - 1];
      const { loopDelay } = report;
      return {
        phase,
        seconds: rounded(report.seconds),
        callsPerSecond: Math.round(report.calls / report.seconds),
        bareUs: microseconds(report.bare),
        watchedUs: microseconds(report.watched),
        loopDelayMs: { p50: rounded(loopDelay.p50Ms), p99: rounded(loopDelay.p99Ms), max: rounded(loopDelay.maxMs) },
        heapMb: rounded(report.heapBytes / 1e6),
        rssMb: Math.round(report.rssBytes / 1e6),
        tried: gate[index]!.tried,
        taken: gate[index]!.taken,
        spans: since(load.phases[index]!.spans, before?.spans),
        logs: since(load.phases[index]!.logs, before?.logs),
      };
    }),
    spans: fatesOf(totals.spans, load.spans, load.takenSpans),
    logs: fatesOf(totals.logs, load.logs, load.takenLogs),
    series: ownSeries.size,
    seriesThatDiffer: [...ownSeries].filter(([key, value]) => collectorSeries.get(key) !== value).length,
    heapAfterMb: rounded(load.heapBytes / 1e6),
    diagLines: load.phases.at(-1)!.report.diagLines,
    ending: endingOf(load),
  };
}

function since(now: Ledger, before: Ledger | undefined) {
  return {
    sent: now.sent - (before?.sent ?? 0),
    failed: now.failed - (before?.failed ?? 0),
    full: now.full - (before?.full ?? 0),
  };
}

function fatesOf(made: number, { sent, failed, full }: Ledger, taken: Arrivals): Fates {
  const twice = [...taken.values()].filter(times => times > 1).length;
  return { made, sent, failed, full, taken: taken.size, takenTwice: twice };
}

function endingOf({ end, faults }: LoadOutcome): string {
  const how = end.signal === null ? `code ${end.code}` : `by ${end.signal}`;
  return faults.length === 0 ? how : `${how}, ${faults.length} escaped errors`;
}

function microseconds({ medianMs, p99Ms }: Latency) {
  return { median: rounded(1000 * medianMs), p99: rounded(1000 * p99Ms) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
