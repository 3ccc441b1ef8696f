import type { FeatureJudgement } from '@driftspan/sketch';
import type { FeatureView } from '../view/view.js';
import { countText } from './numbers.js';
import { type Prose, say } from './prose.js';

/** From here on that rows hang together is the reason for too few of them, and not a detail. */
export const HANGING_TOGETHER = 1.5;

/** Why a feature could not be judged, as a clause without an end: `12 values are too few to tell a change from chance`. */
export function whyUnjudged(view: FeatureView): Prose {
  const { judgement, baseline, isProvisional } = view;
  if (baseline === undefined && judgement === undefined) return say('it has no baseline to be compared with');
  if (judgement === undefined || isProvisional) return say('no window has closed yet');
  const { samples, missing, shape } = judgement;
  if (missing.samples === 0) return say('there were no rows');
  if (samples === 0) return say(`all of its ${countText(missing.samples)} values are missing or invalid`);
  if (Number.isNaN(judgement.psi)) return say('training had no value of it');
  if (shape.lambda >= HANGING_TOGETHER) return tooFewIndependent(judgement);
  if (shape.samples === 0) return say('none of its values lies where training had one');
  return say(`${valuesText(samples)} too few to tell a change from chance`);
}

/** Values are not independent draws: neighbouring rows share the hour's weather, the customer, the batch. */
function tooFewIndependent({ samples, shape: { lambda } }: FeatureJudgement): Prose {
  const worth = Math.round(samples / lambda);
  const all = `${countText(samples)} values`;
  return say(
    'rows next to each other are alike, ',
    worth < 2
      ? `so that all ${all} count for hardly more than one`
      : `about ${countText(Math.round(lambda))} of them counting as one, so that ${all} are worth ${countText(worth)} independent ones`,
    ', too few to tell a change from chance',
  );
}

function valuesText(count: number): string {
  return count === 1 ? '1 value is' : `${countText(count)} values are`;
}
