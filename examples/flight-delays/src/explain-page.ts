import { PSI_CRITICAL, PSI_WARNING, RISE_CRITICAL, RISE_WARNING } from '@driftspan/sketch';
import type { BinFacts, DemoDocument, FeatureFacts, MonthFacts } from './facts.js';
import { isDrift } from './judge-month.js';
import { count, monthName, score, share } from './words.js';

/** Features explained of a month, and bins named of a feature. */
const FEATURES = 3;
const BINS = 3;

/** As `data/README.md` gives them; what is not here has no unit. */
const UNITS: Readonly<Record<string, string>> = {
  hour: ' h',
  distance: ' miles',
  temp: ' °F',
  dewp: ' °F',
  humid: ' %',
  wind_speed: ' mph',
  precip: ' inches',
  pressure: ' mbar',
  visib: ' miles',
};

/**
 * The page `docs/flight-delays.md`, made from the counts that a receiver got and nothing else. January is what the others
 * are compared with and is left out.
 *
 * @param document of a run with counts.
 */
export function explainPage(document: DemoDocument): string {
  const { months, logAlpha } = document;
  const sections = months.filter(({ month }) => month !== 1).flatMap(explainMonth);
  return `${[...introduction(logAlpha!), ...sections, ...reading].join('\n')}\n`;
}

function introduction(logAlpha: number): string[] {
  return [
    "# Each month's verdict, explained from its counts",
    '',
    'A model trained on January 2013 was asked about every flight of the year. This page is made by',
    '`npm run explain --workspace examples/flight-delays` from the counts that arrived at an OTLP receiver; nothing in it is written by hand',
    'but the words between the numbers. [The example](../examples/flight-delays/README.md) says how the counts come about.',
    '',
    `Each month is judged once. A feature is a **warning** or **critical** if its shape differs significantly (ln p at most ${fixed(logAlpha, 2)},`,
    `which is ln(1 / (tests × 12)): one false alarm a year over all tests) and its PSI is, with 99.9 % confidence, at least ${PSI_WARNING} or`,
    `${PSI_CRITICAL}; or if its missing or never seen values rose by ${RISE_WARNING * 100} or ${RISE_CRITICAL * 100} percentage points. The ${FEATURES} worst features of each month`,
    'are shown, by verdict and then by PSI.',
    '',
  ];
}

const reading = [
  '## Reading it',
  '',
  '- **PSI** is the distance between two sets of counts: 0 for equal shares, above 10 where they hardly meet. **At least** is what the true',
  '  one exceeds with 99.9 % confidence, over bins merged until each can expect enough values.',
  '- **ln p** and **at least** take flights as independent. They are not: the flights of an hour share its weather, so both claim more than',
  '  they know. The PSI claims nothing of the kind.',
  '- A share is of the values that are neither missing nor invalid. Bin labels are the baseline’s; `other` holds what was too rare in January',
  '  to have a bin of its own.',
];

function explainMonth(month: MonthFacts): string[] {
  const features = month.features!.slice(0, FEATURES);
  const name = monthName(month.month);
  return [
    `## ${name}: ${month.verdict}`,
    '',
    `${count(month.flights)} flights; ${share(month.accuracy, 1)} of the answers right at a mean confidence of ${share(month.confidence, 1)};` +
      ` ${share(month.predictedLate, 1)} called late, ${share(month.late, 1)} late in fact.`,
    '',
    ...tableLines(features),
    '',
    ...features.map(feature => `- **${feature.feature}**: ${sentenceOf(feature)} ${movedMost(feature)}`),
    '',
  ];
}

const HEADINGS = ['feature', 'verdict', 'values', 'PSI', 'at least', 'ln p'] as const;
/** Names stand to the left, numbers to the right. */
const FIRST_NUMBER = 2;

/** A Markdown table whose columns are aligned in the source too. */
function tableLines(features: readonly FeatureFacts[]): string[] {
  const rows = features.map(({ feature, verdict, samples, psi, shape }) => [
    feature,
    verdict,
    count(samples),
    score(psi),
    fixed(shape.lowerBound, 2),
    fixed(shape.logP, 0),
  ]);
  const widths = HEADINGS.map((heading, i) => Math.max(heading.length, ...rows.map(row => row[i]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = (cells: readonly string[]): string =>
    line(cells.map((cell, i) => (i < FIRST_NUMBER ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))));
  const rule = widths.map((width, i) => (i < FIRST_NUMBER ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [padded(HEADINGS), line(rule), ...rows.map(padded)];
}

/** What happened to a feature, plainly. */
function sentenceOf(feature: FeatureFacts): string {
  const { kind, missing, unseen } = feature;
  const shape = kind === 'numeric' ? numericSentence(feature) : categoricalSentence(feature);
  const sentences = [shape];
  if (isDrift(missing.verdict))
    sentences.push(`Missing or invalid: ${share(missing.baselineRate!, 1)} → ${share(missing.rate!, 1)}.`);
  if (unseen !== null && isDrift(unseen.verdict))
    sentences.push(`Rare or never seen in January: ${share(unseen.baselineRate!, 1)} → ${share(unseen.rate!, 1)}.`);
  return sentences.join(' ');
}

/** The edge at which the two differ most, and on which side of it the values went. */
function numericSentence({ feature, bins }: FeatureFacts): string {
  const shares = sharesOf(bins);
  let below = 0;
  let baselineBelow = 0;
  let edge = { difference: 0, at: '', below: 0, baselineBelow: 0 };
  for (const { bin, now, baseline } of shares.slice(0, -1)) {
    below += now;
    baselineBelow += baseline;
    const difference = Math.abs(below - baselineBelow);
    if (difference > edge.difference) edge = { difference, at: upperEdge(bin), below, baselineBelow };
  }
  const at = `${edge.at}${UNITS[feature] ?? ''}`;
  return edge.below > edge.baselineBelow
    ? `${share(edge.below, 1)} of the values are at most ${at}, ${share(edge.baselineBelow, 1)} in January.`
    : `${share(1 - edge.below, 1)} of the values are above ${at}, ${share(1 - edge.baselineBelow, 1)} in January.`;
}

function categoricalSentence({ bins }: FeatureFacts): string {
  const [most] = byMovement(bins);
  return `\`${most!.bin}\` ${most!.now > most!.baseline ? 'gained' : 'lost'} most.`;
}

function movedMost({ bins }: FeatureFacts): string {
  const moved = byMovement(bins)
    .slice(0, BINS)
    .map(({ bin, baseline, now }) => `\`${bin}\` ${share(baseline, 1)} → ${share(now, 1)}`);
  return `Moved most: ${moved.join(', ')}.`;
}

interface BinShares {
  readonly bin: string;
  readonly baseline: number;
  readonly now: number;
}

function byMovement(bins: readonly BinFacts[]): BinShares[] {
  const moved = ({ now, baseline }: BinShares): number => Math.abs(now - baseline);
  return sharesOf(bins).sort((a, b) => moved(b) - moved(a));
}

/** Shares of the bins that hold values. */
function sharesOf(bins: readonly BinFacts[]): BinShares[] {
  const valued = bins.filter(({ kind }) => kind !== 'missing' && kind !== 'invalid');
  const total = valued.reduce((sum, { count }) => sum + count, 0);
  const baselineTotal = valued.reduce((sum, { baseline }) => sum + baseline, 0);
  return valued.map(({ bin, count, baseline }) => ({ bin, baseline: baseline / baselineTotal, now: count / total }));
}

/** `0.45` of `07 (0.31,0.45]`. */
function upperEdge(label: string): string {
  return label.slice(label.indexOf(',') + 1, -1);
}

function fixed(value: number | null, digits: number): string {
  if (value === null) return '';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
