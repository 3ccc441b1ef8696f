import { VERDICT_LEVEL, type Verdict } from '@driftspan/sketch';
import type { Look } from './window-judge.js';

export type AlarmLevel = 'warning' | 'critical';
export type EpisodeChange = {
  readonly change: 'opened' | 'escalated' | 'closed';
  readonly from: Verdict;
  readonly to: Verdict;
};

/**
 * One alarm of one feature. It opens at the first warning, rises with the verdict, and closes when a full longest window
 * has passed in which every look was quiet: not significant, or less than 0.8 of the warning threshold.
 *
 *   ok ──warning──► open(warning) ──critical──► open(critical) ──quiet for 60 sub-windows──► ok
 */
export class Episode {
  /** The highest level since it opened; undefined while closed. */
  level: AlarmLevel | undefined;
  /** Index of the sub-window whose end opened it. */
  openedAt = 0;
  #lastLoud = 0;

  /** Takes one look, made when sub-window `index` was open. */
  take(look: Look, index: number, closeAfter: number): EpisodeChange | undefined {
    const { verdict } = look;
    if (look.windows.some(window => !window.judgement.quiet)) this.#lastLoud = index;
    const before = this.level;
    if (verdict === 'warning' || verdict === 'critical') {
      if (before === undefined) {
        this.level = verdict;
        this.openedAt = index;
        return { change: 'opened', from: 'ok', to: verdict };
      }
      if (VERDICT_LEVEL[verdict] > VERDICT_LEVEL[before]) {
        this.level = verdict;
        return { change: 'escalated', from: before, to: verdict };
      }
      return undefined;
    }
    if (before !== undefined && index - this.#lastLoud >= closeAfter) {
      this.level = undefined;
      return { change: 'closed', from: before, to: verdict };
    }
    return undefined;
  }

  /** What is shown: the open episode's highest level, else the look's own verdict. */
  shown(verdict: Verdict): Verdict {
    return this.level ?? verdict;
  }
}
