import { learnBaseline, type Verdict } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { createMonitor } from '../../src/index.js';
import { FLIGHT_MODEL, type Flight, january } from './flights.js';

const MINUTE_MS = 60_000;

/** January as it came, flight by flight, with a look at every sub-window: each feature's verdicts in turn. */
async function januaryAsItCame(window: string, subWindowMs: number): Promise<Map<string, Verdict[]>> {
  const flights = await january();
  const baseline = await learnBaseline(
    FLIGHT_MODEL,
    flights.map(input => ({ input })),
  );
  let nowMs = 0;
  const handle = createMonitor<Flight>({ model: FLIGHT_MODEL, baseline, drift: { window }, clock: () => nowMs });
  const seen = new Map<string, Verdict[]>();
  let next = 0;
  for (let endMs = subWindowMs; next < flights.length; endMs += subWindowMs) {
    for (; next < flights.length && flights[next]!.scheduled * MINUTE_MS < endMs; next++) {
      nowMs = flights[next]!.scheduled * MINUTE_MS;
      handle.start(flights[next]!).end({});
    }
    nowMs = endMs;
    for (const { name, windows } of handle.report().features) {
      const longest = windows.at(-1)!.judgement.verdict;
      if (longest !== 'insufficient') seen.set(name, [...(seen.get(name) ?? []), longest]);
    }
  }
  handle.dispose();
  return seen;
}

const share = (seen: readonly Verdict[], verdict: Verdict) => seen.filter(one => one === verdict).length / seen.length;

describe('January in its own order, against the whole of January', () => {
  it('a day of weather is no independent sample of the month: temperature and pressure are critical at nearly every look', async () => {
    const seen = await januaryAsItCame('1d', 1_440_000);
    for (const feature of ['temp', 'dewp', 'humid', 'wind_speed', 'pressure', 'visib']) {
      expect(seen.get(feature)!.length).toBeGreaterThan(1800);
      expect([feature, share(seen.get(feature)!, 'critical') > 0.95]).toEqual([feature, true]);
    }
    // What a day holds in full, a timetable, is like the month.
    for (const feature of ['carrier', 'origin', 'dest', 'distance']) {
      expect(seen.get(feature)!.filter(verdict => verdict === 'warning' || verdict === 'critical')).toEqual([]);
    }
    expect(share(seen.get('hour')!, 'ok')).toBeGreaterThan(0.95);
  });

  it('a window of six hours is no whole day: the hour of departure is critical at most looks too', async () => {
    const seen = await januaryAsItCame('6h', 360_000);
    expect(share(seen.get('hour')!, 'critical')).toBeGreaterThan(0.8);
    expect(share(seen.get('temp')!, 'critical')).toBeGreaterThan(0.8);
  });
});
