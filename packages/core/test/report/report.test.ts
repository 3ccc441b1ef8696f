import { type Baseline, cellCount, distances, findBin, worstVerdict } from '@driftspan/sketch';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor, monitorBatch, type Report } from '../../src/index.js';
import { type Answer, MODEL, type Row, Stream, streamBaseline, TestClock } from '../drift/stream.js';

const SUB_MS = 60_000;
let baseline: Baseline;

beforeAll(async () => {
  baseline = await streamBaseline(5000);
});

function watched() {
  const clock = new TestClock(SUB_MS);
  const handle = createMonitor<Row, Answer>({
    model: { ...MODEL, transforms: undefined as never },
    baseline,
    output: { label: out => out.label, confidence: out => out.confidence },
    predictionId: row => (row.x === 0.125 ? 'waits' : undefined),
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
  return { clock, handle };
}

const featureOf = (report: Report, name: string) => {
  const found = report.features.find(feature => feature.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const answer: Answer = { label: 'neutral', confidence: 0.5, value: 0 };

describe('a report', () => {
  it('of a monitor that nobody called has a shape, and no number that pretends to be one', () => {
    const { handle } = watched();
    const report = handle.report();
    expect(report).toEqual({
      model: { name: 'stream', version: '1' },
      verdict: 'insufficient',
      judgedAtMs: undefined,
      features: ['x', 'c', 'fixed', 'prediction.label', 'prediction.confidence'].map(name =>
        expect.objectContaining({
          name,
          verdict: 'insufficient',
          psi: Number.NaN,
          samples: 0,
          windows: [],
          totals: { valued: 0, missing: 0, invalid: 0, outOfRange: 0 },
        }),
      ),
      alsoMoved: [],
      drift: {
        windowMs: 3_600_000,
        subWindowMs: SUB_MS,
        falseAlarms: { count: 1, per: 'month' },
        tests: 13,
        logAlpha: -Math.log(13 * 43_200 * 3),
        psi: { warning: 0.1, critical: 0.25 },
        dependence: {
          assumes: 'independent',
          guaranteed: false,
          words: 'Values are taken as independent of each other: the budget of false alarms holds only where they are.',
        },
        baselineRows: 5000,
      },
      calls: { succeeded: 0, failed: 0, active: 0, errors: {} },
      predictions: { negative: 0, neutral: 0, positive: 0 },
      outcomes: { accuracy: Number.NaN, known: 0, totalCorrect: 0, totalKnown: 0, pending: 0 },
      dropped: {},
    });
    handle.dispose();
  });

  it('says the kind of each feature, and of numeric ones alone mean, deviation and KS', () => {
    const { handle, clock } = watched();
    const stream = new Stream(61);
    for (let i = 0; i < 100; i++) handle.start(stream.row()).end(stream.answer());
    clock.turn();
    const report = handle.report();
    expect(report.features.map(({ name, kind }) => [name, kind])).toEqual([
      ['x', 'numeric'],
      ['c', 'categorical'],
      ['fixed', 'numeric'],
      ['prediction.label', 'categorical'],
      ['prediction.confidence', 'numeric'],
    ]);
    for (const feature of report.features) {
      const numeric = ['ks', 'mean', 'sd', 'baselineMean', 'baselineSd'].map(key => key in feature);
      expect(numeric).toEqual(new Array(5).fill(feature.kind === 'numeric'));
    }
    const x = baseline.features[0]!;
    if (x.kind !== 'numeric') throw new Error('kind');
    expect(featureOf(report, 'x')).toMatchObject({ baselineMean: x.mean, baselineSd: x.sd });
    handle.dispose();
  });

  it('survives JSON, with null where a number could not be had', () => {
    const { handle, clock } = watched();
    const stream = new Stream(62);
    for (let i = 0; i < 500; i++) handle.start(stream.row()).end(stream.answer());
    clock.turn();
    handle.start({ x: 1, c: null, fixed: 0 }).fail(new Error('x'));
    const report = handle.report();
    const withNulls = (value: unknown): unknown => {
      if (typeof value === 'number') return Number.isFinite(value) ? value : null;
      if (Array.isArray(value)) return value.map(withNulls);
      if (typeof value !== 'object' || value === null) return value;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      const kept = Object.entries(value).filter(([, one]) => one !== undefined);
      return Object.fromEntries(kept.map(([key, one]) => [key, withNulls(one)]));
    };
    expect(JSON.parse(JSON.stringify(report))).toEqual(withNulls(report));
    handle.dispose();
  });

  it('is made anew each time: what was handed out does not change', () => {
    const { handle, clock } = watched();
    const stream = new Stream(63);
    const first = handle.report();
    const before = JSON.stringify(first);
    for (let i = 0; i < 100; i++) handle.start(stream.row()).end(stream.answer());
    clock.turn();
    expect(JSON.stringify(handle.report())).not.toBe(before);
    expect(JSON.stringify(first)).toBe(before);
    handle.dispose();
  });

  it('gives the last 4, 15 and 60 sub-windows as they were judged, and the verdict is the worst of them', () => {
    const { handle, clock } = watched();
    const stream = new Stream(64);
    for (let minute = 0; minute < 70; minute++, clock.turn()) {
      for (let i = 0; i < 100; i++) {
        const row = stream.row();
        handle.start({ ...row, x: minute > 66 ? row.x! + 1 : row.x }).end(stream.answer());
      }
    }
    const report = handle.report();
    for (const { windows, verdict, samples, psi } of report.features) {
      expect(windows.map(({ subWindows, lengthMs }) => [subWindows, lengthMs])).toEqual([
        [4, 240_000],
        [15, 900_000],
        [60, 3_600_000],
      ]);
      expect(windows.map(({ judgement }) => judgement.samples)).toEqual([400, 1500, 6000]);
      expect(verdict).toBe(worstVerdict(windows.map(({ judgement }) => judgement.verdict)));
      expect([samples, psi]).toEqual([6000, windows[2]!.judgement.psi]);
    }
    const { windows } = featureOf(report, 'x');
    expect(windows[0]!.judgement.verdict).toBe('critical');
    expect(windows[2]!.judgement.verdict).not.toBe('critical');
    expect(report.verdict).toBe('critical');
    handle.dispose();
  });

  it('the verdict of the model is the worst of its features, insufficient only where nothing could be judged', () => {
    const { handle, clock } = watched();
    const stream = new Stream(65);
    for (let i = 0; i < 400; i++) handle.start(stream.row()).end({ ...stream.answer(), label: undefined as never });
    clock.turn();
    const report = handle.report();
    expect(new Set(report.features.map(({ verdict }) => verdict))).toEqual(new Set(['ok', 'critical']));
    expect(report.verdict).toBe('critical');
    handle.dispose();
  });

  it('provisional includes the open sub-window, without a judgement of what has closed', () => {
    const { handle, clock } = watched();
    const stream = new Stream(66);
    for (let i = 0; i < 300; i++) handle.start(stream.row()).end(answer);
    clock.turn();
    for (let i = 0; i < 50; i++) handle.start(stream.row()).end(answer);
    const x = featureOf(handle.report(), 'x');
    expect(x.samples).toBe(300);
    expect(x.provisional!.samples).toBe(350);
    handle.start(stream.row()).end(answer);
    expect(featureOf(handle.report(), 'x').provisional!.samples).toBe(351);
    expect(featureOf(handle.report(), 'x').samples).toBe(300);
    handle.dispose();
  });

  it('totals count since construction, whatever left the window', () => {
    const { handle, clock } = watched();
    const rows: unknown[] = [
      { x: 1, c: 'a', fixed: 7 },
      { x: null, c: null, fixed: undefined },
      { x: '1', c: {}, fixed: Number.POSITIVE_INFINITY },
      { x: 1e9, c: 'unseen', fixed: -1e9 },
      { x: Number.NaN, c: Number.NaN, fixed: 7n },
      {},
    ];
    for (let turn = 0; turn < 3; turn++, clock.turn(100)) {
      for (const row of rows) handle.start(row as Row).end(answer);
    }
    const { features } = handle.report();
    expect(features.slice(0, 3).map(({ totals }) => totals)).toEqual([
      { valued: 6, missing: 9, invalid: 3, outOfRange: 3 },
      { valued: 6, missing: 9, invalid: 3, outOfRange: 0 },
      { valued: 9, missing: 6, invalid: 3, outOfRange: 3 },
    ]);
    expect(features[0]!.samples).toBe(0);
    handle.dispose();
  });

  it('without a baseline it counts and judges nothing', () => {
    const handle = createMonitor<Row, Answer>({ model: MODEL });
    handle.start({ x: null, c: 'a', fixed: 'no' as never }).end(answer);
    const report = handle.report();
    expect(report.features.map(({ totals }) => totals)).toEqual([
      { valued: 0, missing: 1, invalid: 0, outOfRange: 0 },
      { valued: 1, missing: 0, invalid: 0, outOfRange: 0 },
      { valued: 0, missing: 0, invalid: 1, outOfRange: 0 },
    ]);
    expect(report.features.some(feature => 'provisional' in feature || 'counts' in feature)).toBe(false);
    expect([report.verdict, report.drift.tests, report.drift.baselineRows]).toEqual(['insufficient', 0, undefined]);
    handle.dispose();
  });

  it('without features it still counts calls, errors, calls in flight and predictions', () => {
    const handle = createMonitor<unknown, string>({
      model: { name: 'bare', version: '1', transforms: '3' },
      output: { label: label => label },
    });
    for (const label of ['a', 'b', 'a']) handle.start(1).end(label);
    handle.start(1).end(undefined as never);
    handle.start(1).fail(new TypeError('x'));
    handle.start(1).fail(new TypeError('y'));
    handle.start(1).fail(new RangeError('z'));
    handle.start(1);
    const report = handle.report();
    expect(report.model).toEqual({ name: 'bare', version: '1', transforms: '3' });
    expect(report.calls).toEqual({ succeeded: 4, failed: 3, active: 1, errors: { TypeError: 2, RangeError: 1 } });
    expect(report.predictions).toEqual({ '': 1, a: 2, b: 1 });
    expect(report.features).toEqual([]);
    handle.dispose();
  });

  it('adds predictions whose label is empty to those without one', () => {
    const handle = createMonitor<unknown, string | null>({
      model: { name: 'bare', version: '1' },
      output: { label: label => label },
    });
    for (const label of ['', '', null, 'a', '__proto__']) handle.start(1).end(label);
    const { predictions } = handle.report();
    expect(Object.entries(predictions)).toEqual([
      ['', 3],
      ['a', 1],
      ['__proto__', 1],
    ]);
    handle.dispose();
  });

  it('rows of a batch are predictions, the batch is one call', () => {
    const predict = monitorBatch((rows: readonly Row[]) => rows.map(() => 'a'), {
      model: MODEL,
      baseline,
      output: { label: (out, _row, index) => out[index] },
    });
    predict([
      { x: 1, c: 'a', fixed: 7 },
      { x: 2, c: 'a', fixed: 7 },
    ]);
    predict([]);
    const report = predict.monitor.report();
    expect(report.calls.succeeded).toBe(2);
    expect(report.predictions).toMatchObject({ a: 2 });
    expect(report.features[0]!.totals.valued).toBe(2);
    predict.monitor.dispose();
  });

  it('accuracy is of the outcomes that came in the longest window and the open sub-window', () => {
    const { handle, clock } = watched();
    const outcome = (right: boolean) =>
      handle.recordOutcome({ predicted: { label: 'a' }, actual: { label: right ? 'a' : 'b' } });
    for (let i = 0; i < 3; i++) outcome(true);
    outcome(false);
    expect(handle.report().outcomes).toMatchObject({ accuracy: 0.75, known: 4 });
    clock.turn(60);
    outcome(false);
    expect(handle.report().outcomes).toMatchObject({ accuracy: 0.6, known: 5 });
    clock.turn(1);
    expect(handle.report().outcomes).toMatchObject({ accuracy: 0, known: 1, totalCorrect: 3, totalKnown: 5 });
    handle.dispose();
  });

  it('pending counts the predictions that wait for their outcome', () => {
    const { handle } = watched();
    handle.start({ x: 0.125, c: 'a', fixed: 7 }).end(answer);
    handle.start({ x: 1, c: 'a', fixed: 7 }).end(answer);
    expect(handle.report().outcomes.pending).toBe(1);
    expect(handle.recordOutcome('waits', { label: 'neutral' })).toBe(true);
    expect(handle.report().outcomes).toMatchObject({ pending: 0, known: 1, accuracy: 1 });
    handle.dispose();
  });

  it('judgedAtMs is the end of the newest judged sub-window', () => {
    const { handle, clock } = watched();
    const start = Math.floor(clock.nowMs / SUB_MS) * SUB_MS;
    clock.turn();
    expect(handle.report().judgedAtMs).toBe(start + SUB_MS);
    clock.turn(7);
    expect(handle.report().judgedAtMs).toBe(start + 8 * SUB_MS);
    handle.dispose();
  });

  it('gives every distance of the longest window once a sub-window was judged, and none before', () => {
    const { clock, handle } = watched();
    const stream = new Stream(3);
    for (let i = 0; i < 500; i++) handle.start(stream.row()).end(stream.answer());
    expect(featureOf(handle.report(), 'x').distances).toBeUndefined();
    clock.turn();
    const report = handle.report();
    const { distances: x } = featureOf(report, 'x');
    expect(x!.psi).toBe(featureOf(report, 'x').psi);
    expect(x!.ks).toBe(featureOf(report, 'x').ks);
    expect(Object.keys(x!).sort()).toEqual(
      ['hellinger', 'jensenShannon', 'kullbackLeibler', 'ks', 'psi', 'wasserstein', 'wassersteinPerSd'].sort(),
    );
    expect(Object.keys(featureOf(report, 'c').distances!).sort()).toEqual(
      ['hellinger', 'jensenShannon', 'kullbackLeibler', 'psi'].sort(),
    );
    for (const value of Object.values(x!)) expect(value).toBeGreaterThanOrEqual(0);
    handle.dispose();
  });

  it('has what a feature is drawn by: its baseline, and the counts of the longest window of closed sub-windows', () => {
    const { clock, handle } = watched();
    const stream = new Stream(4);
    const drawn = () => handle.report().features.map(({ counts }) => counts);
    const rows = () => drawn().map(counts => counts!.reduce((sum, count) => sum + count));
    for (let i = 0; i < 300; i++) handle.start(stream.row()).end(stream.answer());
    expect(rows(), 'none has closed: the open one').toEqual([300, 300, 300, 300, 300]);
    clock.turn();
    for (let i = 0; i < 50; i++) handle.start({ x: null, c: 'a', fixed: 7 }).end(answer);
    expect(rows(), 'what has closed, and nothing of the open one').toEqual([300, 300, 300, 300, 300]);
    const { features } = handle.report();
    for (const { name, counts, baseline: own, distances: told } of features) {
      const learned = [...baseline.features, ...baseline.outputs].find(feature => feature.name === name)!;
      expect(own).toEqual(learned);
      expect(Object.isFrozen(own)).toBe(true);
      expect(counts).toHaveLength(cellCount(learned));
      expect(distances(counts!, learned)).toEqual(told);
    }
    const x = featureOf(handle.report(), 'x');
    expect(x.counts!.at(-2)).toBe(0);
    expect(x.baseline).toBe(featureOf(handle.report(), 'x').baseline);
    clock.turn();
    expect(featureOf(handle.report(), 'x').counts!.at(-2)).toBe(50);
    handle.dispose();
  });

  it('mean, deviation, index, KS and samples are those of the values in the longest window', () => {
    const value = fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    const minutes = fc.array(fc.array(value, { maxLength: 20 }), { minLength: 1, maxLength: 70 });
    const feature = baseline.features[0]!;
    if (feature.kind !== 'numeric') throw new Error('kind');
    fc.assert(
      fc.property(minutes, stream => {
        const { handle, clock } = watched();
        for (const values of stream) {
          for (const x of values) handle.start({ x, c: 'a', fixed: 7 }).end(answer);
          clock.turn();
        }
        const x = featureOf(handle.report(), 'x');
        handle.dispose();
        const values = stream
          .slice(-60)
          .flat()
          .filter(one => one !== null);
        expect(x.samples).toBe(values.length);
        if (values.length === 0) {
          expect([x.mean, x.psi, x.ks]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
          return;
        }
        const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
        expect(Math.abs(x.mean! - mean)).toBeLessThanOrEqual(1e-9 * (1 + Math.max(...values.map(Math.abs))));
        if (values.length > 1) {
          const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
          const sd = Math.sqrt(squares / (values.length - 1));
          expect(Math.abs(x.sd! - sd)).toBeLessThanOrEqual(1e-6 * (1 + Math.max(...values.map(Math.abs))));
        }
        const shares = feature.cuts.map(
          (_, i) => values.filter(one => findBin(feature.cuts, one) <= i).length / values.length,
        );
        const expected = feature.cuts.map(
          (_, i) => feature.counts.slice(0, i + 1).reduce((sum, count) => sum + count, 0) / 5000,
        );
        const ks = Math.max(0, ...shares.map((share, i) => Math.abs(share - expected[i]!)));
        expect(x.ks).toBeCloseTo(ks, 12);
        expect(x.psi).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  it('after dispose it still tells what was counted, and counts no more', () => {
    const { handle } = watched();
    handle.start({ x: 1, c: 'a', fixed: 7 }).end(answer);
    const open = handle.start({ x: 1, c: 'a', fixed: 7 });
    handle.dispose();
    handle.start({ x: 1, c: 'a', fixed: 7 }).end(answer);
    open.end(answer);
    const report = handle.report();
    expect(report.calls.succeeded).toBe(1);
    expect(report.features[0]!.totals.valued).toBe(2);
    expect(report.dropped).toEqual({ disposed: 1 });
  });
});
