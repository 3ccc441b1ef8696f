import type { PlainNumericBaseline } from '@driftspan/sketch';
import { type Bin, baselineBins, currentBins, quantile } from '../draw/bins.js';
import { type DensityPicture, drawDensities, HEIGHT, WIDTH } from '../draw/density.js';
import { type Html, html } from '../html/html.js';
import { unbroken } from '../html/prose.js';
import type { CellTable } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';
import { countText, numberText, numberTexts, sharesText } from '../words/numbers.js';

/** Most of a distribution, told in words: eight of ten values. */
const MOST = [0.1, 0.9] as const;

/** A number's distribution now and in training, on its own axis; undefined where no end of any bin is known. */
export function densityFigure(view: FeatureView, cells: CellTable, baseline: PlainNumericBaseline): Html | undefined {
  const then = baselineBins(cells, baseline);
  const now = currentBins(view, cells, baseline);
  const lambda = view.judgement?.shape.lambda ?? 1;
  const picture = drawDensities(then, now, cells.samples / lambda);
  if (picture === undefined) return undefined;
  const label = `${centred('Now', now, view.mean)} ${centred('In training', then, view.baselineMean)}`;
  const notes = notesOf(picture, view, cells.samples, lambda);
  return html`<figure class="density"><div role="img" aria-label="${label}">${marks(picture, view, then, now)}<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path class="then" d="${picture.baseline}"/><path class="band" d="${picture.band}"/><path class="now" d="${picture.current}"/>${meanLine(picture, view.baselineMean, then, 'then')}${meanLine(picture, view.mean, now, 'now')}</svg>${ticks(picture)}</div>${
    notes.length === 0 ? undefined : html`<figcaption>${unbroken(notes.join(' '))}</figcaption>`
  }</figure>`;
}

/** Where each side has its middle, and which is which. */
function marks(
  { x }: DensityPicture,
  { mean, baselineMean }: FeatureView,
  then: readonly Bin[],
  now: readonly Bin[],
): Html {
  const texts = numberTexts([mean ?? Number.NaN, baselineMean ?? Number.NaN]);
  const mark = (
    bins: readonly Bin[],
    value: number | undefined,
    text: string,
    kind: string,
    word: string,
  ): Html | undefined => {
    if (bins.length === 0) return undefined;
    const known = value !== undefined && !Number.isNaN(value);
    const at = Math.max(0, Math.min(100, x(known ? value : quantile(bins, 0.5)) / (WIDTH / 100)));
    const side = at < 25 ? 'from' : at > 75 ? 'to' : 'mid';
    return html`<span class="mark ${kind} ${side}" style="left:${at.toFixed(1)}%">${word}${known ? ` ${text} on average` : ''}</span>`;
  };
  return html`<div class="marks" aria-hidden="true">${mark(then, baselineMean, texts[1]!, 'then', 'training')}${mark(now, mean, texts[0]!, 'now', 'now')}</div>`;
}

function meanLine(
  { x }: DensityPicture,
  mean: number | undefined,
  bins: readonly Bin[],
  kind: string,
): Html | undefined {
  if (mean === undefined || Number.isNaN(mean) || bins.length === 0) return undefined;
  const at = x(mean);
  return at < 0 || at > WIDTH ? undefined : html`<path class="mean ${kind}" d="M${at.toFixed(1)},0V${HEIGHT}"/>`;
}

function ticks({ x, extent: { isCutLow, isCutHigh } }: DensityPicture): Html {
  const values = x.ticks(5);
  const format = x.tickFormat(5);
  const labels = values.map(
    value => html`<i style="left:${(x(value) / (WIDTH / 100)).toFixed(1)}%">${format(value)}</i>`,
  );
  const [low, high] = [
    isCutLow ? html`<i class="open low">◂</i>` : undefined,
    isCutHigh ? html`<i class="open high">▸</i>` : undefined,
  ];
  return html`<div class="ticks" aria-hidden="true">${low}${labels}${high}</div>`;
}

/** `Now: 81.3 on average, eight of ten values between 74.2 and 88.1.` */
function centred(word: string, bins: readonly Bin[], mean: number | undefined): string {
  if (bins.length === 0) return `${word}: no values.`;
  const [low, high] = MOST.map(part => quantile(bins, part)) as [number, number];
  const average = mean === undefined || Number.isNaN(mean) ? '' : ` ${numberText(mean)} on average,`;
  if (low === high) return `${word}:${average} mostly ${numberText(low)}.`;
  const [from, to] = numberTexts([low, high]);
  return `${word}:${average} eight of ten values between ${from} and ${to}.`;
}

function notesOf(
  { extent, cutAtoms }: DensityPicture,
  { min, max, baseline }: FeatureView,
  samples: number,
  lambda: number,
): string[] {
  const notes: string[] = [];
  if (extent.isCutLow || extent.isCutHigh) {
    const ends = baseline?.kind === 'numeric' && baseline.sensitive !== true ? [baseline.min, baseline.max] : [];
    const lows = [min, ends[0]].filter(end => end !== undefined && end < extent.low) as number[];
    const highs = [max, ends[1]].filter(end => end !== undefined && end > extent.high) as number[];
    const reach = [...(lows.length > 0 ? [Math.min(...lows)] : []), ...(highs.length > 0 ? [Math.max(...highs)] : [])];
    notes.push(
      reach.length > 0
        ? `The axis is cut: values reach to ${reach.map(end => numberText(end)).join(' and ')}.`
        : 'The outermost values may lie further out.',
    );
  }
  for (const { at, share, baselineShare } of cutAtoms) {
    const [now, then] = sharesText(share, baselineShare);
    notes.push(`The bar at ${numberText(at)} is cut: ${now} now, ${then} in training.`);
  }
  if (lambda >= 1.5) {
    const worth = Math.round(samples / lambda);
    const ones = worth < 2 ? 'hardly more than one independent value' : `${countText(worth)} independent values`;
    notes.push(`The band is that of ${ones}, since neighbouring rows hang together.`);
  }
  return notes;
}
