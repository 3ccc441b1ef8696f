import { type Html, html } from '../html/html.js';
import { named, unbroken } from '../html/prose.js';
import { wilson } from '../interval/wilson.js';
import type { Cell, CellTable } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';
import { byChange, rangeText } from '../words/movement.js';
import { printable } from '../words/names.js';
import { countText, sharesText } from '../words/numbers.js';

/** Categories drawn one by one; the rest is summed up. */
const MOST_BARS = 12;
/** A shorter interval is a dot on its bar. */
const LEAST_WHISKER = 0.015;
/** Named in the text alternative. */
const TOLD = 4;

interface Bar {
  readonly label: Html;
  readonly text: string;
  readonly share: number;
  readonly baselineShare: number;
}

/** Categories, or the bins of a sensitive number, side by side: those that changed most, and all others as one. */
export function barsFigure(view: FeatureView, cells: CellTable): Html | undefined {
  if (cells.samples === 0 && cells.baselineSamples === 0) return undefined;
  const isOrdered = cells.baseline.kind === 'numeric';
  const filled = cells.values.filter(({ count, baselineCount }) => count > 0 || baselineCount > 0);
  const ranked = isOrdered ? filled : filled.toSorted(byChange);
  const shown = filled.length <= MOST_BARS || isOrdered ? ranked : ranked.slice(0, MOST_BARS - 1);
  const rest = ranked.slice(shown.length);
  const bars = shown.map(cell => barOf(cell, cells));
  // Of many small ones the sum would dwarf each: it is told, not drawn.
  const others = rest.length === 0 ? undefined : sumHtml(rest);
  const independent = cells.samples / (view.judgement?.shape.lambda ?? 1);
  return html`<figure class="bars">${chart(bars, independent, largestOf(bars), others)}${unseenCaption(view)}</figure>`;
}

/** Missing and invalid values among all rows; undefined where there are none on either side. */
export function missingFigure(view: FeatureView, { missing, invalid, samples }: CellTable): Html | undefined {
  const cells = [missing, invalid].filter(({ share, baselineShare }) => share > 0 || baselineShare > 0);
  if (cells.length === 0) return undefined;
  const bars = cells.map(cell => ({
    label: html`${cell.kind}`,
    text: cell.kind,
    share: cell.share,
    baselineShare: cell.baselineShare,
  }));
  const all = samples + missing.count + invalid.count;
  return html`<figure class="bars missing">${chart(bars, all / (view.judgement?.missing.lambda ?? 1), 1)}</figure>`;
}

function barOf(cell: Cell, { baseline }: CellTable): Bar {
  const { name, kind, share, baselineShare, index } = cell;
  if (baseline.kind === 'numeric') {
    const text = rangeText(baseline, index).replace(/^between (.*) and /, '$1 to ');
    return { label: html`${text}`, text, share, baselineShare };
  }
  if (kind === 'other')
    return {
      label: html`<em>rare or unseen in training</em>`,
      text: 'rare or unseen in training',
      share,
      baselineShare,
    };
  return { label: named(name), text: printable(name, 40), share, baselineShare };
}

function sumHtml(cells: readonly Cell[]): Html {
  const total = (shareOf: (cell: Cell) => number): number => cells.reduce((sum, cell) => sum + shareOf(cell), 0);
  const numbers = numbersHtml(
    total(cell => cell.share),
    total(cell => cell.baselineShare),
  );
  return html`<div class="bar"><span class="label"><em>${countText(cells.length)} others</em></span><span></span>${numbers}</div>`;
}

function largestOf(bars: readonly Bar[]): number {
  return Math.max(
    ...bars.flatMap(({ share, baselineShare }) => [share, baselineShare]).filter(share => !Number.isNaN(share)),
  );
}

function chart(bars: readonly Bar[], independent: number, full: number, after?: Html): Html {
  const told = bars.slice(0, TOLD).map(({ text, share, baselineShare }) => {
    const [now, then] = sharesText(share, baselineShare);
    return `${text}: ${now} now, ${then} in training`;
  });
  return html`<div role="img" aria-label="${told.join('; ')}.">${bars.map(bar => barHtml(bar, independent, full))}${after}</div>`;
}

function barHtml({ label, share, baselineShare }: Bar, independent: number, full: number): Html {
  const percent = (part: number): string => (Number.isNaN(part) ? '0' : Math.min(100, (100 * part) / full).toFixed(1));
  const [low, high] = wilson(share, independent);
  const isSeen = !Number.isNaN(share) && (high - low) / full >= LEAST_WHISKER;
  const whisker = !isSeen
    ? undefined
    : html`<i class="w" style="left:${percent(low)}%;right:${(100 - Number(percent(high))).toFixed(1)}%"></i>`;
  return html`<div class="bar"><span class="label">${label}</span><span class="track"><i class="then" style="width:${percent(baselineShare)}%"></i><i class="now" style="width:${percent(share)}%"></i>${whisker}</span>${numbersHtml(share, baselineShare)}</div>`;
}

function numbersHtml(share: number, baselineShare: number): Html {
  const [now, then] = sharesText(share, baselineShare).map(unbroken) as [string, string];
  return html`<span class="n">${now} <small>${then} in training</small></span>`;
}

function unseenCaption({ unseen }: FeatureView): Html | undefined {
  if (unseen === undefined || unseen.length === 0) return undefined;
  const items = unseen.map(
    ([name, count], i) =>
      html`${i === 0 ? '' : ', '}<b class="q">“${named(name)}”</b> (${countText(count)}${i === 0 ? ' rows' : ''})`,
  );
  return html`<figcaption>Most frequent of what was rare or unseen in training: ${items}.</figcaption>`;
}
