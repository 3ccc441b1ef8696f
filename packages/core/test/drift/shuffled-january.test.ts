import { type Baseline, learnBaseline, type Verdict } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { WindowJudge } from '../../src/drift/window-judge.js';
import { createMonitor, type DriftAlert } from '../../src/index.js';
import { FLIGHT_MODEL, type Flight, january } from './flights.js';
import { TestClock, uniforms } from './stream.js';

/** A month of minutes: what the default budget of one false alarm a month is spent over at a window of an hour. */
const LOOKS = 43_200;
const CALLS_PER_LOOK = 20;
const MINUTE_MS = 60_000;

let flights: Flight[];
let baseline: Baseline;

beforeAll(async () => {
  flights = await january();
  baseline = await learnBaseline(
    FLIGHT_MODEL,
    flights.map(input => ({ input })),
  );
});

/** The flights in random order, again and again. */
function* shuffledForever(seed: number): Generator<Flight, never> {
  const next = uniforms(seed);
  const order = [...flights];
  for (;;) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    yield* order;
  }
}

type Tally = Record<Verdict, number>;

/** Runs `work` and counts the verdicts of all looks made meanwhile, by feature and look; none is kept. */
function countLooks(work: () => void): Tally {
  const counts: Tally = { insufficient: 0, ok: 0, notice: 0, warning: 0, critical: 0 };
  const { look } = WindowJudge.prototype;
  WindowJudge.prototype.look = function (this: WindowJudge, closed: number) {
    const looks = look.call(this, closed);
    for (const { verdict } of looks) counts[verdict]++;
    return looks;
  };
  try {
    work();
  } finally {
    WindowJudge.prototype.look = look;
  }
  return counts;
}

/** Looks at shuffled January, minute by minute, each flight changed on its way. */
function watch(looks: number, change: (flight: Flight, minute: number) => Flight = flight => flight, falseAlarms = 1) {
  const clock = new TestClock(MINUTE_MS);
  const handle = createMonitor<Flight>({
    model: FLIGHT_MODEL,
    baseline,
    drift: { dependence: 'independent', window: '1h', falseAlarms: { count: falseAlarms, per: 'month' } },
    clock: clock.now,
  });
  const alerts: DriftAlert[] = [];
  handle.on('drift', alert => alerts.push(alert));
  const stream = shuffledForever(2013);
  const counts = countLooks(() => {
    for (let look = 0; look < looks; look++) {
      for (let i = 0; i < CALLS_PER_LOOK; i++) handle.start(change(stream.next().value, look)).end({});
      clock.turn();
      handle.evaluate();
    }
  });
  const report = handle.report();
  handle.dispose();
  return { alerts, counts, report };
}

describe('shuffled January', () => {
  it('is looked at 43,200 times, and no look is a warning and no alert fires', () => {
    const { alerts, counts, report } = watch(LOOKS);
    expect(alerts).toEqual([]);
    expect(counts.warning + counts.critical).toBe(0);
    // One false alarm a month was granted over all tests: four notices are exceeded once in 270 months.
    expect(counts.notice).toBeLessThanOrEqual(4);
    expect(counts.ok).toBeGreaterThan(0.99 * LOOKS * report.features.length);
    expect(report.calls.succeeded).toBe(LOOKS * CALLS_PER_LOOK);
    expect(report.drift.logAlpha).toBeCloseTo(-Math.log(report.drift.tests * LOOKS * 3), 12);
  });

  it('spends a budget of 3,000 a month, so that it can be counted: some of it and not more', () => {
    const looks = LOOKS / 20;
    const { counts } = watch(looks, undefined, 3000);
    const spent = counts.notice + counts.warning + counts.critical;
    const granted = (3000 * looks) / LOOKS;
    expect(spent).toBeGreaterThan(0.1 * granted);
    expect(spent).toBeLessThanOrEqual(granted);
  });

  it('alerts within the hour when 12 °F are added to the temperature of all flights', () => {
    const { alerts } = watch(180, (flight, minute) =>
      minute < 120 || flight.temp === null ? flight : { ...flight, temp: flight.temp + 12 },
    );
    expect(new Set(alerts.map(({ feature }) => feature))).toEqual(new Set(['temp']));
    expect(alerts.at(-1)!.to).toBe('critical');
  });

  it('alerts within the hour when one airport stops reporting its pressure', () => {
    const { alerts } = watch(180, (flight, minute) =>
      minute < 120 || flight.origin !== 'LGA' ? flight : { ...flight, pressure: null },
    );
    expect(new Set(alerts.map(({ feature }) => feature))).toEqual(new Set(['pressure']));
    expect(alerts.at(-1)!.to).toBe('critical');
  });

  it('alerts within the hour when an airline that January did not have takes over a quarter of the flights', () => {
    const { alerts } = watch(180, (flight, minute) =>
      minute < 120 || flight.scheduled % 4 !== 0 ? flight : { ...flight, carrier: 'XX' },
    );
    expect(new Set(alerts.map(({ feature }) => feature))).toEqual(new Set(['carrier']));
  });
});
