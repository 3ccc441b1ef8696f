import { type FeatureJudgement, PSI_WARNING } from '@driftspan/sketch';
import { cellsOf } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';
import { causesOf, type Test } from './causes.js';
import { averagesOf, movementOf } from './movement.js';
import { countText, psiText, sharesText } from './numbers.js';
import { capital, category, listOf, type Prose, say } from './prose.js';
import { whyUnjudged } from './unjudged.js';

/**
 * Why a feature has its verdict: one sentence, with what moved in its own units.
 *
 * @param index whether the index is told too: beside a column of them it is not.
 */
export function featureSentence(view: FeatureView, index = true): Prose {
  const { judgement, verdict } = view;
  const told =
    verdict === 'insufficient' || judgement === undefined ? unjudged(view, index) : judged(view, judgement, index);
  return say(capital(told), '.');
}

function unjudged(view: FeatureView, index: boolean): Prose {
  const movement = movementOf(view);
  const psi = index ? indexText(view.judgement?.psi) : '';
  const seen = movement.length === 0 ? say(psi) : say(view.isProvisional ? '; so far: ' : '; seen: ', movement, psi);
  return say('not judged: ', whyUnjudged(view), seen);
}

function judged(view: FeatureView, judgement: FeatureJudgement, index: boolean): Prose {
  const causes = causesOf(judgement);
  if (view.verdict === 'ok' || causes.length === 0) return calm(view, judgement, index);
  const clauses = causes.map(test => clauseOf(test, view, judgement, index));
  const clause = clauses.reduce((before, next) => say(before, '; ', next));
  return view.isCalibrating
    ? say(clause, '; a notice at most while how far values hang together is being learned')
    : clause;
}

/** No test says anything now. An episode may still be open. */
function calm(view: FeatureView, { psi, shape }: FeatureJudgement, index: boolean): Prose {
  const told = index ? indexText(psi) : '';
  if (view.verdict !== 'ok') return say('near to training again, but the alarm has not closed yet', told);
  const isAlwaysAlike = view.sd === 0 && view.baselineSd === 0 && view.mean === view.baselineMean;
  if (isAlwaysAlike || !(psi >= PSI_WARNING)) return say('as in training', averagesOf(view), told);
  // Far away, and yet no further than values that hang together, or so few of them, stray by themselves.
  const movement = movementOf(view);
  const seen = movement.length === 0 ? [] : say(': ', movement);
  const needed = Number.isNaN(shape.detectable) ? '' : `where a warning takes a PSI of ${psiText(shape.detectable)}`;
  return say('no further from training than chance can take it', seen, told, needed === '' ? '' : `, ${needed}`);
}

/** ` (PSI 0.31)`; empty of none. */
function indexText(psi: number | undefined): string {
  return psi === undefined || Number.isNaN(psi) ? '' : ` (PSI ${psiText(psi)})`;
}

/** What one test found. */
export function clauseOf(test: Test, view: FeatureView, judgement: FeatureJudgement, index: boolean): Prose {
  if (test === 'shape') return shapeClause(view, judgement, index);
  return test === 'missing' ? missingClause(judgement) : unseenClause(view, judgement);
}

function shapeClause(view: FeatureView, { shape }: FeatureJudgement, index: boolean): Prose {
  const movement = movementOf(view);
  const what = movement.length === 0 ? say('its values are distributed unlike in training') : movement;
  const isNotice = shape.verdict === 'notice';
  const sure = isNotice
    ? `where a warning takes ${psiText(shape.detectable)}`
    : `surely above ${psiText(shape.lowerBound)}`;
  const told = index ? ` (PSI ${view.atLeast ? 'at least ' : ''}${psiText(shape.psi)}, ${sure})` : '';
  return say(isNotice ? 'beyond chance, but small: ' : '', what, told);
}

function missingClause({ missing: { rate, baselineRate } }: FeatureJudgement): Prose {
  const [now, then] = sharesText(rate, baselineRate);
  return say(`${now} are missing or invalid, ${then} in training`);
}

function unseenClause(view: FeatureView, { unseen }: FeatureJudgement): Prose {
  const [now, then] = sharesText(unseen?.rate ?? Number.NaN, unseen?.baselineRate ?? Number.NaN);
  if (view.kind === 'numeric') return say(`${now} of the values lie where training had none`);
  const named = (view.unseen ?? [])
    .slice(0, 3)
    .map(([name, count], i) => say(category(name), ` (${countText(count)}${i === 0 ? ' rows' : ''})`));
  const which = named.length === 0 ? [] : say(', among them ', listOf(named));
  const rare = (cellsOf(view)?.values.at(-1)?.baselineCount ?? 1) > 0;
  return say(
    `${now} of the values are of categories that training ${rare ? 'hardly or never' : 'never'} had`,
    rare ? `, ${then} in training` : '',
    which,
  );
}
