import type { NumericBaseline } from '@driftspan/sketch';
import { type Cell, type CellTable, cellsOf } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';
import { numberText, numberTexts, sharesText, shareText } from './numbers.js';
import { category, type Prose, say } from './prose.js';

/** Shares that differ by less are alike. */
const ROUNDING = 1e-9;
/** A mean that moved by less than this, in standard deviations of training, is not what moved: a PSI of about its square. */
const MEAN_MOVED = 0.1;
/** From here on it tells by itself what moved; below, the bin that changed most is told beside it. */
const MEAN_TELLS = 0.5;
/** Standard deviations of such a ratio, either way, differ enough to be what moved. */
const SPREAD_RATIO = 1.2;
/** Values outside the range of training are worth a word from this share on. */
const OUTSIDE_SHARE = 0.01;

/** What is different of the values, in the feature's own units: `80.1 on average, 39.6 in training`; empty where nothing is known. */
export function movementOf(view: FeatureView): Prose {
  const cells = cellsOf(view);
  if (view.kind === 'categorical') return cells === undefined ? [] : categoriesMoved(cells);
  const outside = outsideOf(view, cells);
  return [...numbersMoved(view, cells), ...outside];
}

function numbersMoved(
  { mean, sd, baselineMean, baselineSd, verdict }: FeatureView,
  cells: CellTable | undefined,
): Prose {
  const isKnown = [mean, sd, baselineMean, baselineSd].every(value => value !== undefined && !Number.isNaN(value));
  if (!isKnown || cells?.baselineSamples === 0) return cells === undefined ? [] : binMoved(cells);
  const [now, then] = numberTexts([mean!, baselineMean!]);
  if (baselineSd === 0) return say(`${now} on average, always ${then} in training`);
  const shift = Math.abs(mean! - baselineMean!) / baselineSd!;
  const ratio = sd! / baselineSd!;
  if (shift < MEAN_MOVED && (ratio > SPREAD_RATIO || ratio < 1 / SPREAD_RATIO)) {
    const [spread, before] = numberTexts([sd!, baselineSd!]);
    return say(`a standard deviation of ${spread}, ${before} in training, about an average of ${numberText(mean!)}`);
  }
  const average = say(`${now} on average, ${then} in training`);
  const tells = verdict === 'insufficient' ? MEAN_MOVED : MEAN_TELLS;
  const bin = shift >= tells || cells === undefined ? [] : binMoved(cells);
  return bin.length === 0 ? average : say(average, '; ', bin);
}

/** `: 13.7 on average, 13.6 in training` of a feature that has not moved; empty where there are no such. */
export function averagesOf({ mean, sd, baselineMean, baselineSd }: FeatureView): Prose {
  if (mean === undefined || baselineMean === undefined || Number.isNaN(mean)) return [];
  const [now, then] = [numberText(mean), numberText(baselineMean)];
  if (now !== then) return say(`: ${now} on average, ${then} in training`);
  return say(sd === 0 && baselineSd === 0 ? `: always ${now}` : `: ${now} on average`);
}

/** The bin that differs most: `12 % are above 57.2, 6.2 % in training`. */
function binMoved({ values, baseline }: CellTable): Prose {
  const most = mostMoved(values);
  if (most === undefined || baseline.kind !== 'numeric') return [];
  const [now, then] = sharesText(most.share, most.baselineShare);
  if (baseline.cuts.length === 0) return [];
  return say(`${now} are ${rangeText(baseline, most.index)}, ${then} in training`);
}

/** `at most 3`, `between 3 and 5`, `above 5`. */
export function rangeText({ cuts }: NumericBaseline, bin: number): string {
  const low = cuts[bin - 1];
  const high = cuts[bin];
  const near = cuts.slice(Math.max(0, bin - 1), bin + 1);
  const texts = numberTexts(near);
  if (low === undefined) return high === undefined ? 'anywhere' : `at most ${texts[0]}`;
  return high === undefined ? `above ${texts[0]}` : `between ${texts[0]} and ${texts[1]}`;
}

function outsideOf({ outOfRange, min, max, baseline }: FeatureView, cells: CellTable | undefined): Prose {
  if (outOfRange === undefined || cells === undefined || baseline?.kind !== 'numeric') return [];
  if (baseline.sensitive === true || cells.baselineSamples === 0 || baseline.min === baseline.max) return [];
  const share = outOfRange / cells.samples;
  if (!(share >= OUTSIDE_SHARE)) return [];
  const said = shareText(share);
  if (min !== undefined && min >= baseline.min)
    return say(`; ${said} are above the highest of training, ${numberText(baseline.max)}`);
  if (max !== undefined && max <= baseline.max)
    return say(`; ${said} are below the lowest of training, ${numberText(baseline.min)}`);
  const [low, high] = numberTexts([baseline.min, baseline.max]);
  return say(`; ${said} are outside the range of training, ${low} to ${high}`);
}

function categoriesMoved({ values }: CellTable): Prose {
  const grown = mostMoved(values.filter(({ share, baselineShare }) => share > baselineShare));
  const shrunk = mostMoved(values.filter(({ share, baselineShare }) => share < baselineShare));
  const both = [grown, shrunk].filter(cell => cell !== undefined).sort(byChange);
  return both.flatMap((cell, i) => {
    const [now, then] = sharesText(cell.share, cell.baselineShare);
    return say(
      i === 0 ? '' : '; ',
      cellProse(cell),
      i === 0 ? ` is ${now} of the values` : ` ${now}`,
      `, ${then} in training`,
    );
  });
}

/** What a cell of a categorical feature is called in a sentence. */
export function cellProse({ name, kind }: Pick<Cell, 'name' | 'kind'>): Prose {
  if (kind === 'other') return say('what was rare or unseen in training');
  return kind === 'category' ? [category(name)] : say(`${kind} values`);
}

/** The cell whose share changed most, up or down; undefined where none did. What it brings to the index would favour what is rare. */
export function mostMoved(cells: readonly Cell[]): Cell | undefined {
  return cells.reduce<Cell | undefined>((most, cell) => {
    if (!(changeOf(cell) > 0)) return most;
    return most === undefined || byChange(cell, most) < 0 ? cell : most;
  }, undefined);
}

/** Sorts what changed most first. Of two categories one grows by what the other loses: the rarer is then the one to name. */
export function byChange(a: Cell, b: Cell): number {
  const more = changeOf(b) - changeOf(a);
  return Math.abs(more) > ROUNDING ? more : a.share + a.baselineShare - (b.share + b.baselineShare);
}

function changeOf({ share, baselineShare }: Cell): number {
  return Math.abs(share - baselineShare);
}
