import { benjaminiHochberg, type FeatureJudgement } from '@driftspan/sketch';
import type { Look } from './window-judge.js';

/** Of the features listed beside an alarm, the share that may be listed wrongly on average: a reader's aid, never an alarm. */
export const ALSO_MOVED_RATE = 0.05;

/**
 * Which features moved, by Benjamini and Hochberg's rule at 5 %: for naming what else to look at once an alarm is open, where a
 * union bound over months of looks would name too few. A feature's p is its smallest over tests and windows, times their number.
 */
export function movedFeatures(looks: readonly Look[]): boolean[] {
  return benjaminiHochberg(looks.map(logPOf), ALSO_MOVED_RATE);
}

/** ln p of a feature; NaN if nothing of it could be tested. */
function logPOf({ windows }: Look): number {
  const logPs = windows
    .filter(({ assumption }) => assumption.source !== 'calibrating')
    .flatMap(({ judgement }) => testsOf(judgement))
    .filter(logP => !Number.isNaN(logP));
  return logPs.length === 0 ? Number.NaN : Math.min(0, Math.min(...logPs) + Math.log(logPs.length));
}

function testsOf({ shape, missing, unseen }: FeatureJudgement): number[] {
  const logPs = [shape.logP, missing.samples > 0 ? missing.logP : Number.NaN];
  return unseen === undefined || unseen.samples === 0 ? logPs : [...logPs, unseen.logP];
}
