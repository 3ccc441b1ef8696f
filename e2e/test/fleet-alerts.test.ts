import { Fleet } from '@driftspan/example-fleet/fleet';
import { REPLICAS } from '@driftspan/example-fleet/replica-options';
import { EXPORT_INTERVAL_MS, scrapeTargets, startPrometheusWithRules } from '@driftspan/example-fleet/servers';
import { fleetStatus } from '@driftspan/example-fleet/status';
import { type Alert, findEveryPrometheus, type RunningPrometheus, startCollector } from '@driftspan/servers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stored } from '../src/fleet/range.js';
import { wholeLooks } from '../src/fleet/whole-looks.js';

/*
 * The flights of July, and January's drawn at random, each served by eight processes at the same time and for the same number of tiles,
 * under the same rules. Where there are two versions of Prometheus, each looks at one of them.
 */
const RULES = { tile: '10s', windows: ['20s', '60s'], lag: '4s', lookback: '5m', for: '10s' } as const;
const [SHORT, LONG] = RULES.windows;
/** Sixteen processes, two Collectors and two Prometheus share the machine. */
const SCRAPE_INTERVAL = '2s';
/** The long window, and it moves on once. */
const TILES = 7;
const FLIGHTS_PER_SECOND = 500;
const RANGE = '15m';
/** For seven tiles; a busy machine may judge some looks later. */
const LIMIT_MS = 180_000;

const ending: (() => Promise<unknown>)[] = [];
let july: RunningPrometheus;
let january: RunningPrometheus;

beforeAll(async () => {
  const binaries = findEveryPrometheus();
  // One after the other: sixteen processes that start at once on two cores are late for each other.
  const ofJuly = await startFleet(7, false, binaries.at(0)!);
  const ofJanuary = await startFleet(1, true, binaries.at(-1)!);
  july = ofJuly.prometheus;
  january = ofJanuary.prometheus;
  for (const prometheus of [july, january]) await prometheus.waitFor('count(ml:replicas)');
  ofJuly.fleet.takeFlights();
  ofJanuary.fleet.takeFlights();
  const judged = `count_over_time((ml:model_drift_level{ml_window="${LONG}"} >= 0)[${RANGE}:${RULES.tile}])`;
  for (const prometheus of [july, january]) {
    await prometheus.waitFor(judged, ([looks]) => (looks?.value ?? 0) >= TILES, LIMIT_MS);
  }
});

afterAll(async () => {
  for (const end of ending.reverse()) await end();
});

test('July: one critical drift alert for the model, which names the temperature first', async () => {
  const alerts = (await july.alerts()).filter(({ state }) => state === 'firing');
  const named = (name: string): Alert[] => alerts.filter(({ labels }) => labels['alertname'] === name);
  const drift = named('MlDriftCritical');
  console.log(
    `July, Prometheus ${july.version}: ${drift[0]?.annotations['summary']}\n${drift[0]?.annotations['description']}`,
  );
  expect(drift).toHaveLength(1);
  expect(drift[0]!.labels).toMatchObject({ ml_model_name: 'flight-delay', ml_model_version: '2013.01' });
  expect(/^\W*([\w.]+).*PSI/m.exec(drift[0]!.annotations['description']!.split('unseen values.')[1]!)?.[1]).toBe(
    'temp',
  );
  // One cause, one alert: that nearly every flight is called punctual stands in its text.
  expect(drift[0]!.annotations['description']).toMatch(/^- on-time: 9\d\S*% of the predictions, usually 7\d/m);
  expect(alerts).toEqual(drift);
});

test('July was judged on thousands of flights', async () => {
  const { n, level, features } = await fleetStatus(july, LONG);
  console.log(`July: ${n} flights in ${LONG}, ${features[0]!.name} PSI ${features[0]!.psi}, level ${level}`);
  expect(n).toBeGreaterThan(15_000);
  expect(level).toBe(3);
  expect(features[0]!.psiAtLeast).toBeGreaterThan(1);
});

test('shuffled January: no alert at any time, no drift at any look, and every feature was judged on thousands of flights', async () => {
  const { n, level, features } = await fleetStatus(january, LONG);
  console.log(
    `January, Prometheus ${january.version}: ${n} flights in ${LONG}, worst PSI ${features[0]!.psi}, level ${level}`,
  );
  expect(n).toBeGreaterThan(15_000);
  expect(features).toHaveLength(14);
  expect(features.filter(feature => feature.level !== 0 && feature.level !== 1)).toEqual([]);
  expect(
    (await stored(january, 'ALERTS{alertstate="firing"}', RANGE)).map(({ labels }) => labels['alertname']),
  ).toEqual([]);
  for (const window of [SHORT, LONG]) {
    const whole = await wholeLooks(january, { window, range: RANGE, underWay: REPLICAS });
    const [levels] = await stored(january, `ml:model_drift_level{ml_window="${window}"}`, RANGE);
    const judged = levels!.timesMs.map((timeMs, i) => ({ isWhole: whole.has(timeMs), level: levels!.values[i]! }));
    console.log(
      `January, ${window}: ${judged.map(({ isWhole, level }) => `${level}${isWhole ? '' : ' (torn)'}`).join(', ')}`,
    );
    expect(judged.filter(({ isWhole, level }) => isWhole && level > 1)).toEqual([]);
    expect(judged.filter(({ isWhole, level }) => isWhole && level >= 0).length).toBeGreaterThanOrEqual(TILES / 2);
  }
});

async function startFleet(month: number, shuffled: boolean, bin: string) {
  const collector = await startCollector();
  ending.push(() => collector.stop());
  const fleet = await Fleet.start({
    month,
    shuffled,
    seed: 5,
    flightsPerSecond: FLIGHTS_PER_SECOND,
    collector: { url: collector.otlpUrl, intervalMs: EXPORT_INTERVAL_MS },
  });
  ending.push(() => fleet.drain());
  const prometheus = await startPrometheusWithRules(scrapeTargets(collector, []), RULES, {
    bin,
    scrapeInterval: SCRAPE_INTERVAL,
  });
  ending.push(() => prometheus.stop());
  return { fleet, prometheus };
}
