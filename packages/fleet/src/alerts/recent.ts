import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { WINDOW } from '../promql/labels.js';

/**
 * The last sample of a recorded series, two tiles back at most. A sample a tile is as far apart as a server looks back by
 * itself (5 minutes), so between one evaluation of the rules and the next a plain selector finds nothing for a moment, and every
 * alert over it would begin to hold anew.
 */
export function recent(series: string, { tile }: ResolvedRuleOptions): string {
  return `last_over_time(${series}[${formatDuration(2 * tile.ms)}])`;
}

/** The same, as it was one `ago` earlier. */
export function earlier(series: string, ago: string, { tile }: ResolvedRuleOptions): string {
  return `last_over_time(${series}[${formatDuration(2 * tile.ms)}] offset ${ago})`;
}

/** The series of the short window, more matchers after it. */
export function overShort(series: string, { windows }: ResolvedRuleOptions, ...matchers: readonly string[]): string {
  return `${series}{${[`${WINDOW}="${windows[0].text}"`, ...matchers].join(', ')}}`;
}

/** The series of the long window, more matchers after it. */
export function overLong(series: string, { windows }: ResolvedRuleOptions, ...matchers: readonly string[]): string {
  return `${series}{${[`${WINDOW}="${windows[1].text}"`, ...matchers].join(', ')}}`;
}

/** The alert as the server itself writes it down while it fires. */
export function firing(alert: string): string {
  return `ALERTS{alertname="${alert}", alertstate="firing"}`;
}
