import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { freePort, type RunningCollector, startCollector } from '@driftspan/servers';
import type { PageSample } from '../prometheus-page.js';
import { type Arrivals, type FileContent, readCollectorFile, TakenItems } from './arrivals.js';
import { FaultGate, type GateCounts } from './fault-gate.js';
import { type Ledger, ledgerOf, modelSeries, pageAt } from './ledger.js';
import type { LoadOptions, LoadReport, LoadTotals } from './load-options.js';
import { type LoadEnd, LoadProcess } from './load-process.js';
import type { Phase } from './phases.js';

export interface OutagePlan {
  readonly phases: readonly Phase[];
  /** Each a process, all with the same Collector. */
  readonly loads: readonly (LoadOptions & { readonly protocol: 'http/json' | 'http/protobuf' })[];
  /** OTEL_EXPORTER_OTLP_TIMEOUT, of each request with all its attempts. */
  readonly exportTimeoutMs: number;
  readonly metricIntervalMs: number;
  /** For the Collector's file. */
  readonly folder: string;
  /** Told of each phase as it begins. */
  readonly progress?: (phase: string) => void;
}

/** One process in one phase; of ledgers the whole since the start. */
export interface PhaseOfLoad {
  readonly phase: string;
  readonly report: LoadReport;
  readonly spans: Ledger;
  readonly logs: Ledger;
}

export interface LoadOutcome {
  readonly service: string;
  readonly phases: readonly PhaseOfLoad[];
  readonly totals: LoadTotals;
  /** When all had arrived: the model's series on the process's own page, and on the Collector's. */
  readonly ownSeries: ReadonlyMap<string, number>;
  readonly collectorSeries: ReadonlyMap<string, number>;
  /** The Collector's page cut to this process. */
  readonly collectorPage: readonly PageSample[];
  readonly spans: Ledger;
  readonly logs: Ledger;
  /** Bytes on the heap and beside it, when all had met its fate. */
  readonly heapBytes: number;
  readonly takenSpans: Arrivals;
  /** Those that the Collector which was killed had taken. */
  readonly takenSpansByKilled: Arrivals;
  readonly takenLogs: Arrivals;
  /** Unhandled rejections and uncaught exceptions. */
  readonly faults: readonly string[];
  /** Of SIGTERM under load while the Collector was down. */
  readonly end: LoadEnd;
}

export interface Outcome {
  readonly loads: readonly LoadOutcome[];
  /** Requests of each phase, of all processes together. */
  readonly gate: readonly (GateCounts & { readonly phase: string })[];
  readonly file: FileContent;
}

/** After the last fault everything is sent again within a few export timeouts; a minute and more is another fault. */
const DRAIN_LIMIT_MS = 90_000;
const POLL_MS = 250;
/** Load without a Collector before SIGTERM: something waits then. */
const BEFORE_SIGTERM_MS = 2000;

/** Runs processes under load behind a real Collector that fails phase by phase, and says what became of all they made. */
export async function runOutages(plan: OutagePlan): Promise<Outcome> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const taken = await TakenItems.start();
    closing.push(() => taken.close());
    const file = join(plan.folder, 'collector.jsonl');
    let collector = await startCollector({ file });
    closing.push(() => collector.kill());
    const gate = await FaultGate.start(collector.otlpUrl, one => taken.add(one));
    closing.push(() => gate.close());
    const loads = await Promise.all(plan.loads.map(load => Load.start(load, plan, gate.url)));
    closing.push(...loads.map(load => () => load.process.kill()));

    const gateCounts: (GateCounts & { phase: string })[] = [];
    let byKilled = new Map<string, Arrivals>();
    for (const load of loads) await load.process.go();
    for (const phase of plan.phases) {
      plan.progress?.(phase.name);
      if (phase.fault === 'killed') {
        await collector.kill();
        await gate.close();
        byKilled = new Map(plan.loads.map(({ service }) => [service, taken.spans(service)]));
      } else gate.fault = phase.fault;
      // Requests that came between the end of the Collector and that of the gate belong to neither phase.
      const before = gate.counts;
      await delay(1000 * phase.seconds);
      for (const load of loads) await load.note(phase.name);
      gateCounts.push({ phase: phase.name, ...less(gate.counts, before) });
      if (phase.fault === 'killed') {
        collector = await startCollector({
          file,
          otlpPort: collector.otlpPort,
          prometheusPort: collector.prometheusPort,
        });
        await gate.open();
      }
    }
    gate.fault = { is: 'none' };

    plan.progress?.('draining');
    const drained = await Promise.all(loads.map(load => load.drain(collector)));
    plan.progress?.('SIGTERM while the Collector is down');
    await collector.stop();
    await gate.close();
    for (const load of loads) await load.process.go();
    await delay(BEFORE_SIGTERM_MS);
    for (const load of loads) load.process.terminate();
    const ends = await Promise.all(loads.map(load => load.process.ended));
    return {
      loads: loads.map((load, index) => ({
        service: load.service,
        phases: load.phases,
        ...drained[index]!,
        takenSpans: taken.spans(load.service),
        takenSpansByKilled: byKilled.get(load.service) ?? new Map(),
        takenLogs: taken.logs(load.service),
        faults: load.phases.at(-1)?.report.faults ?? [],
        end: ends[index]!,
      })),
      gate: gateCounts,
      file: await readCollectorFile(file),
    };
  } finally {
    await Promise.all(closing.map(close => close()));
  }
}

type Drained = Pick<
  LoadOutcome,
  'totals' | 'heapBytes' | 'ownSeries' | 'collectorSeries' | 'collectorPage' | 'spans' | 'logs'
>;

class Load {
  readonly phases: PhaseOfLoad[] = [];
  readonly process: LoadProcess;
  readonly #pageUrl: string;

  private constructor(process: LoadProcess, pageUrl: string) {
    this.process = process;
    this.#pageUrl = pageUrl;
  }

  /** Metrics leave over OTLP and on a page of the process's own: what is counted can be read while the Collector is down. */
  static async start(options: OutagePlan['loads'][number], plan: OutagePlan, endpoint: string): Promise<Load> {
    const { protocol, ...rest } = options;
    const port = await freePort();
    const process = await LoadProcess.start(rest, {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_TIMEOUT: String(plan.exportTimeoutMs),
      OTEL_METRIC_EXPORT_INTERVAL: String(plan.metricIntervalMs),
      OTEL_METRICS_EXPORTER: 'otlp,prometheus',
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true',
      OTEL_BSP_SCHEDULE_DELAY: '1000',
      OTEL_BLRP_SCHEDULE_DELAY: '1000',
    });
    return new Load(process, `http://127.0.0.1:${port}/metrics`);
  }

  get service(): string {
    return this.process.service;
  }

  async note(phase: string): Promise<void> {
    const report = await this.process.report();
    const page = await pageAt(this.#pageUrl);
    this.phases.push({
      phase,
      report,
      spans: ledgerOf(page, 'span'),
      logs: ledgerOf(page, 'log'),
    });
  }

  /** Ends the load and waits until every item has met its fate and the Collector shows it. */
  async drain(collector: RunningCollector): Promise<Drained> {
    const totals = await this.process.pause();
    const deadlineMs = performance.now() + DRAIN_LIMIT_MS;
    for (;;) {
      const heapBytes = await this.process.flush();
      const own = await pageAt(this.#pageUrl);
      const collectorPage = (await pageAt(collector.prometheusUrl)).filter(
        ({ labels }) => labels['job'] === this.service,
      );
      const found = {
        totals,
        heapBytes,
        ownSeries: modelSeries(own),
        collectorSeries: modelSeries(collectorPage),
        collectorPage,
        spans: ledgerOf(collectorPage, 'span'),
        logs: ledgerOf(collectorPage, 'log'),
      };
      const settled =
        isDeepStrictEqual(found.ownSeries, found.collectorSeries) &&
        fates(found.spans) >= totals.spans &&
        fates(found.logs) >= totals.logs;
      // Past the limit it is told as it is: the test then says what is missing.
      if (settled || performance.now() > deadlineMs) return found;
      await delay(POLL_MS);
    }
  }
}

/** Items that were sent or counted as lost. */
export function fates({ sent, failed, full }: Ledger): number {
  return sent + failed + full;
}

function less(now: GateCounts, before: GateCounts): GateCounts {
  return {
    tried: now.tried - before.tried,
    taken: now.taken - before.taken,
    faulted: now.faulted - before.faulted,
  };
}
