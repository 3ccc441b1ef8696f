import type { RawRows } from '@driftspan/example-fleet/raw-log';
import { type BinKind, cellNames } from '@driftspan/sketch';
import { sum } from './figures.js';
import { lastAt, type StoredSeries } from './range.js';
import type { RawCells } from './raw-cells.js';

/** One sample of one feature, and what the process's own log says of it. */
interface SeenFeature {
  /** How many rows of the log it has counted. */
  readonly rows: number;
  /** The counts of just those rows, in cell order. */
  readonly counts: readonly number[];
  /** Whether these are the counts that were scraped, cell by cell. */
  readonly equal: boolean;
}

/**
 * What Prometheus kept of one process, held against its log: each scrape must have counted the first so many rows and no others.
 * A page that was read while a Collector took in an export may have some series of before and some of after it: such a sample is torn.
 */
export class ScrapedProcess {
  readonly logged: RawRows;
  readonly timesMs: readonly number[];
  /** By feature, then by scrape. */
  readonly #seen: readonly (readonly SeenFeature[])[];

  /** @param series all of `ml_feature_bins_total` of this process. */
  constructor(logged: RawRows, cells: RawCells, series: readonly StoredSeries[]) {
    this.logged = logged;
    if (series.length === 0) throw new Error('Prometheus has nothing of a process');
    this.timesMs = [...new Set(series.flatMap(({ timesMs }) => timesMs))].sort((a, b) => a - b);
    const byCell = new Map(series.map(each => [keyOf(each.labels), byTime(each)]));
    this.#seen = cells.features.map((feature, f) => {
      const own = cellNames(feature).map(([bin, kind]) => byCell.get(key(feature.name, bin, kind)));
      const counts = own.map(() => 0);
      let row = 0;
      return this.timesMs.map(timeMs => {
        // A series that is not there yet has counted nothing.
        const scraped = own.map(values => values?.get(timeMs) ?? 0);
        // Counters never fall, so the log is walked once.
        for (const rows = Math.min(sum(scraped), logged.rows.length); row < rows; row++) {
          counts[cells.cell(f, logged.rows[row]!)]!++;
        }
        return { rows: row, counts: [...counts], equal: scraped.every((count, cell) => count === counts[cell]) };
      });
    });
  }

  /** Scrapes of which some feature is not the first so many rows, or which differ by more than the call under way. */
  get torn(): number {
    return this.timesMs.filter((_, scrape) => !this.#whole(scrape)).length;
  }

  /** Rows of the log that the last scrape had counted. */
  get rows(): number {
    return this.#seen[0]!.at(-1)!.rows;
  }

  /** Whether the last scrape at or before a time is of one moment; so is having none. */
  wholeAt(timeMs: number): boolean {
    const scrape = lastAt(this.timesMs, timeMs);
    return scrape < 0 || this.#whole(scrape);
  }

  /** The counts of a feature as of the last scrape at or before a time; undefined before the first. */
  countsAt(feature: number, timeMs: number): readonly number[] | undefined {
    return this.#seen[feature]![lastAt(this.timesMs, timeMs)]?.counts;
  }

  #whole(scrape: number): boolean {
    const rows = this.#seen.map(feature => feature[scrape]!);
    const all = rows.map(({ rows: counted }) => counted);
    // Inputs are counted when a call begins, outputs when it ends; calls follow one another.
    return rows.every(({ equal }) => equal) && Math.max(...all) - Math.min(...all) <= 1;
  }
}

function byTime({ timesMs, values }: StoredSeries): ReadonlyMap<number, number> {
  return new Map(timesMs.map((timeMs, i) => [timeMs, values[i]!]));
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return key(labels['ml_feature_name']!, labels['ml_bin']!, labels['ml_bin_kind'] as BinKind);
}

function key(feature: string, bin: string, kind: BinKind): string {
  return JSON.stringify([feature, bin, kind]);
}
