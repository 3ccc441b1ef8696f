/** All that a load process is told: one JSON document, its only argument. Where its telemetry goes is in its environment. */
export interface LoadOptions {
  /** The `service.name`; the Collector's page calls it `job`. */
  readonly service: string;
  /** Watched calls a second; as many bare ones go between them. */
  readonly callsPerSecond: number;
  /** Once in 2 s so many come at once, besides. */
  readonly burst: number;
}

/** Of one phase, times in milliseconds; NaN where nothing was called. */
export interface Latency {
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** What a load process saw between two questions. */
export interface LoadReport {
  readonly calls: number;
  readonly seconds: number;
  readonly bare: Latency;
  readonly watched: Latency;
  /** How late timers were. */
  readonly loopDelay: { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** Lines that were told to `diag` at level warn or worse. */
  readonly diagLines: number;
  /** Unhandled rejections and uncaught exceptions since the start. */
  readonly faults: readonly string[];
}

/** What a load process has counted in the plainest way since its start. */
export interface LoadTotals {
  readonly calls: number;
  readonly failed: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly right: number;
  readonly wrong: number;
  /** Spans that were sampled and ended. */
  readonly spans: number;
  /** Log events that were made. */
  readonly logs: number;
  /** Of `diag` since the start, by their first words. */
  readonly diag: Readonly<Record<string, number>>;
}

/** What it is asked, and answers once each. */
export type LoadQuestion = 'go' | 'report' | 'pause' | 'flush';

export type LoadAnswer =
  | { readonly to: 'go' }
  /** The load goes on after it. */
  | { readonly to: 'report'; readonly report: LoadReport }
  | { readonly to: 'pause'; readonly totals: LoadTotals }
  /** Heap and what stands beside it, after a garbage collection. */
  | { readonly to: 'flush'; readonly heapBytes: number };
