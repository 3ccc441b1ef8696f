import { type Baseline, dependenceOfWindow, learnBaseline, type Verdict } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor, type DriftAlert, type DriftOptions, type Report } from '../../src/index.js';
import { FLIGHT_MODEL, type Flight, january } from './flights.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEATHER = ['temp', 'dewp', 'humid', 'wind_speed', 'pressure', 'visib'];

let flights: Flight[];
beforeAll(async () => {
  flights = await january();
});

/** January as it came, flight by flight, with a look at every sub-window; gives the alerts. */
function januaryAsItCame(
  baseline: Baseline,
  drift: DriftOptions,
  windowMs: number,
  look: (report: () => Report) => void,
) {
  let nowMs = 0;
  const handle = createMonitor<Flight>({ model: FLIGHT_MODEL, baseline, drift, clock: () => nowMs });
  const alerts: DriftAlert[] = [];
  handle.on('drift', alert => alerts.push(alert));
  let next = 0;
  for (let endMs = windowMs / 60; next < flights.length; endMs += windowMs / 60) {
    for (; next < flights.length && flights[next]!.scheduled * MINUTE_MS < endMs; next++) {
      nowMs = flights[next]!.scheduled * MINUTE_MS;
      handle.start(flights[next]!).end({});
    }
    nowMs = endMs;
    handle.evaluate();
    look(() => handle.report());
  }
  handle.dispose();
  return alerts;
}

const featureOf = (report: Report, name: string) => report.features.find(feature => feature.name === name)!;

describe('January in its own order, against the whole of January, its dependence measured', () => {
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await learnBaseline(
      FLIGHT_MODEL,
      flights.map(input => ({ input, time: input.scheduled * MINUTE_MS })),
    );
  });

  it.each([
    ['6h', 6 * HOUR_MS, [true, true, true]],
    ['1d', DAY_MS, [true, true, true]],
    // A week fits four times into January, and a quarter of it seventeen times.
    ['7d', 7 * DAY_MS, [true, false, false]],
  ])('with a window of %s no feature warns at any look', (window, windowMs, guaranteed) => {
    let looks = 0;
    let last: Report | undefined;
    const alerts = januaryAsItCame(baseline, { window }, windowMs, report => {
      // At noon of a day, with a full window behind it.
      if (++looks === Math.floor(((20 * DAY_MS + 12 * HOUR_MS) / windowMs) * 60)) last = report();
    });
    expect(alerts).toEqual([]);
    expect(looks).toBeGreaterThan(200);

    expect(last!.drift.dependence.assumes).toBe('baseline');
    expect(last!.drift.dependence.guaranteed).toBe(!guaranteed.includes(false));
    for (const { windows } of last!.features) expect(windows.map(one => one.guaranteed)).toEqual(guaranteed);
    // A timetable can be compared. The weather of a day or a week is about one observation, and says so.
    expect(featureOf(last!, 'carrier').verdict).toBe('ok');
    for (const name of ['temp', 'pressure']) {
      const { verdict, windows } = featureOf(last!, name);
      expect(verdict).toBe('insufficient');
      const { lambda, detectable } = windows.at(-1)!.judgement.shape;
      expect(lambda).toBeGreaterThan(100);
      expect(detectable).toBeGreaterThan(1);
    }
  });

  it('the hour of departure moves with a quarter of a day, and hardly with a whole one', () => {
    const hour = baseline.features.find(({ name }) => name === 'hour')!;
    const { rows, dependence } = baseline;
    const lambda = (lengthMs: number) => {
      const window = { rows: (rows * lengthMs) / dependence!.spanMs!, lengthMs };
      return dependenceOfWindow(dependence!, hour.dependence, { rows, df: 15 }, window).lambda;
    };
    expect(lambda(6 * HOUR_MS)).toBeGreaterThan(100);
    expect(lambda(DAY_MS)).toBeLessThan(10);
  });
});

describe('January in its own order, taken as independent', () => {
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await learnBaseline(
      FLIGHT_MODEL,
      flights.map(input => ({ input })),
    );
  });

  /** The longest window's verdicts of each feature, at one look in so many, where there was enough to judge. */
  function verdicts(window: string, windowMs: number, oneIn: number): Map<string, Verdict[]> {
    let looks = 0;
    const seen = new Map<string, Verdict[]>();
    januaryAsItCame(baseline, { window, dependence: 'independent' }, windowMs, report => {
      if (looks++ % oneIn !== 0) return;
      for (const { name, windows } of report().features) {
        const longest = windows.at(-1)!.judgement.verdict;
        if (longest !== 'insufficient') seen.set(name, [...(seen.get(name) ?? []), longest]);
      }
    });
    return seen;
  }
  const share = (seen: readonly Verdict[], verdict: Verdict) =>
    seen.filter(one => one === verdict).length / seen.length;

  it('a day of weather is no independent sample of the month: temperature and pressure are critical at nearly every look', () => {
    const seen = verdicts('1d', DAY_MS, 1);
    for (const feature of WEATHER) {
      expect(seen.get(feature)!.length).toBeGreaterThan(1800);
      expect([feature, share(seen.get(feature)!, 'critical') > 0.95]).toEqual([feature, true]);
    }
    // What a day holds in full, a timetable, is like the month.
    for (const feature of ['carrier', 'origin', 'dest', 'distance']) {
      expect(seen.get(feature)!.filter(verdict => verdict === 'warning' || verdict === 'critical')).toEqual([]);
    }
    expect(share(seen.get('hour')!, 'ok')).toBeGreaterThan(0.95);
  });

  it('a window of six hours is no whole day: the hour of departure is critical at most looks too', () => {
    const seen = verdicts('6h', 6 * HOUR_MS, 7);
    expect(share(seen.get('hour')!, 'critical')).toBeGreaterThan(0.8);
    expect(share(seen.get('temp')!, 'critical')).toBeGreaterThan(0.8);
  });
});
