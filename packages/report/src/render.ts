import type { Report } from '@driftspan/core';
import type { Comparison } from '@driftspan/sketch';
import { viewOf } from './explain.js';
import { type Html, html } from './html/html.js';
import { named, proseHtml } from './html/prose.js';
import { comparedFacts } from './page/compared.js';
import { featureSection } from './page/feature-section.js';
import { ICON_SHAPES, icon } from './page/icons.js';
import { methodSection } from './page/method.js';
import { type RankedGroup, rankingSection } from './page/ranking.js';
import { STYLE } from './page/style.js';
import { rankViews } from './rank.js';
import { restored } from './view/restored.js';
import type { FeatureRole, ReportView } from './view/view.js';
import { isUndecided, reportSentences } from './words/report-sentences.js';
import { VERDICT_WORDS } from './words/verdict-words.js';

export interface RenderOptions {
  /** Of the document; by default the verdict and the model. */
  readonly title?: string;
}

/** Features of a group that are told bin by bin, the worst: a page of 1,000 stays under 4 MB. */
const MOST_DETAILED = 100;
/** What the model answers matters most to whoever reads first. */
const GROUPS: readonly (readonly [role: FeatureRole, title: string])[] = [
  ['output', 'What the model answers'],
  ['feature', 'What the model is given'],
  ['joint', 'How two features go together'],
];

/**
 * A whole HTML document of a comparison or of a monitor's report: the verdict, what was compared, every feature by rank, each drawn against its
 * baseline, and how it was judged. It holds no script and asks for nothing; names in it are escaped. The same report gives the same text:
 * no clock is read. One that was JSON in between, with null for NaN, gives the same page too. Cost: 0.3 ms a feature once warm, and 3.5 KB, twice that of the first 100 of a group.
 */
export function renderReport(given: Comparison | Report, options: RenderOptions = {}): string {
  const report = restored(given);
  const view = viewOf(report);
  const groups = groupsOf(view);
  const word = isUndecided(view) ? 'Undecided' : VERDICT_WORDS[view.verdict];
  const title = options.title ?? `${word}: ${view.model.name} ${view.model.version}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${STYLE}</style></head><body>
<a class="skip" href="#ranking">Skip to the features</a>${ICON_SHAPES}
${opening(view, report, options.title)}
<main>${features(view, groups)}
${methodSection(report)}</main></body></html>
`.markup;
}

function opening(view: ReportView, report: Comparison | Report, title: string | undefined): Html {
  const [first, ...rest] = reportSentences(view);
  const { name, version } = view.model;
  const above = title === undefined ? html`${named(name)} ${named(version)}` : named(title);
  const sign = isUndecided(view) ? 'insufficient' : view.verdict;
  return html`<header class="opening ${sign}"><p class="model">${above}</p><h1>${icon(sign)}<span>${proseHtml(first ?? [])}</span></h1>${rest.map(
    sentence => html`<p class="lead">${proseHtml(sentence)}</p>`,
  )}${comparedFacts(report)}</header>`;
}

function features(view: ReportView, groups: readonly RankedGroup[]): Html | undefined {
  if (groups.length === 0)
    return html`<h2 id="ranking">No features</h2><p>This model has no features that could be compared.</p>`;
  return html`${rankingSection(view, groups)}
${groups.map(
  ({
    role,
    title,
    features,
  }) => html`<section class="features" aria-labelledby="of-${role}"><h2 id="of-${role}">${title}</h2>
<p class="key"><i class="then"></i>training <i class="now"></i>now, with the 99${'\u00a0'}% interval of its shares</p>${
    features.length > MOST_DETAILED
      ? html`<p>The bins of the first ${MOST_DETAILED} are told in numbers, the others are drawn.</p>`
      : undefined
  }
${features.map((one, i) => featureSection(one.view, one.anchor, i < MOST_DETAILED))}</section>`,
)}`;
}

function groupsOf({ features }: ReportView): RankedGroup[] {
  const anchors = new Map(features.map((view, i) => [view, `f${i}`]));
  const ranked = rankViews(features);
  return GROUPS.flatMap(([role, title]) => {
    const members = ranked.filter(view => view.role === role).map(view => ({ view, anchor: anchors.get(view)! }));
    return members.length === 0 ? [] : [{ role, title, features: members }];
  });
}
