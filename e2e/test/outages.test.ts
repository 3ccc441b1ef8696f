import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '../src/outages/ledger.js';
import { badDay, STEADY } from '../src/outages/phases.js';
import { fates, type LoadOutcome, type Outcome, runOutages } from '../src/outages/run-outages.js';

/** The exporters' own default. A shorter one gives batches up sooner, and no queue fills. */
const EXPORT_TIMEOUT_MS = 10_000;
const PHASES = badDay({ quiet: 4, killed: 30, fault: 5, slowerThanTimeoutMs: EXPORT_TIMEOUT_MS + 1000 });
const SERVICES = ['json', 'protobuf'] as const;
/** What may wait during an outage: 2,048 spans and as many log events, and what is on its way; measured: 8 MB. */
const MOST_WAITING_BYTES = 24e6;
/** What may stay when all has met its fate; measured: 1 to 2 MB, which are optimised code and new series of the SDK. */
const MOST_LEFT_BYTES = 4e6;
/** Lines told to `diag` in a second of outage: one of each of the three exporters, and as many of a full queue. */
const MOST_DIAG_LINES_A_SECOND = 6;

let folder: string;
let outcome: Outcome;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftspan-outages-'));
  outcome = await runOutages({
    phases: PHASES,
    loads: SERVICES.map(service => ({ service, protocol: `http/${service}`, callsPerSecond: 1000, burst: 200 })),
    exportTimeoutMs: EXPORT_TIMEOUT_MS,
    metricIntervalMs: 1000,
    folder,
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function load(service: string): LoadOutcome {
  return outcome.loads.find(one => one.service === service)!;
}

test('every fault met requests, and none came through while the Collector was dead', () => {
  for (const [index, { phase, tried, taken, faulted }] of outcome.gate.entries()) {
    const { fault } = PHASES[index]!;
    if (fault === 'killed') expect({ phase, tried, taken }).toEqual({ phase, tried: 0, taken: 0 });
    else if (fault.is === 'none') expect({ phase, faulted }).toEqual({ phase, faulted: 0 });
    else expect({ phase, hasMet: faulted > 0 }).toEqual({ phase, hasMet: true });
    // A request that came before the fault began may still be answered in it.
    const isTakenNever = fault !== 'killed' && ['answer', 'cut request', 'silence'].includes(fault.is);
    if (isTakenNever) expect(taken).toBeLessThanOrEqual(tried - faulted + SERVICES.length * 3);
  }
});

test.each(SERVICES)('metrics lose nothing: every series at the Collector is what the %s process counted', service => {
  const { ownSeries, collectorSeries } = load(service);
  expect(ownSeries.size).toBeGreaterThan(100);
  expect(Object.fromEntries(collectorSeries)).toEqual(Object.fromEntries(ownSeries));
});

test.each(SERVICES)('calls, predictions, outcomes and bins of %s are those that were made', service => {
  const { collectorPage: page, totals } = load(service);
  const durations = page.filter(({ name }) => name === 'ml_inference_duration_seconds_count');
  const failed = sumOf(durations, 'ml_inference_duration_seconds_count', { error_type: 'TypeError' });
  expect({ failed, all: sumOf(durations, 'ml_inference_duration_seconds_count') }).toEqual({
    failed: totals.failed,
    all: totals.calls,
  });
  for (const [label, count] of Object.entries(totals.labels)) {
    expect(sumOf(page, 'ml_prediction_count_total', { ml_prediction_label: label })).toBe(count);
  }
  expect(sumOf(page, 'ml_prediction_confidence_count')).toBe(totals.calls - totals.failed);
  expect(sumOf(page, 'ml_outcome_count_total', { ml_outcome_correct: 'true' })).toBe(totals.right);
  expect(sumOf(page, 'ml_outcome_count_total', { ml_outcome_correct: 'false' })).toBe(totals.wrong);
  for (const feature of ['age', 'amount', 'balance', 'duration', 'items', 'speed', 'channel']) {
    expect(sumOf(page, 'ml_feature_bins_total', { ml_feature_name: feature })).toBe(totals.calls);
  }
  expect(sumOf(page, 'ml_sdk_dropped_total')).toBe(0);
});

test.each(SERVICES)('every span and log event of %s was sent or is counted as lost, at the Collector', service => {
  const { spans, logs, totals } = load(service);
  expect(fates(spans)).toBe(totals.spans);
  expect(fates(logs)).toBe(totals.logs);
  // The outage was long enough for both ways to lose one.
  expect(spans.failed).toBeGreaterThan(0);
  expect(spans.full).toBeGreaterThan(0);
  expect(spans.waiting).toBe(0);
});

test.each(SERVICES)('what %s counts as sent, the Collector has taken, each at least once', service => {
  const { spans, logs, takenSpans, takenLogs, totals } = load(service);
  expect(takenSpans.size).toBeGreaterThanOrEqual(spans.sent);
  expect(takenSpans.size).toBeLessThanOrEqual(totals.spans);
  expect(takenLogs.size).toBeGreaterThanOrEqual(logs.sent);
  expect(takenLogs.size).toBeLessThanOrEqual(totals.logs);
});

test.each(SERVICES)('what the Collector has taken of %s is in its file, but for what SIGKILL took with it', service => {
  const { takenSpans, takenSpansByKilled } = load(service);
  const missing = [...takenSpans.keys()].filter(id => !outcome.file.spanIds.has(id) && !takenSpansByKilled.has(id));
  expect(missing).toEqual([]);
  expect(outcome.file.tornLines).toBeLessThanOrEqual(1);
});

test.each(SERVICES)('memory of %s stays bounded, and is given back', service => {
  const { phases, heapBytes } = load(service);
  const steady = phases.find(({ phase }) => phase === STEADY)!.report.heapBytes;
  for (const { phase, report } of phases) {
    const waiting = report.heapBytes - steady;
    expect({ phase, isBounded: waiting < MOST_WAITING_BYTES, waiting }).toMatchObject({ isBounded: true });
  }
  expect(heapBytes - steady).toBeLessThan(MOST_LEFT_BYTES);
});

test.each(SERVICES)('%s tells diag of what fails by the batch, and nothing escapes', service => {
  const { phases, faults, totals } = load(service);
  const seconds = PHASES.reduce((sum, phase) => sum + phase.seconds, 0);
  expect(phases.at(-1)!.report.diagLines).toBeLessThan(MOST_DIAG_LINES_A_SECOND * seconds);
  // One kind each of the few ways to fail, not one a call.
  expect(Object.keys(totals.diag).length).toBeLessThan(40);
  expect(faults).toEqual([]);
});

test.each(SERVICES)('SIGTERM under load with the Collector down ends %s as it would have', service => {
  expect(load(service).end).toMatchObject({ code: null, signal: 'SIGTERM' });
});
