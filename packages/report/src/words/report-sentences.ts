import { VERDICT_LEVEL } from '@driftspan/sketch';
import { isFarUnjudged, rankViews } from '../rank.js';
import { cellsOf } from '../view/cells.js';
import type { FeatureView, ReportView } from '../view/view.js';
import { causesOf } from './causes.js';
import { clauseOf } from './feature-sentence.js';
import { cellProse, mostMoved, movementOf } from './movement.js';
import { countText, numberTexts, sharesText } from './numbers.js';
import { feature, type Prose, say } from './prose.js';
import { HANGING_TOGETHER } from './unjudged.js';
import { VERDICT_WORDS } from './verdict-words.js';

/** The verdict, what has moved, and what the model answers now: each a sentence, the last two where there is something to say. */
export function reportSentences(view: ReportView): readonly Prose[] {
  return [headline(view), whatMoved(view), answers(view)].filter(sentence => sentence.length > 0);
}

/** `Critical: the model meets data unlike what it was trained on.` */
function headline(view: ReportView): Prose {
  return say(`${isUndecided(view) ? 'Undecided' : VERDICT_WORDS[view.verdict]}: `, meaning(view), '.');
}

/** Little of what could be judged is no comfort where the rest is far away: a calm verdict is then none for a reader. */
export function isUndecided({ verdict, features }: ReportView): boolean {
  const isCalm = verdict === 'ok' || verdict === 'notice';
  return isCalm && features.some(one => one.role !== 'output' && isFarUnjudged(one));
}

/** What the verdict says of the model, in words for somebody who has never seen one. */
function meaning(view: ReportView): Prose {
  const { verdict, features, learning } = view;
  if (learning !== undefined) {
    return say(
      `the baseline is still being learned, ${countText(learning.rows)} of ${countText(learning.of)} rows so far`,
    );
  }
  if (features.length === 0) return say('there is nothing to compare');
  if (isUndecided(view)) {
    const inputs = features.filter(({ role }) => role !== 'output');
    const far = inputs.filter(isFarUnjudged).length;
    const look = far === 1 ? 'looks' : 'look';
    return say(`${ofAll(far, inputs.length)} ${look} unlike training, and chance could not be ruled out`);
  }
  if (features.every(hasNoRows)) return say('there were no rows to compare');
  if (verdict === 'insufficient') return say('too little is known to tell a change from chance');
  const what = features.some(one => one.verdict === 'insufficient') ? 'what could be judged' : 'the data';
  if (verdict === 'ok') return say(`${what} is as in training`);
  const isCalibrating = features.some(one => one.isCalibrating && one.verdict === 'notice');
  if (verdict === 'notice' && isCalibrating)
    return say('the data differs from training, and how much is usual is still being learned');
  if (verdict === 'notice') return say(`${what} differs from training, but too little to act on`);
  const worst = features.filter(one => one.verdict === verdict);
  if (worst.every(({ role }) => role === 'output')) return say('the model answers unlike in training');
  if (worst.every(isGoneMissing)) return say('values that the model had in training are missing');
  return say(
    verdict === 'critical'
      ? 'the model meets data unlike what it was trained on'
      : 'the data has moved away from what the model was trained on',
  );
}

function hasNoRows({ judgement }: FeatureView): boolean {
  return judgement?.missing.samples === 0;
}

function isGoneMissing({ judgement }: FeatureView): boolean {
  return judgement !== undefined && causesOf(judgement)[0] === 'missing';
}

/** `6 of 12 features have moved; furthest temp: 80.1 on average, 39.6 in training.` */
function whatMoved(view: ReportView): Prose {
  const { verdict, features } = view;
  const inputs = features.filter(({ role }) => role !== 'output');
  if (inputs.length === 0 || inputs.every(hasNoRows)) return [];
  const unjudged = inputs.filter(one => one.verdict === 'insufficient').length;
  const isAlarm = VERDICT_LEVEL[verdict] >= VERDICT_LEVEL.warning;
  const moved = inputs.filter(one => VERDICT_LEVEL[one.verdict] >= VERDICT_LEVEL[isAlarm ? 'warning' : 'notice']);
  // Small differences are no news beside what may be large and could not be judged.
  if (moved.length > 0 && (isAlarm || unjudged === 0)) {
    const [furthest] = rankViews(moved);
    const have = `${ofAll(moved.length, inputs.length)} ${moved.length === 1 ? 'has' : 'have'} moved`;
    const more = unjudged > 0 ? `, ${countText(unjudged)} could not be judged` : '';
    return say(have, more, furthestProse(furthest!, moved.length === 1 ? '' : 'furthest '), '.');
  }
  if (unjudged === 0)
    return say(
      `${inputs.length === 1 ? 'Its one feature has not' : `None of ${featuresText(inputs.length)} has`} moved.`,
    );
  const [furthest] = rankViews(inputs.filter(one => one.verdict === 'insufficient'));
  const isAlike = inputs.some(hangsTogether);
  const told = furthestProse(furthest!, 'furthest from training ');
  if (isUndecided(view)) {
    const rest = verdict === 'ok' ? 'is as in training' : 'differs too little to act on';
    const why = isAlike
      ? 'Rows next to each other are alike: training over a longer time would tell'
      : 'More rows would tell';
    return say(why, told, `. What could be judged ${rest}.`);
  }
  const why = isAlike ? ', since rows next to each other are alike' : '';
  return say(`${ofAll(unjudged, inputs.length)} could not be judged${why}`, told, '.');
}

function hangsTogether({ verdict, judgement }: FeatureView): boolean {
  return verdict === 'insufficient' && judgement !== undefined && judgement.shape.lambda >= HANGING_TOGETHER;
}

function furthestProse(view: FeatureView, word: string): Prose {
  const { judgement } = view;
  const [first] = judgement === undefined ? [] : causesOf(judgement);
  const moved = first === undefined || first === 'shape' ? movementOf(view) : clauseOf(first, view, judgement!, false);
  return moved.length === 0 ? [] : say(`; ${word}`, feature(view.name), ': ', moved);
}

/** `It answers late for 0.5 % of the rows, 23 % in training, and is 93 % sure, 77 % in training.` */
function answers({ features }: ReportView): Prose {
  const named = new Map(features.filter(({ role }) => role === 'output').map(one => [one.name, one]));
  const label = labelAnswer(named.get('prediction.label'));
  const value = averageAnswer(named.get('prediction.value'));
  const sure = sureness(named.get('prediction.confidence'));
  const said = [label, value].filter(part => part.length > 0);
  const clauses = [...said.map(part => say('answers ', part)), ...(sure.length === 0 ? [] : [say('is ', sure)])];
  if (clauses.length === 0) return [];
  const joined = clauses.reduce((before, next, i) => say(before, i === clauses.length - 1 ? ', and ' : ', ', next));
  return say('It ', joined, '.');
}

function labelAnswer(view: FeatureView | undefined): Prose {
  const cells = view === undefined ? undefined : cellsOf(view);
  const most = mostMoved(cells?.values ?? []);
  if (most === undefined) return [];
  const [now, then] = sharesText(most.share, most.baselineShare);
  const what = most.kind === 'other' ? say('with labels that were rare or unseen in training') : cellProse(most);
  return say(what, ` for ${now} of the rows, ${then} in training`);
}

function averageAnswer(view: FeatureView | undefined): Prose {
  if (view?.mean === undefined || view.baselineMean === undefined || Number.isNaN(view.mean)) return [];
  const [now, then] = numberTexts([view.mean, view.baselineMean]);
  return say(`${now} on average, ${then} in training`);
}

function sureness(view: FeatureView | undefined): Prose {
  if (view?.mean === undefined || view.baselineMean === undefined) return [];
  const [now, then] = [view.mean, view.baselineMean];
  // Not every confidence is a probability.
  if (!(now >= 0 && now <= 1 && then >= 0 && then <= 1)) return [];
  const [nowText, thenText] = sharesText(now, then);
  return say(`${nowText} sure on average, ${nowText === thenText ? 'as' : thenText} in training`);
}

function ofAll(some: number, all: number): string {
  return `${countText(some)} of ${featuresText(all)}`;
}

function featuresText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'feature' : 'features'}`;
}
