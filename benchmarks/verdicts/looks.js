// The looks of one feature, sub-window after sub-window: what WindowJudge, Ring and Episode of core do with calls, done with
// counts, so that a month takes seconds. `same.js` shows that both say the same.
import { judgeFeature, VERDICT_LEVEL } from '@driftspan/sketch';

/** Sub-windows of the three windows; the last is the length of the ring. */
export const WINDOW_SLOTS = [4, 15, 60];
const SLOTS = WINDOW_SLOTS.at(-1);

/** The last 60 sub-windows of one feature's counts, and their sums over the last 4, 15 and 60. */
export class FeatureRing {
  /** Counts in cell order, a run a window. */
  sums;
  #slots;
  #cells;
  #open = 0;

  constructor(cells) {
    this.#cells = cells;
    this.#slots = new Float64Array(SLOTS * cells);
    this.sums = WINDOW_SLOTS.map(() => new Float64Array(cells));
  }

  /** Closes a sub-window with these counts: they come into every window, and what has grown too old leaves it. */
  close(counts) {
    const cells = this.#cells;
    const slots = this.#slots;
    for (let w = 0; w < WINDOW_SLOTS.length; w++) {
      const sums = this.sums[w];
      const old = ((this.#open - WINDOW_SLOTS[w] + SLOTS) % SLOTS) * cells;
      for (let i = 0; i < cells; i++) sums[i] += counts[i] - slots[old + i];
    }
    const open = this.#open * cells;
    for (let i = 0; i < cells; i++) slots[open + i] = counts[i];
    this.#open = (this.#open + 1) % SLOTS;
  }
}

/** The three judgements of a look at the closed sub-windows. */
export function look(ring, prepared, options) {
  return ring.sums.map(sums => judgeFeature(sums, prepared, options));
}

/** The level of the worst verdict among judgements, as in `ml.drift.status`. */
export function levelOf(judgements) {
  let worst = VERDICT_LEVEL.insufficient;
  for (const { verdict } of judgements) worst = Math.max(worst, VERDICT_LEVEL[verdict]);
  return worst;
}

/**
 * One alarm of one feature: opens at the first look of level `from`, rises with it, and closes at a look below that when a
 * full longest window has passed since the last one that was not quiet.
 */
export class Alarm {
  /** The highest level since it opened; 0 while closed. */
  level = 0;
  #from;
  #lastLoud = 0;

  constructor(from = VERDICT_LEVEL.warning) {
    this.#from = from;
  }

  /** Takes the look made at `index`; gives what changed, if something did. */
  take(level, quiet, index) {
    if (!quiet) this.#lastLoud = index;
    if (level >= this.#from) {
      if (level <= this.level) return undefined;
      const change = this.level === 0 ? 'opened' : 'escalated';
      this.level = level;
      return change;
    }
    if (this.level === 0 || index - this.#lastLoud < SLOTS) return undefined;
    this.level = 0;
    return 'closed';
  }
}
