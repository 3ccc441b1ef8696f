import type { DemoDocument, MonthFacts } from './facts.js';
import { isDrift } from './judge-month.js';
import { WIDTH } from './table.js';
import { monthName, score, share, wrap } from './words.js';

/** Less than this is no news, in shares: confidence above accuracy, accuracy below January's. */
const WORTH_TELLING = 0.05;

/** What a reader should conclude, in sentences made from the document's numbers. */
export function conclusionsOf({ months, firstDrift }: DemoDocument): string[] {
  const january = months.find(({ month }) => month === 1);
  return [
    firstDriftText(firstDrift),
    overconfidentText(months),
    january === undefined ? undefined : healthyLookingText(months, january),
  ].filter(text => text !== undefined);
}

/** The same as lines of a list. */
export function conclusionLines(document: DemoDocument): string[] {
  return conclusionsOf(document).flatMap(text => wrap(`- ${text}`, WIDTH, '  '));
}

function firstDriftText(first: DemoDocument['firstDrift']): string {
  if (first === null) return 'No month drifted: each looks like January.';
  const { month, feature, psi } = first;
  return (
    `${monthName(month)} is the first month unlike January, and most of all in ${feature} (PSI ${score(psi)}). ` +
    `No outcome was needed to see it.`
  );
}

/** The month in which the model was most wrong about itself. */
function overconfidentText(months: readonly MonthFacts[]): string | undefined {
  const excess = ({ confidence, accuracy }: MonthFacts): number => confidence - accuracy;
  const worst = months.reduce((a, b) => (excess(b) > excess(a) ? b : a), months[0]!);
  if (worst === undefined || !(excess(worst) >= WORTH_TELLING)) return undefined;
  const { month, confidence, accuracy, predictedLate, late } = worst;
  return (
    `In ${monthName(month)} the model is ${share(confidence)} sure and right about ${share(accuracy)} of the flights: ` +
    `it calls ${share(predictedLate)} late where ${share(late)} are.`
  );
}

/** The month whose answers look like January's while fewest of them are right. */
function healthyLookingText(months: readonly MonthFacts[], january: MonthFacts): string | undefined {
  const [worst] = months
    .filter(({ outputs }) => outputs.length > 0 && !outputs.some(({ verdict }) => isDrift(verdict)))
    .filter(({ accuracy }) => january.accuracy - accuracy >= WORTH_TELLING)
    .sort((a, b) => a.accuracy - b.accuracy);
  if (worst === undefined) return undefined;
  const { month, confidence, accuracy, predictedLate } = worst;
  const input = worst.worst.find(({ feature, verdict }) => isDrift(verdict) && !feature.startsWith('prediction.'));
  return (
    `${monthName(month)}'s answers look like January's, ${share(predictedLate)} late at ${share(confidence)} confidence ` +
    `(${share(january.predictedLate)} and ${share(january.confidence)}), yet ${share(accuracy)} are right and not ${share(january.accuracy)}: ` +
    (input === undefined
      ? 'only the outcomes show it.'
      : `only inputs (${input.feature}, PSI ${score(input.psi)}) and outcomes show it.`)
  );
}
