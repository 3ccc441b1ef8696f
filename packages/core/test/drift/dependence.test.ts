import { type Baseline, defineModel, type LearnOptions, learnBaseline, numeric } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor, type DriftAlert, type DriftOptions, type Report } from '../../src/index.js';
import { normals, TestClock, uniforms, verdictOf } from './stream.js';

const FEATURES = 8;
const PER_MINUTE = 25;
/** Of the longest window, an hour. */
const WINDOW_ROWS = 60 * PER_MINUTE;
const MINUTE_MS = 60_000;
/** Twenty of the longest windows. */
const CALIBRATION = 1200;

type Row = Float64Array;
const MODEL = defineModel<Row>({
  name: 'streams',
  version: '1',
  features: Object.fromEntries(
    Array.from({ length: FEATURES }, (_, i) => [`f${i}`, numeric<Row>({ select: row => row[i]! })]),
  ),
});

/** Rows of eight features, each value φ times the one before and noise; all of them may be shifted. */
class Traffic {
  shift = 0;
  readonly #phi: number;
  readonly #normal: () => number;
  readonly #values: Float64Array;

  constructor(phi: number, seed: number) {
    this.#phi = phi;
    this.#normal = normals(uniforms(seed));
    this.#values = Float64Array.from({ length: FEATURES }, this.#normal);
  }

  row(): Row {
    const noise = Math.sqrt(1 - this.#phi ** 2);
    for (let i = 0; i < FEATURES; i++) this.#values[i] = this.#phi * this.#values[i]! + noise * this.#normal();
    return this.#values.map(value => value + this.shift);
  }
}

function learn(traffic: Traffic, rows: number, options?: LearnOptions): Promise<Baseline> {
  return learnBaseline(
    MODEL,
    Array.from({ length: rows }, () => ({ input: traffic.row() })),
    options,
  );
}

/** A monitor whose every sub-window is judged: a minute, or six where the window is of six hours. */
class Watch {
  readonly alerts: DriftAlert[] = [];
  readonly #clock: TestClock;
  readonly #handle: ReturnType<typeof createMonitor<Row>>;

  constructor(baseline: Baseline, drift: DriftOptions = {}) {
    this.#clock = new TestClock(drift.window === '6h' ? 6 * MINUTE_MS : MINUTE_MS);
    this.#handle = createMonitor<Row>({
      model: MODEL,
      baseline,
      drift: { window: '1h', ...drift },
      clock: this.#clock.now,
    });
    this.#handle.on('drift', alert => this.alerts.push(alert));
  }

  run(traffic: Traffic, subWindows: number, rows = PER_MINUTE): this {
    for (let slot = 0; slot < subWindows; slot++) {
      for (let i = 0; i < rows; i++) this.#handle.start(traffic.row()).end({});
      this.#clock.turn();
      this.#handle.evaluate();
    }
    return this;
  }

  idle(subWindows: number): this {
    this.#clock.turn(subWindows);
    this.#handle.evaluate();
    return this;
  }

  /** The minute of the first alert. */
  get firstAlert(): number {
    return (this.alerts[0]!.atMs - Date.UTC(2013, 0, 1)) / MINUTE_MS;
  }

  get report(): Report {
    return this.#handle.report();
  }

  /** What the windows of the first feature take for granted. */
  get assumes(): string[] {
    return this.report.features[0]!.windows.map(window => window.assumes);
  }
}

let unordered: Baseline;
let hangingTogether: Baseline;
beforeAll(async () => {
  unordered = await learn(new Traffic(0, 1), 20 * WINDOW_ROWS);
  hangingTogether = await learn(new Traffic(0.9, 2), 20 * WINDOW_ROWS);
});

describe('a baseline in no order', () => {
  it('warns at no look where values hang together, before or after twenty windows, and often if they were taken as independent', () => {
    const measured = new Watch(hangingTogether).run(new Traffic(0.9, 3), CALIBRATION + 300);
    expect(measured.alerts).toEqual([]);
    expect(measured.assumes).toEqual(['windows', 'windows', 'windows']);
    for (const { windows } of measured.report.features)
      expect(windows.at(-1)!.judgement.shape.lambda).toBeGreaterThan(10);
    const independent = new Watch(hangingTogether, { dependence: 'independent' }).run(new Traffic(0.9, 3), 300);
    expect(independent.alerts.filter(({ change }) => change === 'opened').length).toBeGreaterThan(5);
  });

  it('once calibrated finds a shift of 1 σ', () => {
    const watch = new Watch(unordered);
    const traffic = new Traffic(0, 4);
    watch.run(traffic, CALIBRATION);
    expect(watch.alerts).toEqual([]);
    expect(verdictOf(watch.report, 'f0')).toBe('ok');
    traffic.shift = 1;
    watch.run(traffic, 20);
    expect(new Set(watch.alerts.map(({ feature }) => feature)).size).toBe(FEATURES);
    expect(watch.firstAlert).toBeLessThan(CALIBRATION + 15);
  });

  it('finds what was there from the first call when the calibration ends, and says so until then', () => {
    const watch = new Watch(unordered);
    const traffic = new Traffic(0, 5);
    traffic.shift = 1;
    watch.run(traffic, CALIBRATION - 1);
    expect(watch.alerts).toEqual([]);
    const { features, verdict, drift } = watch.report;
    expect(verdict).toBe('notice');
    for (const feature of features) expect(feature.verdict).toBe('notice');
    expect(features[0]!.windows[2]!.judgement.shape.verdict).toBe('critical');
    expect(drift.dependence).toEqual({
      assumes: 'calibrating',
      guaranteed: false,
      words:
        'How far values hang together is being learned from the traffic, as the baseline was not learned in time order: ' +
        '19 of 20 windows of the longest length were seen. Until then nothing is above a notice.',
    });
    watch.run(traffic, 1);
    expect(watch.firstAlert).toBe(CALIBRATION);
    expect(watch.assumes).toEqual(['windows', 'windows', 'windows']);
    const { dependence } = watch.report.drift;
    expect(dependence).toEqual({
      assumes: 'windows',
      guaranteed: false,
      words:
        'How far values hang together was measured on the first 20 windows of the longest length. ' +
        'So few can miss weak dependence, so the budget is not guaranteed: a baseline of rows with times is surer.',
    });
  });

  it('knows windows shorter than a day after a day, and not by its night alone', () => {
    const night = (minute: number) => minute % 1440 < 480;
    const traffic = new Traffic(0, 17);
    const watch = new Watch(unordered, { window: '6h' });
    // Six minutes a sub-window: by night two rows each, by day fifty, and then the values lie elsewhere.
    const days = (from: number, to: number) => {
      for (let minute = from; minute < to; minute += 6) {
        traffic.shift = night(minute) ? 0 : 0.5 * Math.sin((2 * Math.PI * minute) / 1440);
        watch.run(traffic, 1, night(minute) ? 2 : 50);
      }
    };
    days(0, 1434);
    expect(watch.assumes).toEqual(['calibrating', 'calibrating', 'calibrating']);
    days(1434, 1440);
    expect(watch.assumes).toEqual(['windows', 'calibrating', 'calibrating']);
    days(1440, 20 * 360);
    expect(watch.assumes).toEqual(['windows', 'windows', 'windows']);
    days(20 * 360, 10 * 1440);
    expect(watch.alerts).toEqual([]);
    expect(watch.report.features[0]!.windows[0]!.judgement.shape.lambda).toBeGreaterThan(2);
  });

  it('goes on where it was after hours without a call', () => {
    const watch = new Watch(unordered);
    const traffic = new Traffic(0, 6);
    // Ten of the longest windows, and half of one that ends in the gap.
    watch.run(traffic, 630).idle(200);
    expect(watch.report.verdict).toBe('insufficient');
    expect(watch.report.drift.dependence.words).toContain('10 of 20');
    expect(watch.run(traffic, 599).report.drift.dependence.words).toContain('19 of 20');
    expect(watch.run(traffic, 1).assumes).toEqual(['windows', 'windows', 'windows']);
  });

  it('begins anew in another process', () => {
    new Watch(unordered).run(new Traffic(0, 7), 90);
    const again = new Watch(unordered);
    expect(again.report.drift.dependence).toMatchObject({ assumes: 'calibrating', guaranteed: false });
    expect(again.report.drift.dependence.words).toContain('0 of 20');
    expect(again.run(new Traffic(0, 8), 1).assumes).toEqual(['calibrating', 'calibrating', 'calibrating']);
  });

  it('measured by day does not warn by night: neighbours hang together whatever the time between them', () => {
    const watch = new Watch(hangingTogether);
    const traffic = new Traffic(0.9, 9);
    watch.run(traffic, CALIBRATION);
    // A fifth of the traffic: λ is as large as it was.
    watch.run(traffic, 300, PER_MINUTE / 5);
    expect(watch.alerts).toEqual([]);
    for (const { windows } of watch.report.features) expect(windows.at(-1)!.judgement.shape.lambda).toBeGreaterThan(10);
  });
});

describe('a baseline in time order', () => {
  let ordered: Baseline;
  beforeAll(async () => {
    ordered = await learn(new Traffic(0.9, 2), 20 * WINDOW_ROWS, { timeOrdered: true });
  });

  it('warns at no look where values hang together, from the first on', () => {
    const watch = new Watch(ordered);
    expect(watch.report.drift.dependence).toEqual({
      assumes: 'baseline',
      guaranteed: false,
      words: 'How far values hang together was measured on the baseline.',
    });
    watch.run(new Traffic(0.9, 10), 500);
    expect(watch.alerts).toEqual([]);
    expect(watch.assumes).toEqual(['baseline', 'baseline', 'baseline']);
    expect(watch.report.drift.dependence).toEqual({
      assumes: 'baseline',
      guaranteed: true,
      words:
        'How far values hang together was measured on the baseline, over at least 20 stretches as long as each window.',
    });
  });

  it('finds a shift that twenty times fewer independent values would show', () => {
    const traffic = new Traffic(0.9, 11);
    const watch = new Watch(ordered).run(traffic, 60);
    traffic.shift = 2;
    watch.run(traffic, 60);
    expect(new Set(watch.alerts.map(({ feature }) => feature)).size).toBe(FEATURES);
  });

  it('that is shorter than twenty windows says that the budget is not guaranteed', async () => {
    const short = await learn(new Traffic(0.9, 2), 10 * WINDOW_ROWS, { timeOrdered: true });
    const { drift, features } = new Watch(short).run(new Traffic(0.9, 12), 65).report;
    expect(drift.dependence).toEqual({
      assumes: 'baseline',
      guaranteed: false,
      words:
        'The budget of false alarms is not guaranteed: the baseline holds fewer than 20 stretches as long as the longest window.',
    });
    for (const { windows } of features) expect(windows.map(window => window.guaranteed)).toEqual([true, true, false]);
  });

  it('of independent values costs no power', async () => {
    const independent = await learn(new Traffic(0, 1), 20 * WINDOW_ROWS, { timeOrdered: true });
    const [known, byWord] = [new Watch(independent), new Watch(independent, { dependence: 'independent' })];
    for (const watch of [known, byWord]) {
      const traffic = new Traffic(0, 13);
      watch.run(traffic, 60);
      traffic.shift = 0.5;
      watch.run(traffic, 60);
    }
    expect(known.alerts).toEqual(byWord.alerts);
    expect(known.alerts.length).toBeGreaterThanOrEqual(FEATURES);
  });

  it('judges an open sub-window, before any has closed, as a minute of values that hang together', async () => {
    const past = new Traffic(0.9, 2);
    const rows = Array.from({ length: 20 * WINDOW_ROWS }, (_, i) => ({
      input: past.row(),
      time: (i * MINUTE_MS) / PER_MINUTE,
    }));
    const baseline = await learnBaseline(MODEL, rows);
    const handle = createMonitor<Row>({ model: MODEL, baseline, clock: () => 0, drift: { window: '1h' } });
    const traffic = new Traffic(0.9, 14);
    for (let i = 0; i < 400; i++) handle.start(traffic.row()).end({});
    for (const { provisional, windows } of handle.report().features) {
      expect(windows).toEqual([]);
      expect(provisional!.shape.lambda).toBeGreaterThan(10);
      expect(['insufficient', 'ok']).toContain(provisional!.verdict);
    }
    handle.dispose();
  });
});

describe('by your word', () => {
  it('values are independent, whatever the baseline measured', async () => {
    const ordered = await learn(new Traffic(0.9, 2), 20 * WINDOW_ROWS, { timeOrdered: true });
    for (const baseline of [hangingTogether, ordered]) {
      const { drift, features } = new Watch(baseline, { dependence: 'independent' }).run(new Traffic(0, 15), 5).report;
      expect(drift.dependence).toEqual({
        assumes: 'independent',
        guaranteed: false,
        words: 'Values are taken as independent of each other: the budget of false alarms holds only where they are.',
      });
      for (const { windows } of features) {
        for (const { judgement, assumes, guaranteed } of windows) {
          expect([assumes, guaranteed]).toEqual(['independent', false]);
          expect([judgement.shape.lambda, judgement.missing.lambda]).toEqual([1, 1]);
        }
      }
    }
  });

  it('another word is refused', () => {
    expect(() => new Watch(hangingTogether, { dependence: 'none' as never })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringContaining('drift.dependence') }),
    );
  });
});

describe('what is learned of several features', () => {
  it('is known once it is of all: of answers that came late too', async () => {
    const clock = new TestClock(MINUTE_MS);
    const next = uniforms(16);
    const row = () => ({ x: next() });
    const model = defineModel<{ x: number }>({ name: 'late', version: '1', features: { x: numeric() } });
    const baseline = await learnBaseline(
      model,
      Array.from({ length: 2000 }, () => ({ input: row(), output: { confidence: next() } })),
    );
    const handle = createMonitor<{ x: number }, number>({
      model,
      baseline,
      output: { confidence: answer => answer },
      drift: { window: '1h' },
      clock: clock.now,
    });
    for (let minute = 0; minute < CALIBRATION + 120; minute++) {
      for (let i = 0; i < 3; i++) {
        const call = handle.start(row());
        if (minute < CALIBRATION) call.fail(new Error('no answer'));
        else call.end(next());
      }
      clock.turn();
      handle.evaluate();
    }
    const { features, drift } = handle.report();
    expect(features.map(({ windows }) => windows.map(({ assumes }) => assumes))).toEqual([
      ['windows', 'windows', 'windows'],
      ['calibrating', 'calibrating', 'calibrating'],
    ]);
    expect(drift.dependence).toMatchObject({ assumes: 'calibrating', guaranteed: false });
    expect(drift.dependence.words).toContain('2 of 20');
    handle.dispose();
  });
});
