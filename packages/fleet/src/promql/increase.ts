import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from './duration.js';
import { WINDOW, withLabel } from './labels.js';

/*
 *          lookback            tile      lag
 *   ├─────────────────────┼───────────┼───────┤ now
 *                   b ●               ● a
 *
 * The increase over one tile is a − b, the last samples before its end and before its start. `increase()` would extrapolate
 * and take a new series' first value for a start (measured: up to 20 % off around a restart). As b of this tile is a of the
 * one before, tiles telescope: nothing is lost and nothing counted twice, whatever the scrape interval, on servers with
 * ranges closed on both sides (2.x) and left-open ones (3.x) alike. Without a b the process is new, and a is the increase.
 *
 * Differences are taken of each process's series and then summed: the sum of a set of processes that changes cannot be subtracted.
 * `>= 0` is for those that restart under the same labels: what came since the last tile is then lost, and nothing goes negative.
 */

/**
 * The exact increase over one tile of every series of the counters. One counter may have several names, one a flavour;
 * a process is expected under one of them.
 */
export function increaseOverTile(counters: readonly string[], { tile, lag, lookback }: ResolvedRuleOptions): string {
  const end = `${tile.text}] offset ${lag.text}`;
  const start = `${lookback.text}] offset ${formatDuration(lag.ms + tile.ms)}`;
  return counters
    .flatMap(counter => [
      `(last_over_time(${counter}[${end}) - last_over_time(${counter}[${start})) >= 0`,
      `last_over_time(${counter}[${end})`,
    ])
    .join('\nor ');
}

/** A range that holds exactly `count` tiles, the newest included: a fifth of a tile short, so that neither kind of edge matters. */
export function tilesRange(count: number, { tile }: ResolvedRuleOptions): string {
  return formatDuration(count * tile.ms - tile.ms / 5);
}

/** The sums of a tile series over each window. */
export function overWindows(tiles: string, options: ResolvedRuleOptions): string {
  return options.windows
    .map(window => {
      const range = tilesRange(window.ms / options.tile.ms, options);
      return withLabel(`sum_over_time(${tiles}[${range}])`, WINDOW, window.text);
    })
    .join('\nor ');
}
