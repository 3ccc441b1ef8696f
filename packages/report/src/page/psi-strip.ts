import type { PsiThresholds } from '@driftspan/sketch';
import { scaleLog } from 'd3-scale';
import { type Html, html } from '../html/html.js';
import { psiInterval } from '../interval/psi-interval.js';
import { cellsOf } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';

/** An index below it is drawn at it: nothing anybody tells apart. */
const SMALLEST = 0.002;

/** The index of every feature on one logarithmic scale, with the thresholds: a strip a feature. */
export interface PsiScale {
  readonly axis: Html;
  strip(view: FeatureView): Html;
}

export function psiScale(views: readonly FeatureView[], psi: PsiThresholds): PsiScale {
  const largest = Math.max(1, ...views.map(({ judgement }) => judgement?.psi ?? 0).filter(Number.isFinite));
  const x = scaleLog([SMALLEST, largest * 1.5], [0, 100]).clamp(true);
  const at = (value: number): string => x(Math.max(value, SMALLEST)).toFixed(1);
  const lines = html`<i class="t w" style="left:${at(psi.warning)}%"></i><i class="t c" style="left:${at(psi.critical)}%"></i>`;
  const ticks = [0.01, 0.1, 1, 10].filter(value => value < largest * 1.5);
  const axis = html`<span class="strip axis" aria-hidden="true">${ticks.map(
    value => html`<i style="left:${at(value)}%">${String(value)}</i>`,
  )}</span>`;
  const strip = (view: FeatureView): Html => {
    const { judgement, verdict } = view;
    if (judgement === undefined || !Number.isFinite(judgement.psi))
      return html`<span class="strip" aria-hidden="true">${lines}</span>`;
    const interval = psiInterval(judgement.shape, cellsOf(view)?.baselineSamples ?? Number.NaN);
    const [low, high] = interval ?? [judgement.psi, judgement.psi];
    const [from, to] = [at(low), at(high)];
    const whisker =
      interval === undefined
        ? undefined
        : html`<i class="w" style="left:${from}%;right:${(100 - Number(to)).toFixed(1)}%"></i>`;
    return html`<span class="strip" aria-hidden="true">${lines}<span class="${verdict}">${whisker}<i class="d" style="left:${at(judgement.psi)}%"></i></span></span>`;
  };
  return { axis, strip };
}
