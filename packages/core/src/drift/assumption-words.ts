import { ENOUGH_BLOCKS } from '@driftspan/sketch';
import type { Assumption, Assumptions } from './assumptions.js';
import { CALIBRATION_WINDOWS } from './calibration.js';

/** What the newest look took for granted, for a report. */
export interface AssumptionSummary {
  readonly assumes: Assumption['source'];
  readonly guaranteed: boolean;
  readonly words: string;
}

/** @param looked the assumptions of the newest look: of each feature, by window. Empty before the first. */
export function describeAssumptions(
  assumptions: Assumptions,
  looked: readonly (readonly Assumption[])[],
): AssumptionSummary {
  const all = looked.flat();
  const longest = looked.flatMap(windows => windows.at(-1)?.source ?? []);
  const guaranteed = all.length > 0 && all.every(assumption => assumption.guaranteed);
  const windows = looked[0]?.length ?? 0;
  const assumes = longest.includes('calibrating') ? 'calibrating' : (longest[0] ?? assumptions.source);
  return { assumes, guaranteed, words: words(assumptions, assumes, guaranteed, windows) };
}

function words(assumptions: Assumptions, assumes: Assumption['source'], guaranteed: boolean, windows: number): string {
  switch (assumes) {
    case 'independent':
      return 'Values are taken as independent of each other: the budget of false alarms holds only where they are.';
    case 'calibrating': {
      const seen = windows === 0 ? 0 : assumptions.seen(windows - 1);
      return (
        'How far values hang together is being learned from the traffic, as the baseline was not learned in time order: ' +
        `${seen} of ${CALIBRATION_WINDOWS} windows of the longest length were seen. Until then nothing is above a notice.`
      );
    }
    case 'windows':
      return (
        `How far values hang together was measured on the first ${CALIBRATION_WINDOWS} windows of the longest length. So few can miss weak dependence, ` +
        'so the budget is not guaranteed: a baseline of rows with times is surer.'
      );
    case 'baseline':
      if (windows === 0) return 'How far values hang together was measured on the baseline.';
      return guaranteed
        ? `How far values hang together was measured on the baseline, over at least ${ENOUGH_BLOCKS} stretches as long as each window.`
        : `The budget of false alarms is not guaranteed: the baseline holds fewer than ${ENOUGH_BLOCKS} stretches as long as the longest window.`;
  }
}
