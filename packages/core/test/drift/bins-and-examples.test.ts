import type { Baseline } from '@driftspan/sketch';
import { context, TraceFlags, trace } from '@opentelemetry/api';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DriftAlert, monitor } from '../../src/index.js';
import { realLogs } from '../record/real-logs.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { type Answer, LABELS, MODEL, type Row, Stream, streamBaseline, TestClock } from './stream.js';

const SUB_MS = 60_000;
const UNSAMPLED = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.NONE, isRemote: true };
let baseline: Baseline;
let spans: ReturnType<typeof registerSdk>;
let logs: ReturnType<typeof realLogs>;

beforeAll(async () => {
  baseline = await streamBaseline();
});
beforeEach(() => {
  spans = registerSdk();
  logs = realLogs();
});
afterEach(unregisterSdk);

function watched() {
  const clock = new TestClock(SUB_MS);
  const stream = new Stream(17);
  let answer: Answer = { label: 'neutral', confidence: 0.5, value: 0 };
  const predict = monitor((_row: Row) => answer, {
    model: MODEL,
    baseline,
    output: { label: out => out.label },
    sampling: { keep: { drifted: true }, rate: 0, maxPerSecond: Number.POSITIVE_INFINITY },
    drift: { dependence: 'independent', window: '1h' },
    loggerProvider: logs.provider,
    clock: clock.now,
  });
  const alerts: DriftAlert[] = [];
  predict.monitor.on('drift', alert => alerts.push(alert));
  /** So many sub-windows of 200 calls; the first `sampled` of each have a span, no two of one trace. */
  const feed = (subWindows: number, change: (row: Row) => Row, sampled = 0, label?: string) => {
    for (let s = 0; s < subWindows; s++) {
      for (let i = 0; i < 200; i++) {
        const row = change(stream.row());
        answer = { ...stream.answer(), ...(label === undefined ? {} : { label }) };
        if (i < sampled) predict(row);
        else context.with(trace.setSpanContext(context.active(), UNSAMPLED), () => predict(row));
      }
      clock.turn();
      predict.monitor.evaluate();
    }
  };
  const featureOf = (name: string) => predict.monitor.report().features.find(feature => feature.name === name)!;
  return { predict, clock, alerts, feed, featureOf };
}

const same = (row: Row): Row => row;
const changes = () => logs.events().filter(({ name }) => name === 'ml.drift.changed');
const traceIds = () => spans.getFinishedSpans().map(span => span.spanContext().traceId);

describe('a feature that drifts', () => {
  it('has its bins and sampled traces in the alert, in the report and in the log event', () => {
    const { predict, alerts, feed, featureOf } = watched();
    feed(20, same);
    feed(2, row => ({ ...row, c: 'b' }), 1);
    const [alert] = alerts;
    expect(alert).toMatchObject({ feature: 'c', change: 'opened', cause: { test: 'shape', windowMs: 4 * SUB_MS } });
    expect(alert!.bins).toHaveLength(1);
    const [bin] = alert!.bins;
    expect(bin).toMatchObject({ bin: 'b', kind: 'category' });
    // The window that told is the last four sub-windows: two as ever, and two of this category alone.
    expect(bin!.share).toBeCloseTo(0.5 + 0.5 * 0.2, 1);
    expect(bin!.baselineShare).toBeCloseTo(0.2, 2);
    expect(bin!.examples.map(({ traceId }) => traceId)).toEqual(traceIds().reverse());
    expect(traceIds()).toHaveLength(2);
    expect(Object.isFrozen(alert!.bins) && Object.isFrozen(bin) && Object.isFrozen(bin!.examples)).toBe(true);
    expect(featureOf('c').driftedBins).toEqual(alert!.bins);
    expect(featureOf('x')).not.toHaveProperty('driftedBins');
    expect(changes()).toMatchObject([
      {
        severity: 'ERROR',
        attributes: {
          'ml.model.name': 'stream',
          'ml.feature.name': 'c',
          'ml.drift.change': 'opened',
          'ml.drift.to': 'critical',
          'ml.drift.test': 'shape',
          'ml.drift.bins': ['b'],
          'ml.drift.examples': [traceIds().reverse().join(' ')],
        },
      },
    ]);
    predict.monitor.dispose();
  });

  it('has no more than the three newest traces, and of values in that bin only', () => {
    const { predict, feed, featureOf } = watched();
    feed(20, same);
    feed(2, row => ({ ...row, c: 'b' }), 3);
    const [bin] = featureOf('c').driftedBins!;
    expect(bin!.examples.map(({ traceId }) => traceId)).toEqual(traceIds().slice(3).reverse());
    feed(1, row => ({ ...row, c: 'a' }), 1);
    expect(featureOf('c').driftedBins!.find(({ bin }) => bin === 'b')!.examples).toEqual(bin!.examples);
    predict.monitor.dispose();
  });

  it('without a sampled trace has its bins alone', () => {
    const { predict, alerts, feed } = watched();
    feed(4, row => ({ ...row, c: 'new' }));
    expect(alerts[0]!.bins).toMatchObject([{ bin: 'other', kind: 'other', examples: [] }]);
    expect(changes()[0]!.attributes).toMatchObject({ 'ml.drift.bins': ['other'], 'ml.drift.examples': [''] });
    predict.monitor.dispose();
  });

  it('by its missing values names those, whatever else of it moved', () => {
    const { predict, alerts, feed } = watched();
    feed(20, same);
    let i = 0;
    feed(4, row => ({ ...row, x: i++ % 10 === 0 ? null : row.x! + 0.1 }), 1);
    const [alert] = alerts;
    expect(alert).toMatchObject({ feature: 'x', cause: { test: 'missing' } });
    expect(alert!.bins.map(({ bin }) => bin)).toEqual(['missing']);
    expect(alert!.bins[0]!.share).toBeGreaterThan(0.02);
    predict.monitor.dispose();
  });

  it('keeps the bins of its last loud look while the alarm is open, and none when it closes', () => {
    const { predict, alerts, feed, featureOf } = watched();
    feed(20, same);
    feed(10, row => ({ ...row, c: 'b' }), 1);
    feed(100, same);
    expect(alerts.map(({ change }) => change)).not.toContain('closed');
    const { windows, driftedBins } = featureOf('c');
    expect(windows.every(({ judgement }) => judgement.verdict === 'ok' || judgement.verdict === 'notice')).toBe(true);
    // Its traces are older than the longest window by now.
    expect(driftedBins).toMatchObject([{ bin: 'b', examples: [] }]);
    feed(60, same);
    expect(alerts.at(-1)).toMatchObject({ change: 'closed', bins: [] });
    expect(featureOf('c')).not.toHaveProperty('driftedBins');
    expect(changes().at(-1)).toMatchObject({ severity: 'INFO', attributes: { 'ml.drift.change': 'closed' } });
    predict.monitor.dispose();
  });

  it('of the output has the traces in which it was said', () => {
    const { predict, alerts, feed } = watched();
    feed(20, same);
    feed(3, same, 1, LABELS[2]);
    const alert = alerts.find(({ feature }) => feature === 'prediction.label');
    expect(alert!.bins).toMatchObject([{ bin: 'positive', kind: 'category' }]);
    expect(traceIds()).toEqual(expect.arrayContaining(alert!.bins[0]!.examples.map(({ traceId }) => traceId)));
    expect(alert!.bins[0]!.examples.length).toBeGreaterThan(1);
    predict.monitor.dispose();
  });
});

describe('a prediction that is kept because a feature drifts', () => {
  const kept = () => logs.events().filter(({ name }) => name === 'ml.prediction');

  it('has a value in a bin that makes the drift', () => {
    const { predict, feed } = watched();
    feed(20, same);
    expect(kept()).toEqual([]);
    feed(2, row => ({ ...row, c: 'b' }));
    expect(kept()).toEqual([]);
    const outside = context.active();
    context.with(trace.setSpanContext(outside, UNSAMPLED), () => {
      predict({ x: 0, c: 'a', fixed: 7 });
      predict({ x: 0, c: 'b', fixed: 7 });
    });
    expect(kept()).toMatchObject([{ attributes: { 'ml.payload.reason': ['drifted'], 'ml.input.c': 'b' } }]);
    predict.monitor.dispose();
  });
});

describe('the log event', () => {
  it('is there also where nobody listens, once a change', () => {
    const { predict, clock } = watched();
    const alone = monitor((_row: Row) => 1, {
      model: { ...MODEL, name: 'stream' },
      baseline,
      drift: { dependence: 'independent', window: '1h' },
      loggerProvider: logs.provider,
      clock: clock.now,
    });
    for (let i = 0; i < 1000; i++) alone({ x: 10, c: 'abcde'.charAt(i % 5), fixed: 7 });
    for (let look = 0; look < 3; look++) {
      clock.turn();
      alone.monitor.evaluate();
      alone.monitor.report();
    }
    expect(changes().map(({ attributes }) => attributes['ml.feature.name'])).toEqual(['x']);
    alone.monitor.dispose();
    predict.monitor.dispose();
  });

  it('is not there after dispose', () => {
    const { predict, clock } = watched();
    for (let i = 0; i < 1000; i++) predict({ x: 10, c: 'new', fixed: 7 });
    predict.monitor.dispose();
    clock.turn();
    predict.monitor.report();
    expect(changes()).toEqual([]);
  });
});
