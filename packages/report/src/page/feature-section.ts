import { type Html, html } from '../html/html.js';
import { named, proseHtml } from '../html/prose.js';
import { cellsOf } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';
import { featureSentence } from '../words/feature-sentence.js';
import { barsFigure, missingFigure } from './bars-figure.js';
import { densityFigure } from './density-figure.js';
import { featureDetails } from './feature-details.js';
import { verdictHtml } from './icons.js';
import { monitorDetails } from './monitor-details.js';

/**
 * One feature: the sentence, the picture, the numbers.
 *
 * @param isDetailed whether its bins are told one by one: half of the page's size.
 */
export function featureSection(view: FeatureView, anchor: string, isDetailed: boolean): Html {
  const cells = cellsOf(view);
  const { baseline } = view;
  const isPlain = baseline?.kind === 'numeric' && baseline.sensitive !== true;
  const picture =
    cells === undefined ? undefined : isPlain ? densityFigure(view, cells, baseline) : barsFigure(view, cells);
  const missing = cells === undefined ? undefined : missingFigure(view, cells);
  return html`<article id="${anchor}" data-v="${view.verdict}" aria-labelledby="${anchor}-name">
<header><h3 id="${anchor}-name">${named(view.name)}</h3>${verdictHtml(view.verdict)}</header>
<div class="told"><p>${proseHtml(featureSentence(view))}</p>${monitorDetails(view)}${isDetailed ? featureDetails(view, cells) : undefined}</div>
<div class="drawn">${picture}${missing}</div></article>
`;
}
