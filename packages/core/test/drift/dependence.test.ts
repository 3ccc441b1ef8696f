import { type Baseline, defineModel, type LearnOptions, learnBaseline, numeric } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createMonitor,
  type DriftAlert,
  type DriftOptions,
  monitor,
  monitorBatch,
  type Report,
} from '../../src/index.js';
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

/** A monitor whose every minute is judged. */
class Watch {
  readonly alerts: DriftAlert[] = [];
  readonly #clock = new TestClock(MINUTE_MS);
  readonly #handle: ReturnType<typeof createMonitor<Row>>;
  readonly #startMs = this.#clock.now();

  constructor(baseline: Baseline, drift: DriftOptions = {}) {
    this.#handle = createMonitor<Row>({
      model: MODEL,
      baseline,
      drift: { window: '1h', ...drift },
      clock: this.#clock.now,
    });
    this.#handle.on('drift', alert => this.alerts.push(alert));
  }

  run(traffic: Traffic, minutes: number, perMinute = PER_MINUTE): this {
    for (let minute = 0; minute < minutes; minute++) {
      for (let i = 0; i < perMinute; i++) this.#handle.start(traffic.row()).end({});
      this.#clock.turn();
      this.#handle.evaluate();
    }
    return this;
  }

  idle(minutes: number): this {
    this.#clock.turn(minutes);
    this.#handle.evaluate();
    return this;
  }

  /** The minute of the first alert. */
  get firstAlert(): number {
    return (this.alerts[0]!.atMs - this.#startMs + MINUTE_MS / 2) / MINUTE_MS;
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

  it('finds what was there from the first call when its shortest windows are calibrated, and says so until then', () => {
    const watch = new Watch(unordered);
    const traffic = new Traffic(0, 5);
    traffic.shift = 1;
    watch.run(traffic, 79);
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
        '1 of 20 windows of the longest length were seen. Until then nothing is above a notice.',
    });
    watch.run(traffic, 5);
    expect(watch.firstAlert).toBe(80);
    expect(watch.assumes).toEqual(['windows', 'calibrating', 'calibrating']);
    expect(watch.report.verdict).not.toBe('notice');
  });

  it('goes on where it was after hours without a call', () => {
    const watch = new Watch(unordered);
    const traffic = new Traffic(0, 6);
    // Twelve windows of four sub-windows, and two that end in the gap.
    watch.run(traffic, 50).idle(200);
    expect(watch.report.verdict).toBe('insufficient');
    expect(watch.run(traffic, 31).assumes).toEqual(['calibrating', 'calibrating', 'calibrating']);
    expect(watch.run(traffic, 1).assumes).toEqual(['windows', 'calibrating', 'calibrating']);
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

  it('tells no NaN of an open sub-window before the first has closed', () => {
    const handle = createMonitor<Row>({ model: MODEL, baseline: ordered, clock: () => 0, drift: { window: '1h' } });
    const traffic = new Traffic(0.9, 14);
    for (let i = 0; i < 400; i++) handle.start(traffic.row()).end({});
    for (const { provisional, windows } of handle.report().features) {
      expect(windows).toEqual([]);
      // It is judged as what it is, a minute of values that hang together.
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

describe('rows of one call', () => {
  interface Visit {
    readonly x: number;
    readonly c: string;
  }
  const VISITS = defineModel<Visit>({ name: 'visits', version: '1', features: { x: numeric() } });
  const OUTPUT = {
    label: (_: unknown, row: Visit) => row.c,
    confidence: (_: unknown, row: Visit) => Math.abs(row.x) / 9,
  };
  const ROWS = 64;
  const CALLS = 5;

  const visit = (x: number): Visit => ({ x, c: x < -0.5 ? 'low' : x < 0.5 ? 'middle' : 'high' });
  /** Every row another customer, or all of a call the same. */
  const strangers = (normal: () => number, shift = 0) => Array.from({ length: ROWS }, () => visit(normal() + shift));
  const oneCustomer = (normal: () => number, shift = 0) => new Array<Visit>(ROWS).fill(visit(normal() + shift));

  let baseline: Baseline;
  beforeAll(async () => {
    const normal = normals(uniforms(20));
    baseline = await learnBaseline(
      VISITS,
      Array.from({ length: 100_000 }, () => {
        const row = visit(normal());
        return { input: row, output: { label: row.c, confidence: Math.abs(row.x) / 9 } };
      }),
    );
  });

  /** Alerts of so many minutes; the rows of a call go in together, or one by one. */
  function alertsOf(minutes: number, together: boolean, call: (minute: number) => Visit[], calls = CALLS) {
    const clock = new TestClock(MINUTE_MS);
    const drift = { window: '1h', dependence: 'independent' } as const;
    const options = { model: VISITS, baseline, output: OUTPUT, drift, clock: clock.now };
    const batch = monitorBatch((rows: Visit[]) => rows, options);
    const single = monitor((row: Visit) => row, options);
    const { monitor: handle } = together ? batch : single;
    const alerts: DriftAlert[] = [];
    handle.on('drift', alert => alerts.push(alert));
    for (let minute = 0; minute < minutes; minute++) {
      for (let i = 0; i < calls; i++) {
        const rows = call(minute);
        if (together) batch(rows);
        else for (const row of rows) single(row);
      }
      clock.turn();
      handle.evaluate();
    }
    const report = handle.report();
    batch.monitor.dispose();
    single.monitor.dispose();
    return { alerts, report };
  }
  const lambdas = (report: Report) => report.features.map(({ windows }) => windows.at(-1)!.judgement.shape.lambda);

  it('that are one customer raise no alarm, in what goes in or comes out; taken one by one they would', () => {
    const normal = normals(uniforms(21));
    const { alerts, report } = alertsOf(240, true, () => oneCustomer(normal));
    expect(alerts).toEqual([]);
    expect(report.features.map(({ name }) => name)).toEqual(['x', 'prediction.label', 'prediction.confidence']);
    for (const lambda of lambdas(report)) {
      expect(lambda).toBeGreaterThan(50);
      expect(lambda).toBeLessThan(100);
    }
    const apart = alertsOf(60, false, () => oneCustomer(normal));
    expect(new Set(apart.alerts.map(({ feature }) => feature)).size).toBe(3);
  });

  it('that are many customers cost no power: a shift is found as soon as with one row a call', () => {
    const shifted = (minute: number) => (minute < 20 ? 0 : 0.4);
    const [first, second] = [true, false].map(together => {
      const normal = normals(uniforms(22));
      return alertsOf(80, together, minute => strangers(normal, shifted(minute)));
    });
    expect(lambdas(first!.report)).toEqual([1, 1, 1]);
    expect(first!.alerts.length).toBeGreaterThan(0);
    expect(first!.alerts).toEqual(second!.alerts);
  });

  it('that are one customer each still show a drift of the customers', () => {
    const normal = normals(uniforms(23));
    const { alerts } = alertsOf(180, true, minute => oneCustomer(normal, minute < 60 ? 0 : 1.5));
    expect(alerts.map(({ feature }) => feature)).toContain('x');
    expect(alerts[0]!.change).toBe('opened');
  });

  it('raise no alarm where there is but one call a minute', () => {
    const normal = normals(uniforms(24));
    expect(alertsOf(240, true, () => oneCustomer(normal), 1).alerts).toEqual([]);
  });

  it('may be none, one, or a million', () => {
    const predict = monitorBatch((rows: Visit[]) => rows.length, {
      model: VISITS,
      baseline,
      drift: { window: '1h', dependence: 'independent' },
      clock: () => 0,
    });
    expect(predict([])).toBe(0);
    expect(predict([visit(0)])).toBe(1);
    const { provisional } = predict.monitor.report().features[0]!;
    expect(provisional!.shape.lambda).toBe(1);
    expect(predict(new Array<Visit>(1_000_000).fill(visit(1)))).toBe(1_000_000);
    const { shape, verdict } = predict.monitor.report().features[0]!.provisional!;
    // One call: all its rows count as one.
    expect(shape.lambda).toBeGreaterThan(999_000);
    expect(verdict).toBe('insufficient');
    predict.monitor.dispose();
  });

  it('whose reader calls the model itself are counted, and no alarm is made of it', () => {
    const clock = new TestClock(MINUTE_MS);
    const normal = normals(uniforms(25));
    const model = defineModel<Visit>({
      name: 'asks itself',
      version: '1',
      features: {
        x: numeric({
          select: row => {
            if (row.c === 'asks') predict(strangers(normal));
            return row.x;
          },
        }),
      },
    });
    const predict: (rows: Visit[]) => unknown = monitorBatch((rows: Visit[]) => rows.length, {
      model,
      baseline: { ...baseline, model: { name: 'asks itself', version: '1' }, outputs: [] },
      drift: { window: '1h', dependence: 'independent' },
      clock: clock.now,
    });
    const { monitor: handle } = predict as ReturnType<typeof monitorBatch>;
    const alerts: DriftAlert[] = [];
    handle.on('drift', alert => alerts.push(alert));
    for (let minute = 0; minute < 60; minute++) {
      predict([...strangers(normal), { x: normal(), c: 'asks' }, ...strangers(normal)]);
      clock.turn();
      handle.evaluate();
    }
    expect(alerts).toEqual([]);
    const { totals, windows } = handle.report().features[0]!;
    expect(totals.valued).toBe(60 * (3 * ROWS + 1));
    expect(windows.at(-1)!.judgement.shape.lambda).toBeLessThan(3);
    handle.dispose();
  });
});
