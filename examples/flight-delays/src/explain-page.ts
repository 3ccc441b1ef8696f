import { RISE_WARNING } from '@driftspan/sketch';
import { alarmLines } from './alarm-lines.js';
import type { BinFacts, DemoDocument, FeatureFacts, MonthFacts } from './facts.js';
import { markdownTable } from './markdown-table.js';
import { momentsOf } from './printed.js';
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
 * The page `docs/flight-delays.md`, made from the counts that a receiver got, what the monitor's listener was told, and January
 * measured by itself.
 *
 * @param document of a run with counts.
 * @param seasons the section on seasons.
 */
export function explainPage(document: DemoDocument, seasons: readonly string[]): string {
  // January is what the others are compared with.
  const months = document.months.filter(({ month }) => month !== 1);
  return `${[...introduction, ...seasons, ...alarmSection(document), ...months.flatMap(explainMonth), ...reading].join('\n')}\n`;
}

const introduction = [
  '# The flights, explained: windows, alarms and months',
  '',
  'A model trained on January 2013 was asked about every flight of the year. This page is made by',
  '`npm run explain --workspace examples/flight-delays` from the counts that arrived at an OTLP receiver, from what the live windows said, and from',
  'January run through them again; nothing in it is written by hand but the words between the numbers.',
  '[The example](../examples/flight-delays/README.md) says how the counts come about.',
  '',
];

function alarmSection({ alarms, drift }: DemoDocument): string[] {
  return [
    '## Alarms of the year',
    '',
    `As they opened and closed. ${drift.words}`,
    '',
    '```text',
    ...(alarms.length === 0 ? ['none'] : momentsOf(alarms).flatMap(moment => alarmLines(moment))),
    '```',
    '',
  ];
}

const reading = [
  '## Reading it',
  '',
  '- **PSI** is the distance between two sets of counts: 0 for equal shares, above 10 where they hardly meet. That of a month is over all its flights and',
  '  describes; it is no verdict, since flights of one hour share their weather and are no independent draws.',
  '- **Status** is `ml.drift.status` as it had arrived at the end of the month, of the three live windows; **a warning takes** the index that the',
  '  longest of them must show before one is possible, given how many flights count as one. In brackets: so few independent values remain that none is',
  '  possible, whatever the shape, and the feature is `insufficient` unless its missing or unseen values say more.',
  '- A share is of the values that are neither missing nor invalid. Bin labels are the baseline’s; `other` holds what was too rare in January',
  '  to have a bin of its own.',
];

function explainMonth(month: MonthFacts): string[] {
  const features = month.features.slice(0, FEATURES);
  const name = monthName(month.month);
  return [
    `## ${name}`,
    '',
    `${count(month.flights)} flights; ${share(month.accuracy, 1)} of the answers right at a mean confidence of ${share(month.confidence, 1)};` +
      ` ${share(month.predictedLate, 1)} called late, ${share(month.late, 1)} late in fact. The ${FEATURES} features furthest from January:`,
    '',
    ...tableLines(features),
    '',
    ...features.map(feature => `- **${feature.feature}**: ${sentenceOf(feature)} ${movedMost(feature.bins!)}`),
    '',
  ];
}

const HEADINGS = ['feature', 'status', 'PSI', 'a warning takes', 'flights that count as one'];

function tableLines(features: readonly FeatureFacts[]): string[] {
  const rows = features.map(({ feature, verdict, psi, judged, detectable, lambda }) => [
    feature,
    verdict,
    score(psi),
    takesText(judged, detectable),
    lambda === null ? '' : count(Math.round(lambda)),
  ]);
  return markdownTable(HEADINGS, rows, 2);
}

/** In brackets what no window reaches. */
function takesText(judged: boolean, detectable: number | null): string {
  if (detectable === null) return 'more flights';
  return judged ? score(detectable) : `(${score(detectable)})`;
}

/** What happened to a feature, plainly. */
function sentenceOf({ feature, kind, bins }: FeatureFacts): string {
  const shape = kind === 'numeric' ? numericSentence(feature, bins!) : categoricalSentence(bins!);
  const missing = riseOf(bins!, ['missing', 'invalid']);
  return missing.rise < RISE_WARNING
    ? shape
    : `${shape} Missing or invalid: ${share(missing.baseline, 1)} → ${share(missing.now, 1)}.`;
}

/** The share of some kinds of bins among all values, in January and now. */
function riseOf(bins: readonly BinFacts[], kinds: readonly string[]) {
  const shareOf = (part: 'count' | 'baseline'): number => {
    const total = bins.reduce((sum, bin) => sum + bin[part], 0);
    return bins.filter(({ kind }) => kinds.includes(kind)).reduce((sum, bin) => sum + bin[part], 0) / total;
  };
  const [now, baseline] = [shareOf('count'), shareOf('baseline')];
  return { now, baseline, rise: now - baseline };
}

/** The edge at which the two differ most, and on which side of it the values went. */
function numericSentence(feature: string, bins: readonly BinFacts[]): string {
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

function categoricalSentence(bins: readonly BinFacts[]): string {
  const [most] = byMovement(bins);
  return `\`${most!.bin}\` ${most!.now > most!.baseline ? 'gained' : 'lost'} most.`;
}

function movedMost(bins: readonly BinFacts[]): string {
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
