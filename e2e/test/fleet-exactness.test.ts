import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fleet } from '@driftspan/example-fleet/fleet';
import { REPLICAS } from '@driftspan/example-fleet/replica-options';
import type { ReplicaProcess } from '@driftspan/example-fleet/replica-process';
import { EXPORT_INTERVAL_MS, scrapeTargets, startPrometheusWithRules } from '@driftspan/example-fleet/servers';
import { Traffic } from '@driftspan/example-fleet/traffic';
import { BASELINE_FILE } from '@driftspan/example-flight-delays/files';
import { readFlights } from '@driftspan/example-flight-delays/flights';
import { loadBaseline } from '@driftspan/node';
import { findEveryPrometheus, type RunningPrometheus, startCollector } from '@driftspan/servers';
import { cellNames } from '@driftspan/sketch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIGURES, type Figure, figuresOf, sum } from '../src/fleet/figures.js';
import { FleetUnion, type Stretch } from '../src/fleet/fleet-union.js';
import { type StoredSeries, stored } from '../src/fleet/range.js';
import { RawCells } from '../src/fleet/raw-cells.js';

/*
 * Eight processes with different traffic, each read twice at the same time: over OTLP, the Collector and a Prometheus that scrapes it,
 * and by another Prometheus that scrapes the processes. Halfway one is drained and replaced, and one killed.
 */
const TILE_MS = 5_000;
const LAG_MS = 2_000;
/** One that moves through the run, one that holds all of it. */
const WINDOWS = { '20s': 20_000, '2m': 120_000 } as const;
const RULES = { tile: '5s', windows: ['20s', '2m'], lag: '2s', lookback: '5m' } as const;
const MONTH = 7;
const FLIGHTS_PER_SECOND = 1_000;
const HALF_MS = 16_000;
/** More than the whole run. */
const RANGE = '15m';
/** A scrape's stamp may be moved to where it should have been. */
const STAMP_TOLERANCE_MS = 5;

const PATHS = ['collector', 'direct'] as const;
type Path = (typeof PATHS)[number];
const IDENTITY = { collector: 'instance', direct: 'service_instance_id' } as const;

interface Run {
  readonly fleet: Fleet;
  readonly drained: ReplicaProcess;
  readonly killed: ReplicaProcess;
  /** Of all flights. */
  readonly killedShare: number;
  readonly prometheus: Readonly<Record<Path, RunningPrometheus>>;
  readonly union: Readonly<Record<Path, FleetUnion>>;
}

const ending: (() => Promise<unknown>)[] = [];
let run: Run;

beforeAll(async () => {
  const logs = await mkdtemp(join(tmpdir(), 'driftspan-rows-'));
  ending.push(() => rm(logs, { recursive: true, force: true }));
  const collector = await startCollector();
  ending.push(() => collector.stop());
  const fleet = await Fleet.start({
    month: MONTH,
    shuffled: false,
    seed: 5,
    flightsPerSecond: FLIGHTS_PER_SECOND,
    collector: { url: collector.otlpUrl, intervalMs: EXPORT_INTERVAL_MS },
    servePort: 0,
    logs,
  });
  ending.push(() => fleet.kill());
  // Where there are two versions, each sees one of the paths.
  const binaries = findEveryPrometheus();
  const [viaCollector, direct] = await Promise.all([
    startPrometheusWithRules(scrapeTargets(collector, []), RULES, { bin: binaries.at(0)! }),
    startPrometheusWithRules(scrapeTargets(undefined, fleet.targets), RULES, { bin: binaries.at(-1)! }),
  ]);
  ending.push(
    () => viaCollector.stop(),
    () => direct.stop(),
  );
  const prometheus = { collector: viaCollector, direct };
  for (const path of PATHS) await prometheus[path].waitFor('count(ml:replicas)');

  fleet.takeFlights();
  await sleep(HALF_MS);
  const [, , drained, , , killed] = fleet.replicas;
  await killed!.kill();
  await fleet.replace(drained!);
  await sleep(HALF_MS);
  await fleet.drain();
  // All that is there has been scraped and summed up when two tiles after the last counts are recorded.
  const doneMs = Date.now() + LAG_MS + 2 * TILE_MS;
  for (const path of PATHS) {
    await prometheus[path].waitFor(`timestamp(max(ml:feature_n)) * 1000 > ${doneMs}`);
  }
  const flights = await readFlights();
  const cells = await RawCells.of(flights, MONTH, await loadBaseline(BASELINE_FILE));
  const [ofCollector, ofDirect] = await Promise.all(
    PATHS.map(path => FleetUnion.of(prometheus[path], fleet, cells, IDENTITY[path], RANGE)),
  );
  run = {
    fleet,
    drained: drained!,
    killed: killed!,
    killedShare: new Traffic(flights, killed!.options).share,
    prometheus,
    union: { collector: ofCollector!, direct: ofDirect! },
  };
});

afterAll(async () => {
  for (const end of ending.reverse()) await end();
});

test.each(PATHS)('%s: what was scraped of a process is its own log up to a row', path => {
  const { fleet, union } = run;
  expect(union[path].processes).toHaveLength(fleet.replicas.length);
  for (const process of union[path].processes) {
    expect(process.rows).toBeGreaterThan(0);
    // One answer of a process is of one moment; a Collector's page may be read between two series.
    if (path === 'direct') expect(process.torn).toBe(0);
  }
  // Their traffic differs: of the first eight, no two were asked about the same flight.
  const own = union[path].processes.slice(0, REPLICAS).map(({ logged }) => new Set(logged.rows));
  expect(new Set(own.flatMap(rows => [...rows])).size).toBe(sum(own.map(({ size }) => size)));
});

test.each(PATHS)('%s: a drained process loses nothing, a killed one what came after its last export', path => {
  const { fleet, killed, union } = run;
  for (const [i, replica] of fleet.replicas.entries()) {
    const { logged, rows, timesMs } = union[path].processes[i]!;
    if (replica !== killed) {
      expect(rows).toBe(logged.rows.length);
      continue;
    }
    const lost = logged.rows.length - rows;
    const perInterval = (FLIGHTS_PER_SECOND * run.killedShare * EXPORT_INTERVAL_MS) / 1000;
    console.log(`${path}: the killed process had counted ${rows} rows when last seen; ${lost} of its log are lost`);
    // An interval's worth, one more for the export that was under way, and a third for a busy machine.
    expect(lost).toBeLessThan(3 * perInterval);
    // No row that was logged before the last scrape began is lost.
    if (path === 'direct')
      expect(logged.timesMs[rows] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(timesMs.at(-1)! - STAMP_TOLERANCE_MS);
  }
});

test.each(PATHS)('%s: n, KS, PSI and missing of the fleet are those of the union of rows', async path => {
  const { compared, instants, leftOut } = await compare(path);
  const { processes } = run.union[path];
  const rows = sum(run.union[path].countsWithin(0, await summedUp(path)));
  console.log(
    `${path}: Prometheus ${run.prometheus[path].version}, ${processes.length} processes, ${rows} rows, ${instants} instants recorded, ${leftOut} left out where a page was torn`,
  );
  console.table(compared);
  const {
    'ml:feature_n': n,
    'ml:feature_ks': ks,
    'ml:feature_psi': psi,
    'ml:feature_missing_ratio': missing,
  } = compared;
  expect(n.worst).toBe(0);
  expect(ks.worst).toBeLessThanOrEqual(1e-15);
  expect(psi.worst).toBeLessThanOrEqual(1e-12);
  expect(missing.worst).toBeLessThanOrEqual(1e-15);
  for (const figure of FIGURES) {
    expect(compared[figure].comparisons).toBeGreaterThan(50);
    // The long window has held the whole run: every row that was summed up.
    expect(compared[figure].mostRows, figure).toBe(rows);
  }
});

test.each(PATHS)('%s: all tiles together are the counters', async path => {
  const { cells } = run.union[path];
  const stretches = await summedUp(path);
  const tiles = await stored(run.prometheus[path], 'ml:feature_bins:tile', RANGE);
  for (const [f, feature] of cells.features.entries()) {
    const counts = run.union[path].countsWithin(f, stretches);
    const summed = cellNames(feature).map(([bin, kind]) =>
      sum(
        tiles
          .filter(({ labels }) => labels['ml_feature_name'] === feature.name)
          .filter(({ labels }) => labels['ml_bin'] === bin && labels['ml_bin_kind'] === kind)
          .flatMap(({ values }) => values),
      ),
    );
    expect(summed, feature.name).toEqual(counts);
  }
});

test.each(PATHS)('%s: no rule failed, and every tile is there that Prometheus could sum up', async path => {
  const groups = (await run.prometheus[path].get('/api/v1/rules')) as {
    readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly health: string }[] }[];
  };
  const unhealthy = groups.groups.flatMap(({ rules }) => rules).filter(({ health }) => health !== 'ok');
  expect(unhealthy).toEqual([]);
  const timesMs = await tileTimes(path);
  expect(timesMs.length).toBeGreaterThan(5);
  for (const timeMs of timesMs) expect((timeMs - timesMs[0]!) % TILE_MS).toBe(0);
  // On a busy machine no scrape may come through for a whole tile, which then has no value and leaves its rows to the next; and an
  // evaluation may be skipped, which Prometheus counts. Neither as a rule.
  const missing = missingBetween(timesMs).filter(timeMs => run.union[path].isScraped(...stretchOf(timeMs)));
  expect(missing.length).toBeLessThanOrEqual(await missedEvaluations(run.prometheus[path]));
});

/** One figure, over all features and instants. */
interface Compared {
  comparisons: number;
  /** The worst difference of what was recorded from what the raw rows give. */
  worst: number;
  /** Where, if there is any: `temp, 20s, 15:04:05.123: 10 recorded, 12 in the rows`. */
  worstAt: string;
  /** Of the largest union that was compared. */
  mostRows: number;
}

async function compare(path: Path) {
  const union = run.union[path];
  const compared = {} as Record<Figure, Compared>;
  const instants = new Set<string>();
  const leftOut = new Set<string>();
  const timesMs = await tileTimes(path);
  for (const figure of FIGURES) {
    const sofar: Compared = { comparisons: 0, worst: 0, worstAt: '', mostRows: 0 };
    for (const { feature, window, timeMs, value } of points(await stored(run.prometheus[path], figure, RANGE))) {
      const f = union.cells.features.findIndex(({ name }) => name === feature);
      const stretches = stretchesOf(timesMs.filter(time => time > timeMs - WINDOWS[window] && time <= timeMs));
      instants.add(`${window} ${timeMs}`);
      if (!stretches.every(stretch => union.isWhole(...stretch))) {
        leftOut.add(`${window} ${timeMs}`);
        continue;
      }
      const counts = union.countsWithin(f, stretches);
      const expected = figuresOf(counts, union.cells.features[f]!)[figure];
      const difference = differenceOf(value, expected);
      sofar.comparisons++;
      if (difference > sofar.worst) {
        sofar.worst = difference;
        sofar.worstAt = `${feature}, ${window}, ${new Date(timeMs).toISOString().slice(11, -1)}: ${value} recorded, ${expected} in the rows`;
      }
      sofar.mostRows = Math.max(sofar.mostRows, sum(counts));
    }
    compared[figure] = sofar;
  }
  return { compared, instants: instants.size, leftOut: leftOut.size };
}

/** When a tile was summed up. */
async function tileTimes(path: Path): Promise<readonly number[]> {
  return (await stored(run.prometheus[path], 'ml:feature_bins:tile{ml_bin_kind="invalid"}', RANGE))[0]!.timesMs;
}

/** The time that is covered by all tiles. */
async function summedUp(path: Path): Promise<Stretch[]> {
  return stretchesOf(await tileTimes(path));
}

/** The time that tiles cover: one stretch, unless one between them is missing. */
function stretchesOf(tileTimesMs: readonly number[]): Stretch[] {
  const stretches: [startMs: number, endMs: number][] = [];
  for (const timeMs of tileTimesMs) {
    const [startMs, endMs] = stretchOf(timeMs);
    const last = stretches.at(-1);
    if (last !== undefined && last[1] === startMs) last[1] = endMs;
    else stretches.push([startMs, endMs]);
  }
  return stretches;
}

/** What a tile sums up. */
function stretchOf(tileTimeMs: number): Stretch {
  return [tileTimeMs - LAG_MS - TILE_MS, tileTimeMs - LAG_MS];
}

/** When there should have been a tile between others. */
function missingBetween(tileTimesMs: readonly number[]): number[] {
  const tiles = (tileTimesMs.at(-1)! - tileTimesMs[0]!) / TILE_MS;
  const there = new Set(tileTimesMs);
  return Array.from({ length: tiles }, (_, i) => tileTimesMs[0]! + i * TILE_MS).filter(timeMs => !there.has(timeMs));
}

async function missedEvaluations(prometheus: RunningPrometheus): Promise<number> {
  const page = await (await fetch(`${prometheus.url}/metrics`)).text();
  const missed = page.matchAll(/^prometheus_rule_group_iterations_missed_total\{.*\} (\S+)$/gm);
  return Math.max(...[...missed].map(([, count]) => Number(count)));
}

/** No number on both sides is no difference, on one side alone the largest. */
function differenceOf(recorded: number, expected: number): number {
  if (Number.isNaN(recorded) && Number.isNaN(expected)) return 0;
  const difference = Math.abs(recorded - expected);
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}

function* points(series: readonly StoredSeries[]) {
  for (const { labels, timesMs, values } of series) {
    for (const [i, timeMs] of timesMs.entries()) {
      const window = labels['ml_window'] as keyof typeof WINDOWS;
      yield { feature: labels['ml_feature_name']!, window, timeMs, value: values[i]! };
    }
  }
}
