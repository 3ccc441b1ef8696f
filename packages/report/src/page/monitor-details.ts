import { type Content, type Html, html } from '../html/html.js';
import { named, unbroken } from '../html/prose.js';
import type { FeatureView } from '../view/view.js';
import { rangeText } from '../words/movement.js';
import { countText, psiText, sharesText } from '../words/numbers.js';
import { lastingText, momentText } from '../words/times.js';
import { verdictHtml } from './icons.js';

/** Of a running monitor's feature: since when it drifts, traces to look at, and what each window said. */
export function monitorDetails({ monitor, name, baseline }: FeatureView): Html | undefined {
  if (monitor === undefined) return undefined;
  const { driftingSinceMs, driftedBins = [], windows } = monitor;
  const since = driftingSinceMs === undefined ? undefined : html`<p>Drifting since ${momentText(driftingSinceMs)}.</p>`;
  const bins =
    driftedBins.length === 0
      ? undefined
      : html`<ul class="grown">${driftedBins.map(bin => binHtml(bin, baseline))}</ul>`;
  if (windows.length === 0) return html`${since}${bins}`;
  return html`${since}${bins}<details><summary>By window<span class="hidden"> of ${named(name)}</span></summary><table class="bins"><caption>What each window said</caption><thead><tr><th scope="col">The last</th><th scope="col">Verdict</th><th scope="col">Values</th><th scope="col">PSI</th></tr></thead><tbody>${windows.map(
    ({ lengthMs, judgement }) =>
      html`<tr><th scope="row">${lastingText(lengthMs)}</th><td>${verdictHtml(judgement.verdict)}</td><td>${countText(judgement.samples)}</td><td>${psiText(judgement.psi)}</td></tr>`,
  )}</tbody></table></details>`;
}

type DriftedBin = NonNullable<NonNullable<FeatureView['monitor']>['driftedBins']>[number];

function binHtml({ bin, kind, share, baselineShare, examples }: DriftedBin, baseline: FeatureView['baseline']): Html {
  const [now, then] = sharesText(share, baselineShare).map(unbroken) as [string, string];
  const traces = examples.map(({ traceId }) => html` <code class="id">${traceId}</code>`);
  return html`<li>${binName(bin, kind, baseline)}: ${now}, ${then} in training.${traces.length === 0 ? undefined : html` Traces:${traces}`}</li>`;
}

function binName(bin: string, kind: DriftedBin['kind'], baseline: FeatureView['baseline']): Content {
  if (kind === 'other') return 'rare or unseen in training';
  if (kind === 'missing' || kind === 'invalid') return kind;
  const index = baseline?.kind === 'numeric' ? baseline.labels.indexOf(bin) : -1;
  return baseline?.kind === 'numeric' && index >= 0 ? rangeText(baseline, index) : named(bin);
}
