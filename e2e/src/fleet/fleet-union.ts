import type { Fleet } from '@driftspan/example-fleet/fleet';
import { readRawLog } from '@driftspan/example-fleet/raw-log';
import type { RunningPrometheus } from '@driftspan/servers';
import { cellCount } from '@driftspan/sketch';
import { sum } from './figures.js';
import { stored } from './range.js';
import type { RawCells } from './raw-cells.js';
import { ScrapedProcess } from './scraped-process.js';

/** What was scraped after the one time and until the other. */
export type Stretch = readonly [startMs: number, endMs: number];

/** All processes of a fleet as one Prometheus saw them, and the union of their rows at any moment of it. */
export class FleetUnion {
  readonly cells: RawCells;
  /** In order of their start. */
  readonly processes: readonly ScrapedProcess[];

  private constructor(cells: RawCells, processes: readonly ScrapedProcess[]) {
    this.cells = cells;
    this.processes = processes;
  }

  /** @param identity the label that names a process: `instance` behind a Collector, `service_instance_id` without one. */
  static async of(
    prometheus: RunningPrometheus,
    fleet: Fleet,
    cells: RawCells,
    identity: 'instance' | 'service_instance_id',
    range: string,
  ): Promise<FleetUnion> {
    const processes: ScrapedProcess[] = [];
    for (const { instanceId, options } of fleet.replicas) {
      const series = await stored(prometheus, `ml_feature_bins_total{${identity}="${instanceId}"}`, range);
      processes.push(new ScrapedProcess(readRawLog(options.log!), cells, series));
    }
    return new FleetUnion(cells, processes);
  }

  /** Whether every process was scraped as of one moment, both at the start and at the end of a stretch. */
  isWhole(startMs: number, endMs: number): boolean {
    return this.processes.every(process => process.wholeAt(startMs) && process.wholeAt(endMs));
  }

  /** Whether anything was scraped of any process inside a stretch. */
  isScraped(startMs: number, endMs: number): boolean {
    return this.processes.some(({ timesMs }) => timesMs.some(timeMs => timeMs > startMs && timeMs < endMs));
  }

  /** How often each cell of a feature was seen by all processes, in rows that were scraped after `startMs` and until `endMs`. */
  counts(feature: number, startMs: number, endMs: number): number[] {
    const pairs = this.processes.map(
      process => [process.countsAt(feature, startMs), process.countsAt(feature, endMs)] as const,
    );
    return Array.from({ length: cellCount(this.cells.features[feature]!) }, (_, cell) =>
      sum(pairs.map(([before, after]) => (after?.[cell] ?? 0) - (before?.[cell] ?? 0))),
    );
  }

  /** The same of several stretches together. */
  countsWithin(feature: number, stretches: readonly Stretch[]): number[] {
    const counts = stretches.map(stretch => this.counts(feature, ...stretch));
    return Array.from({ length: cellCount(this.cells.features[feature]!) }, (_, cell) =>
      sum(counts.map(stretch => stretch[cell]!)),
    );
  }
}
