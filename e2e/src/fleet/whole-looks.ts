import type { RunningPrometheus } from '@driftspan/servers';
import { stored } from './range.js';

/**
 * When a window was looked at and every feature had counted the same rows, but for `underWay`. At other looks the newest page was torn: the
 * Collector wrote it while it took in an export, so that some bins were of before and some of after it.
 *
 * @returns as Unix time in ms.
 */
export async function wholeLooks(
  prometheus: RunningPrometheus,
  { window, range, underWay }: { readonly window: string; readonly range: string; readonly underWay: number },
): Promise<ReadonlySet<number>> {
  const rows = new Map<number, Map<string, number>>();
  for (const { labels, timesMs, values } of await stored(
    prometheus,
    `ml:feature_bins:window{ml_window="${window}"}`,
    range,
  )) {
    const feature = labels['ml_feature_name']!;
    for (const [i, timeMs] of timesMs.entries()) {
      const look = rows.get(timeMs) ?? new Map<string, number>();
      look.set(feature, (look.get(feature) ?? 0) + values[i]!);
      rows.set(timeMs, look);
    }
  }
  const isWhole = (look: ReadonlyMap<string, number>) =>
    Math.max(...look.values()) - Math.min(...look.values()) <= underWay;
  return new Set([...rows].flatMap(([timeMs, look]) => (isWhole(look) ? [timeMs] : [])));
}
