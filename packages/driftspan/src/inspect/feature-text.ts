import { type Cell, tableText } from '../terminal/table.js';
import { count, number, plural, printable, share } from '../terminal/words.js';
import type { WindowOutlook } from './detectable.js';
import type { InspectedFeature } from './inspection.js';
import { type TextOptions, windowsText } from './inspection-text.js';

const BAR_COLUMNS = 30;
/** A column of the terminal in eighths. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Of a category name: longer ones would leave no room for the bar. */
const MOST_NAME = 40;

/** One feature for a person: every bin with its share as a bar, then what windows can show of it. */
export function featureText(
  feature: InspectedFeature,
  windows: readonly WindowOutlook[],
  options: TextOptions,
): string {
  const { colours, width } = options;
  const most = Math.max(...feature.cells.map(cell => cell.share));
  const rows = feature.cells
    .filter(cell => cell.count > 0 || cell.kind === 'range')
    .map((cell): Cell[] => [
      cell.bin.length > MOST_NAME ? `${cell.bin.slice(0, MOST_NAME - 1)}…` : cell.bin,
      count(cell.count),
      share(cell.share),
      {
        text: barText(cell.share / most),
        colour: cell.kind === 'range' || cell.kind === 'category' ? colours.cyan : colours.dim,
      },
    ]);
  const bins = tableText([feature.kind === 'numeric' ? 'bin' : 'category', 'rows', 'share', ''], rows, {
    width,
    head: colours.dim,
    cut: 0,
  });
  return `${headText(feature, options)}${bins}\n${windowsText(windows, options)}`;
}

function headText(feature: InspectedFeature, { colours }: TextOptions): string {
  const { name, kind, partOf, sensitive, id, values, missing, invalid, lambda } = feature;
  const told = [
    kind,
    ...(partOf === undefined ? [] : [`part of ${partOf.name}, ${partOf.kind}`]),
    ...(sensitive ? ['sensitive'] : []),
    id,
  ];
  const counted = `${plural(values, 'value')}, ${count(missing)} missing, ${count(invalid)} invalid`;
  const moments =
    feature.min === undefined
      ? ''
      : `  ${number(feature.min)} … ${number(feature.max!)}, mean ${number(feature.mean!)}, standard deviation ${number(feature.sd!)}\n`;
  const together = lambda === undefined ? '' : `  up to ${count(lambda)} neighbouring values count as one\n`;
  return `${colours.bold(printable(name))}  ${printable(told.join(', '))}\n  ${counted}\n${moments}${together}`;
}

function barText(part: number): string {
  const eighths = Math.round(part * BAR_COLUMNS * 8);
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!;
}
