import { VERDICT_LEVEL, type Verdict } from '@driftspan/sketch';
import { type Html, html } from '../html/html.js';
import { named, proseHtml, unbroken } from '../html/prose.js';
import { psiInterval } from '../interval/psi-interval.js';
import { cellsOf } from '../view/cells.js';
import type { FeatureRole, FeatureView, ReportView } from '../view/view.js';
import { featureSentence } from '../words/feature-sentence.js';
import { countText, psiText, sharesText } from '../words/numbers.js';
import { verdictHtml } from './icons.js';
import { type PsiScale, psiScale } from './psi-strip.js';

/** Features by what they are of, each group ranked; `anchor` is where its section stands. */
export interface RankedGroup {
  readonly role: FeatureRole;
  readonly title: string;
  readonly features: readonly { readonly view: FeatureView; readonly anchor: string }[];
}

/** All features in one table, the worst first, on one scale. */
export function rankingSection({ psi, features }: ReportView, groups: readonly RankedGroup[]): Html {
  const scale = psiScale(features, psi);
  return html`<section aria-labelledby="ranking"><h2 id="ranking">Every feature, worst first</h2>
${filter(features)}
<table class="ranking" role="table"><caption>How far each feature is from training: its verdict, the population stability index (PSI) with its 99.8${'\u00a0'}% interval, and why.
On the scale, which is logarithmic, the two lines are where a warning (${psi.warning}) and a critical verdict (${psi.critical}) begin.</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Feature</th><th role="columnheader" scope="col">Verdict</th><th role="columnheader" scope="col" class="n">PSI</th><th role="columnheader" scope="col" class="scale"><span class="hidden">PSI on a common scale</span>${scale.axis}</th><th role="columnheader" scope="col" class="n">Missing</th><th role="columnheader" scope="col">Why</th></tr></thead>
${groups.map(group => body(group, groups.length, scale))}</table></section>`;
}

function body({ title, features }: RankedGroup, groups: number, scale: PsiScale): Html {
  const head =
    groups < 2
      ? undefined
      : html`<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="6">${title}</th></tr>`;
  return html`<tbody role="rowgroup">${head}${features.map(({ view, anchor }) => row(view, anchor, scale))}</tbody>`;
}

function row(view: FeatureView, anchor: string, scale: PsiScale): Html {
  return html`<tr role="row" data-v="${view.verdict}"><th role="rowheader" scope="row"><a href="#${anchor}">${named(view.name)}</a></th><td role="cell">${verdictHtml(view.verdict)}</td><td role="cell" class="n psi">${psiCell(view)}</td><td role="cell" class="scale">${scale.strip(view)}</td><td role="cell" class="n missing">${missingCell(view)}</td><td role="cell" class="why">${proseHtml(featureSentence(view, false))}</td></tr>
`;
}

function psiCell(view: FeatureView): Html {
  const { judgement } = view;
  if (judgement === undefined || Number.isNaN(judgement.psi)) return html`<span class="none">unknown</span>`;
  const interval = psiInterval(judgement.shape, cellsOf(view)?.baselineSamples ?? Number.NaN);
  const within = interval === undefined ? undefined : html` <small>${interval.map(psiText).join(' to ')}</small>`;
  return html`${psiText(judgement.psi)}${within}`;
}

function missingCell({ judgement }: FeatureView): Html {
  if (judgement === undefined || Number.isNaN(judgement.missing.rate)) return html`<span class="none">unknown</span>`;
  const { rate, baselineRate } = judgement.missing;
  const [now, then] = sharesText(rate, baselineRate).map(unbroken) as [string, string];
  return now === then ? html`${now}` : html`${now} <small>${then} in training</small>`;
}

/** Radio buttons that the page's style reads; a browser that can not shows everything, and no buttons. */
function filter(features: readonly FeatureView[]): Html | undefined {
  const moved = features.filter(({ verdict }) => VERDICT_LEVEL[verdict] >= VERDICT_LEVEL.warning).length;
  const unjudged = features.filter(({ verdict }) => verdict === ('insufficient' satisfies Verdict)).length;
  const some = [
    ['moved', 'Moved', moved],
    ['unjudged', 'Not judged', unjudged],
  ] as const;
  const offered = some.filter(([, , count]) => count > 0 && count < features.length);
  if (offered.length === 0) return undefined;
  const choices = [['all', 'All', features.length] as const, ...offered];
  return html`<fieldset class="filter"><legend>Show</legend>${choices.map(
    ([id, word, count]) =>
      html`<label><input type="radio" name="show" id="show-${id}"${id === 'all' ? html` checked` : undefined}>${word} (${countText(count)})</label>`,
  )}</fieldset>`;
}
