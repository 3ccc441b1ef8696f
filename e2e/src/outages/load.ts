/*
 * One process under load: asks a watched model and the bare one in turns at a steady pace with bursts, measures both, and tells what it
 * has counted. Runs until SIGTERM, which is left to `start`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { start } from '@driftspan/node';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { Latencies } from './latencies.js';
import { confidenceOf, idOf, isRecorded, loadMonitor, predictAnswer, queries } from './load-model.js';
import type { LoadAnswer, LoadOptions, LoadQuestion, LoadReport, LoadTotals } from './load-options.js';

const TICK_MS = 5;
const BURST_MS = 2000;
/** Made up for at once after a stall. */
const MOST_AT_ONCE = 500;
/** One call in this many has a sampled span. */
const SPAN_EVERY = 4;
/** Of a phase: 100 s at 3,000 calls a second. */
const KEPT_LATENCIES = 300_000;
const LOOP_RESOLUTION_MS = 5;
/** Different first words of diag lines that are told apart. */
const DIAG_KINDS = 50;
/** RECORD_AND_SAMPLED and NOT_RECORD: the enum's home differs between the SDK's lines. */
const SAMPLED = 2;
const NOT_SAMPLED = 0;

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const faults: string[] = [];
process.on('unhandledRejection', reason => void faults.push(`unhandled rejection: ${reason}`));
process.on('uncaughtException', error => void faults.push(`uncaught exception: ${error.stack}`));

let diagLines = 0;
const diagKinds = new Map<string, number>();
const told = (message: string, ...details: unknown[]) => {
  diagLines++;
  const kind = [message, ...details].join(' ').replace(/\d+/g, 'N').slice(0, 160);
  if (diagKinds.size < DIAG_KINDS || diagKinds.has(kind)) diagKinds.set(kind, (diagKinds.get(kind) ?? 0) + 1);
};
diag.setLogger({ error: told, warn: told, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);

let isSpanNext = false;
let spans = 0;
const driftspan = start({
  serviceName: options.service,
  sampler: {
    shouldSample() {
      if (isSpanNext) spans++;
      return { decision: isSpanNext ? SAMPLED : NOT_SAMPLED };
    },
    toString: () => 'one in so many',
  },
});

const rows = queries();
const predict = await loadMonitor(rows);
const bareLatency = new Latencies(KEPT_LATENCIES);
const watchedLatency = new Latencies(KEPT_LATENCIES);
const loopDelay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });

let calls = 0;
let failed = 0;
let right = 0;
let wrong = 0;
let logs = 0;
const labels: Record<string, number> = { accept: 0, refuse: 0 };

/** One watched call, and its outcome where one comes. */
async function callWatched(): Promise<void> {
  const query = rows[calls % rows.length]!;
  query.index = calls++;
  isSpanNext = query.index % SPAN_EVERY === 0;
  const before = performance.now();
  try {
    const { label } = await predict(query);
    watchedLatency.add(performance.now() - before);
    labels[label]!++;
    const id = idOf(query);
    // On its span, where there is one.
    if (isRecorded(query) && !isSpanNext) logs++;
    if (id === undefined) return;
    const isRight = confidenceOf(query) < 0.9;
    predict.monitor.recordOutcome(id, { label: isRight ? label : 'neither' });
    if (isRight) right++;
    else wrong++;
    if (isRecorded(query)) logs++;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    failed++;
  }
}

let bareCalls = 0;
async function callBare(): Promise<void> {
  const query = rows[bareCalls % rows.length]!;
  query.index = bareCalls++;
  const before = performance.now();
  try {
    await predictAnswer(query);
    bareLatency.add(performance.now() - before);
  } catch {
    // The model's own, as above.
  }
}

let running = false;
let stopped: Promise<void> = Promise.resolve();
let phaseStartMs = 0;
let phaseStartCalls = 0;

async function load(): Promise<void> {
  const startMs = performance.now();
  let asked = 0;
  let burstAtMs = startMs + BURST_MS;
  while (running) {
    const nowMs = performance.now();
    const due = Math.floor(((nowMs - startMs) * options.callsPerSecond) / 1000) - asked;
    const now = Math.min(due, MOST_AT_ONCE);
    asked += now;
    let extra = 0;
    if (nowMs >= burstAtMs) {
      burstAtMs += BURST_MS;
      extra = options.burst;
    }
    for (let i = 0; i < now + extra; i++) {
      // Neither is always the first, whose memory is cold.
      if (i % 2 === 0) {
        await callBare();
        await callWatched();
      } else {
        await callWatched();
        await callBare();
      }
    }
    await new Promise(resolve => setTimeout(resolve, TICK_MS));
  }
}

function go(): void {
  phaseStartMs = performance.now();
  phaseStartCalls = calls;
  loopDelay.reset();
  loopDelay.enable();
  running = true;
  stopped = load();
}

async function halt(): Promise<void> {
  running = false;
  await stopped;
  loopDelay.disable();
}

/** With what stands beside the heap, such as requests on their way. */
function heapBytes(): number {
  // Twice: what the first one finds unreachable may hold what the second then frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function report(): LoadReport {
  const seconds = (performance.now() - phaseStartMs) / 1000;
  const delay = {
    p50Ms: loopDelay.percentile(50) / 1e6,
    p99Ms: loopDelay.percentile(99) / 1e6,
    maxMs: loopDelay.max / 1e6,
  };
  const phaseCalls = calls - phaseStartCalls;
  const latency = { bare: bareLatency.take(), watched: watchedLatency.take() };
  return {
    calls: phaseCalls,
    seconds,
    ...latency,
    loopDelay: delay,
    heapBytes: heapBytes(),
    rssBytes: process.memoryUsage.rss(),
    diagLines,
    faults,
  };
}

function totals(): LoadTotals {
  return { calls, failed, labels, right, wrong, spans, logs, diag: Object.fromEntries(diagKinds) };
}

const answers: Record<LoadQuestion, () => Promise<LoadAnswer>> = {
  async go() {
    go();
    return { to: 'go' };
  },
  async report() {
    await halt();
    const told = report();
    go();
    return { to: 'report', report: told };
  },
  async pause() {
    await halt();
    return { to: 'pause', totals: totals() };
  },
  async flush() {
    await driftspan.flush();
    return { to: 'flush', heapBytes: heapBytes() };
  },
};
process.on('message', (question: LoadQuestion) => {
  void answers[question]().then(answer => process.send?.(answer));
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());
process.send?.('ready');
