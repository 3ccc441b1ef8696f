import { type Content, type Html, html } from '../html/html.js';
import { named } from '../html/prose.js';
import type { Cell, CellTable } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';
import { countText, numberText, shareText } from '../words/numbers.js';

/** Every bin in numbers, and the distances: closed until somebody asks. */
export function featureDetails(view: FeatureView, cells: CellTable | undefined): Html | undefined {
  const measures = distancesHtml(view);
  if (cells === undefined && measures === undefined) return undefined;
  return html`<details><summary>In numbers<span class="hidden"> of ${named(view.name)}</span></summary>${measures}${cells === undefined ? undefined : binsTable(cells)}</details>`;
}

function binsTable({ values, missing, invalid }: CellTable): Html {
  return html`<table class="bins"><caption>Rows by bin</caption><thead><tr><th scope="col">Bin</th><th scope="col">Now</th><th scope="col">Share</th><th scope="col">Training</th><th scope="col">Share</th></tr></thead><tbody>${[...values, missing, invalid].map(rowOf)}</tbody></table>`;
}

function rowOf({ name, kind, count, share, baselineCount, baselineShare }: Cell): Html {
  return html`<tr><th scope="row">${labelOf(name, kind)}</th><td>${countText(count)}</td><td>${shareText(share)}</td><td>${countText(baselineCount)}</td><td>${shareText(baselineShare)}</td></tr>`;
}

function labelOf(name: string, kind: Cell['kind']): Content {
  if (kind === 'range') return name;
  return kind === 'category' ? named(name) : html`<em>${kind === 'other' ? 'rare or unseen' : kind}</em>`;
}

function distancesHtml({ distances, judgement }: FeatureView): Html | undefined {
  if (distances === undefined) return undefined;
  const { jensenShannon, hellinger, kullbackLeibler, ks, wasserstein, wassersteinPerSd } = distances;
  const shown = [
    ['PSI', judgement?.psi],
    ['Kolmogorov–Smirnov', ks],
    ['Jensen–Shannon', jensenShannon],
    ['Hellinger', hellinger],
    ['Kullback–Leibler', kullbackLeibler],
    ["Wasserstein, in the feature's units", wasserstein],
    ['Wasserstein, in standard deviations of training', wassersteinPerSd],
  ] as const;
  return html`<dl class="measures">${shown.map(([name, value]) => (value === undefined ? undefined : html`<div><dt>${name}</dt><dd>${numberText(value)}</dd></div>`))}</dl>`;
}
