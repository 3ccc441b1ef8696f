import { type Baseline, defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DriftAlert, monitor, monitorBatch, type Report } from '../../src/index.js';
import { normals, TestClock, uniforms } from './stream.js';

const MINUTE_MS = 60_000;

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
