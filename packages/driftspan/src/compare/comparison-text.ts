import { explainFeature, explainReport, rankFeatures } from '@driftspan/report';
import type { ComparedFeature, Comparison } from '@driftspan/sketch';
import { type Colours, verdictColour } from '../terminal/colours.js';
import { type Cell, tableText } from '../terminal/table.js';
import { count, number, plural, printable, share } from '../terminal/words.js';
import { proseWidth, wrapped } from '../terminal/wrapped.js';
import type { ReadComparison } from './read-comparison.js';

/** Features that are told in a sentence; the table has all of them. */
const MOST_SENTENCES = 8;
/** From here on the table has room for the means, and for what a warning would take. */
const COLUMNS_FOR_MEANS = 96;
const COLUMNS_FOR_DETECTABLE = 106;

/** The comparison as a person reads it: the verdict, every feature, why, and what was taken for granted. Ends in a line feed. */
export function comparisonText(read: ReadComparison, colours: Colours, columns: number | undefined): string {
  const { comparison } = read;
  const width = proseWidth(columns);
  const ranked = rankFeatures(comparison.features);
  return [
    ...absentLines(read, colours, width),
    ...wrapped(verdictSentence(comparison, colours), width),
    '',
    ...wrapped(comparedLine(comparison), width),
    '',
    tableText(...featureTable(ranked, colours, columns), { width: columns, head: colours.dim, cut: 0 }).trimEnd(),
    ...sentenceLines(ranked, colours, width),
    '',
    ...assumptionLines(read, width),
    '',
  ].join('\n');
}

/** The report in one to three sentences, its first word in the colour of the verdict. */
export function verdictSentence(comparison: Comparison, colours: Colours): string {
  const colour = verdictColour(comparison.verdict, colours);
  return printable(explainReport(comparison)).replace(/^[^:]+:/, colour);
}

/** Said first: a column that is not there explains what follows. */
function absentLines({ absent }: ReadComparison, colours: Colours, width: number): string[] {
  return [
    ...absent.flatMap(column =>
      wrapped(`column ${colours.bold(printable(column))} is not in the data: it counts as missing in every row`, width),
    ),
    ...(absent.length === 0 ? [] : ['']),
  ];
}

function comparedLine({ current, baseline, model }: Comparison): string {
  const now = `${current.source === undefined ? '' : `${current.source}, `}${plural(current.rows, 'row')}${datesOf(current)}`;
  const then = `${baseline.source === undefined ? '' : `${baseline.source}, `}${plural(baseline.rows, 'row')}`;
  return printable(`Compared: ${now}, with the baseline of ${model.name} ${model.version} (${then}).`);
}

function datesOf({ firstMs, lastMs }: Comparison['current']): string {
  if (firstMs === undefined || lastMs === undefined) return '';
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return day(firstMs) === day(lastMs) ? ` of ${day(firstMs)}` : ` from ${day(firstMs)} to ${day(lastMs)}`;
}

function featureTable(
  features: readonly ComparedFeature[],
  colours: Colours,
  columns: number | undefined,
): [head: string[], rows: Cell[][]] {
  const roomFor = (needed: number) => columns === undefined || columns >= needed;
  const [hasMeans, hasDetectable] = [roomFor(COLUMNS_FOR_MEANS), roomFor(COLUMNS_FOR_DETECTABLE)];
  const head = [
    ...['feature', 'verdict', 'PSI', 'at least'],
    ...(hasDetectable ? ['to warn'] : []),
    ...['values', 'missing', 'in training'],
    ...(hasMeans ? ['mean', 'in training'] : []),
  ];
  return [
    head,
    features.map((feature): Cell[] => {
      const { judgement, baseline, verdict } = feature;
      const { shape, missing } = judgement;
      const cells: Cell[] = [
        feature.name,
        { text: verdict, colour: verdictColour(verdict, colours) },
        index(judgement.psi),
        index(shape.lowerBound),
      ];
      if (hasDetectable) cells.push(Number.isNaN(shape.detectable) ? '' : index(shape.detectable));
      cells.push(count(judgement.samples), shareCell(missing.rate), shareCell(missing.baselineRate));
      if (hasMeans) cells.push(...means(feature, baseline));
      return cells;
    }),
  ];
}

function means({ mean }: ComparedFeature, baseline: ComparedFeature['baseline']): [Cell, Cell] {
  if (baseline.kind !== 'numeric' || baseline.sensitive === true || mean === undefined) return ['', ''];
  return [number(mean), number(baseline.mean)];
}

function index(psi: number): string {
  return Number.isNaN(psi) ? '' : psi >= 10 ? psi.toFixed(1) : psi.toFixed(2);
}

function shareCell(rate: number): string {
  return Number.isNaN(rate) || rate === 0 ? '' : share(rate);
}

function sentenceLines(ranked: readonly ComparedFeature[], colours: Colours, width: number): string[] {
  const moved = ranked.filter(({ verdict }) => verdict !== 'ok');
  const told = moved.slice(0, MOST_SENTENCES);
  const more = moved.length - told.length;
  return [
    ...(told.length === 0 ? [] : ['']),
    ...told.flatMap(feature => {
      const name = verdictColour(feature.verdict, colours)(printable(feature.name));
      return wrapped(`${name}: ${printable(explainFeature(feature))}`, width, '    ', '  ');
    }),
    ...(more > 0 ? [`  … and ${plural(more, 'more feature')} in the table: --json tells all`] : []),
  ];
}

function assumptionLines({ comparison, extra, leftOut, ofRows }: ReadComparison, width: number): string[] {
  const { falseAlarmRate, tests, dependence } = comparison.drift;
  const lines = wrapped(
    `Unchanged data is called drift in ${share(falseAlarmRate)} of comparisons, over ${plural(tests, 'test')} together. ${printable(dependence.words)}`,
    width,
  );
  const unjudged = comparison.features.filter(({ verdict }) => verdict === 'insufficient').length;
  if (unjudged > 0 && dependence.assumes === 'baseline') {
    lines.push(
      ...wrapped(
        `${plural(unjudged, 'feature')} could not be judged since training's rows hang together: a longer time of training would tell, or --independent, which takes every row as a draw of its own and errs more often.`,
        width,
      ),
    );
  }
  if (leftOut.length > 0) {
    const options = leftOut.map(name => `--${name.slice('prediction.'.length)}`).join(', ');
    lines.push(
      ...wrapped(
        `Not compared: ${leftOut.join(', ')}. ${ofRows ? `Name the columns with ${options}.` : 'The other baseline has none.'}`,
        width,
      ),
    );
  }
  if (extra.length > 0) {
    lines.push(...wrapped(`Not read by the model: ${printable(extra.join(', '))}.`, width));
  }
  return lines;
}
