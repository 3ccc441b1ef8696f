import { PSI_WARNING } from '@driftspan/sketch';
import { alarmGroups } from './alarm-lines.js';
import { type AlarmFacts, type DemoDocument, type FeatureFacts, isOutput, type MonthFacts } from './facts.js';
import { WIDTH } from './table.js';
import { count, lasting, list, monthName, score, share, wrap } from './words.js';

/** Less than this is no news, in shares: confidence above accuracy, accuracy below January's. */
const WORTH_TELLING = 0.05;

/** What a reader should conclude, in sentences made from the document's numbers. */
export function conclusionsOf(document: DemoDocument): string[] {
  const { months } = document;
  const january = months.find(({ month }) => month === 1);
  return [
    alarmText(document),
    blindText(document),
    overconfidentText(months),
    january === undefined ? undefined : healthyLookingText(months, january),
    adviceText(document),
  ].filter(text => text !== undefined);
}

/** The same as lines of a list. */
export function conclusionLines(document: DemoDocument, width = WIDTH): string[] {
  return conclusionsOf(document).flatMap(text => wrap(`- ${text}`, width, '  '));
}

/** How often it rang and for what, beside what was accepted; and what that budget rests on. */
function alarmText({ alarms, months, drift }: DemoDocument): string {
  const { count: granted, per } = drift.falseAlarms;
  const opened = alarmGroups(alarms.filter(({ change }) => change === 'opened'));
  const budget = `${granted} false ${granted === 1 ? 'one' : 'ones'} a ${per} ${granted === 1 ? 'was' : 'were'} accepted`;
  if (opened.length === 0) return `No alarm in ${monthsText(months.length)}, where ${budget}. ${drift.words}`;
  const byReason = new Map<string, number>();
  for (const { features, cause } of opened) {
    const reason = `${list(features)} (${REASONS[cause!.test]})`;
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  }
  const reasons = [...byReason].map(([reason, times]) => `${times} × ${reason}`);
  return `Alarms in ${monthsText(months.length)}, where ${budget}: ${reasons.join('; ')}. ${drift.words}`;
}

const REASONS: Readonly<Record<NonNullable<AlarmFacts['cause']>['test'], string>> = {
  shape: 'its distribution',
  missing: 'missing values',
  unseen: 'what January had rarely or never',
};

/** What could never be judged, though it moved. */
function blindText({ months, drift }: DemoDocument): string | undefined {
  const all = months.flatMap(month => month.features.map(feature => ({ ...feature, month: month.month })));
  const judged = new Set(all.filter(feature => feature.judged).map(({ feature }) => feature));
  const blind = all.filter(({ feature }) => !judged.has(feature));
  const [furthest] = [...blind].sort((a, b) => b.psi - a.psi);
  if (furthest === undefined) return undefined;
  const names = [...new Set(blind.map(({ feature }) => feature))].sort();
  const { feature, psi, month, lambda, detectable } = furthest;
  const moved = psi >= PSI_WARNING ? `, though ${feature} was ${score(psi)} away in ${monthName(month)}` : '';
  const needed =
    detectable === null
      ? ''
      : `: ${count(Math.round(lambda!))} flights count as one, and a warning would have taken ${score(detectable)}`;
  return (
    `The values of ${list(names)} could not be judged${moved}${needed}. The flights of ${lasting(drift.windowMs)} share their weather, and January ` +
    'has too few such stretches to say that another is unlike them.'
  );
}

/** What to do about it, where something could not be judged. */
function adviceText(document: DemoDocument): string | undefined {
  if (blindText(document) === undefined) return undefined;
  return (
    'So: let the windows watch what is counted flight by flight, and a feed that dries up. For what comes with the weather a month of training ' +
    'is too little; there the outcomes tell, until the baseline holds more than one month.'
  );
}

/** The month in which the model was most wrong about itself. */
function overconfidentText(months: readonly MonthFacts[]): string | undefined {
  const excess = ({ confidence, accuracy }: MonthFacts): number => confidence - accuracy;
  const worst = months.reduce((a, b) => (excess(b) > excess(a) ? b : a), months[0]!);
  if (worst === undefined || !(excess(worst) >= WORTH_TELLING)) return undefined;
  const { month, confidence, accuracy, predictedLate, late, features } = worst;
  const moved = features.find(({ feature }) => feature === 'prediction.confidence')!;
  return (
    `In ${monthName(month)} the model is ${share(confidence)} sure and right about ${share(accuracy)} of the flights: ` +
    `it calls ${share(predictedLate)} late where ${share(late)} are. ${confidenceText(moved)}`
  );
}

/** Why nothing rang for it, unless it did. */
function confidenceText({ psi, verdict, detectable }: FeatureFacts): string {
  if (verdict === 'warning' || verdict === 'critical') return 'Its confidence has raised an alarm.';
  const takes = detectable === null ? 'more flights' : score(detectable);
  return `Its confidence follows the weather: it moved by ${score(psi)}, an alarm takes ${takes}. The outcomes show it.`;
}

/** The month whose answers look like January's while fewest of them are right. */
function healthyLookingText(months: readonly MonthFacts[], january: MonthFacts): string | undefined {
  const [worst] = months
    .filter(({ features }) => features.filter(isOutput).every(({ psi }) => psi < PSI_WARNING))
    .filter(({ accuracy }) => january.accuracy - accuracy >= WORTH_TELLING)
    .sort((a, b) => a.accuracy - b.accuracy);
  if (worst === undefined) return undefined;
  const { month, confidence, accuracy, predictedLate, features } = worst;
  const input = features.find(feature => !isOutput(feature))!;
  return (
    `${monthName(month)}'s answers look like January's, ${share(predictedLate)} late at ${share(confidence)} confidence ` +
    `(${share(january.predictedLate)} and ${share(january.confidence)}), yet ${share(accuracy)} are right and not ${share(january.accuracy)}: ` +
    `only its inputs (${input.feature}, PSI ${score(input.psi)}) and outcomes differ.`
  );
}

function monthsText(months: number): string {
  return `${months} month${months === 1 ? '' : 's'}`;
}
