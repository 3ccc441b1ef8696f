// One run of a drift: from its first look on, when is it first noticed, warned of, critical?
import { logAlpha, VERDICT_LEVEL } from '@driftspan/sketch';
import { FeatureRing, levelOf, look, WINDOW_SLOTS } from './looks.js';
import { multinomialInto } from './random.js';

/** The level of a false alarm a month over 100 features with two tests each, and a look a minute. */
export const ONE_A_MONTH = logAlpha({ count: 1, periodMs: 43_200, lookEveryMs: 1, tests: 200 });
export const LEVELS = ['notice', 'warning', 'critical'];

/**
 * The look, from 1, at which each level was first reached within so many looks; Infinity for one that was not.
 *
 * @param {() => number} next
 * @param {import('./drifts.js').Drift} drift
 * @param {{ rows: number, looks: number, m: number, filled: boolean, until: string }} options rows a look; whether the ring
 *   holds an hour from before the drift, or nothing; the level after which nothing more is asked
 */
export function firstLooks(next, drift, { rows, looks, m, filled, until }) {
  const { prepared, before, after } = drift.draw(next, m);
  const counts = new Float64Array(prepared.cells.length);
  const ring = new FeatureRing(counts.length);
  if (filled) {
    for (let slot = 0; slot < WINDOW_SLOTS.at(-1); slot++) {
      multinomialInto(next, rows, before, counts);
      ring.close(counts);
    }
  }
  const first = {
    notice: Number.POSITIVE_INFINITY,
    warning: Number.POSITIVE_INFINITY,
    critical: Number.POSITIVE_INFINITY,
  };
  for (let index = 1; index <= looks && first[until] === Number.POSITIVE_INFINITY; index++) {
    multinomialInto(next, rows, after, counts);
    ring.close(counts);
    const level = levelOf(look(ring, prepared, { logAlpha: ONE_A_MONTH }));
    for (const name of LEVELS) if (level >= VERDICT_LEVEL[name] && index < first[name]) first[name] = index;
  }
  return first;
}
