import { type FeatureJudgement, PSI_WARNING, RISE_WARNING, VERDICT_LEVEL, type Verdict } from '@driftspan/sketch';
import type { FeatureView } from './view/view.js';

/** What could not be judged needs a look before what is known to be as in training, and before what differs a little where it is far away. */
const RANK: Readonly<Record<Verdict, number>> = { ...VERDICT_LEVEL, insufficient: 0.5 };
const RANK_FAR_UNJUDGED = 1.5;

/** The worst verdict first, and within one the largest effect; equals keep their order. */
export function rankViews(views: readonly FeatureView[]): FeatureView[] {
  const keyed = views.map(view => ({ view, level: levelOf(view), effect: effectOf(view.judgement) }));
  keyed.sort((a, b) => b.level - a.level || b.effect - a.effect);
  return keyed.map(({ view }) => view);
}

/** Whether a feature that nobody could judge is as far from training as what would be a warning, were its values independent. */
export function isFarUnjudged({ verdict, judgement, baseline }: FeatureView): boolean {
  if (verdict !== 'insufficient' || judgement === undefined || baseline === undefined) return false;
  // What chance alone may make of the index: of few values much. Index times values is χ² of one degree fewer than bins, 3 deviations from its mean.
  const df = baseline.counts.length - 1;
  const chance = (df + 3 * Math.sqrt(2 * df)) / judgement.samples;
  return judgement.psi - chance >= PSI_WARNING;
}

function levelOf(view: FeatureView): number {
  return isFarUnjudged(view) ? RANK_FAR_UNJUDGED : RANK[view.verdict];
}

/**
 * How large what was found is, in multiples of what would be a warning: the largest of the index less what chance adds, the rise of
 * missing values and that of unseen ones. Of a shape that could not be judged, the bare index. 0 of nothing.
 */
function effectOf(judgement: FeatureJudgement | undefined): number {
  if (judgement === undefined) return 0;
  const { shape, missing, unseen, psi } = judgement;
  const index = shape.verdict === 'insufficient' || Number.isNaN(shape.effect) ? psi : shape.effect;
  const sizes = [index / PSI_WARNING, missing.rise / RISE_WARNING, (unseen?.rise ?? 0) / RISE_WARNING];
  return Math.max(0, ...sizes.filter(Number.isFinite));
}
