import { type Baseline, learnBaseline } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor, type DriftAlert } from '../../src/index.js';
import { FLIGHT_MODEL, type Flight, january } from '../drift/flights.js';
import { TestClock, uniforms } from '../drift/stream.js';

const MODEL = { ...FLIGHT_MODEL, joint: true };
const SUB_MS = 24 * 60_000;

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const next = uniforms(seed);
  const keyed = items.map(item => ({ item, key: next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

let flights: Flight[];
let baseline: Baseline;
beforeAll(async () => {
  flights = await january();
  baseline = await learnBaseline(
    MODEL,
    flights.map(input => ({ input })),
  );
});

/** Serves the flights at a thousand a day, a look after every 24 minutes; gives the alerts. */
function served(inputs: readonly Flight[]): DriftAlert[] {
  const clock = new TestClock(SUB_MS);
  const drift = { window: '1d', dependence: 'independent' } as const;
  const handle = createMonitor<Flight>({ model: MODEL, baseline, drift, clock: clock.now });
  const alerts: DriftAlert[] = [];
  handle.on('drift', alert => alerts.push(alert));
  for (const [i, flight] of inputs.entries()) {
    handle.start(flight).end({});
    if (i % 17 !== 16) continue;
    clock.turn();
    handle.evaluate();
  }
  handle.dispose();
  return alerts;
}

describe('the flights of January, shuffled', () => {
  it('have their weather watched together, and nothing that is one column twice', () => {
    expect(baseline.joint!.map(({ name }) => name)).toEqual([
      'joint.temp~dewp',
      'joint.humid~visib',
      'joint.wind_speed~pressure',
      'joint.hour~humid',
    ]);
  });

  it('raise no alarm', () => {
    expect(served(shuffled(flights, 1))).toEqual([]);
  });

  it('with the temperature of other flights are found by the pair alone: each column is distributed as ever', () => {
    const temperatures = shuffled(flights, 2).map(({ temp }) => temp);
    const alerts = served(shuffled(flights, 1).map((flight, i) => ({ ...flight, temp: temperatures[i]! })));
    expect(alerts[0]).toMatchObject({ feature: 'joint.temp~dewp', change: 'opened', alsoMoved: [] });
    expect(new Set(alerts.map(({ feature }) => feature))).toEqual(new Set(['joint.temp~dewp']));
    expect(alerts.at(-1)!.to).toBe('critical');
  });
});
