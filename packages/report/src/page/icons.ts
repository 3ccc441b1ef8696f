import type { Verdict } from '@driftspan/sketch';
import { type Html, html } from '../html/html.js';
import { VERDICT_WORDS } from '../words/verdict-words.js';

/** A shape of its own for each verdict, so that none is told by colour alone. */
const SHAPES: Readonly<Record<Verdict, Html>> = {
  critical: html`<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"/><path class="cut" d="M8 4v5M8 11v1.6"/>`,
  warning: html`<path d="M8 1 15.5 14.5H.5z"/><path class="cut" d="M8 6v4M8 11.6V13"/>`,
  notice: html`<circle cx="8" cy="8" r="7"/><path class="cut" d="M8 3.6v1.6M8 7v5.4"/>`,
  ok: html`<path class="line" d="m2 8.5 4 4 8-9"/>`,
  insufficient: html`<circle class="line dashed" cx="8" cy="8" r="6.4"/>`,
};

/** The shapes, once a page. */
export const ICON_SHAPES: Html = html`<svg class="shapes" aria-hidden="true" focusable="false"><defs>${(
  Object.keys(SHAPES) as Verdict[]
).map(verdict => html`<symbol id="i-${verdict}" viewBox="0 0 16 16">${SHAPES[verdict]}</symbol>`)}</defs></svg>`;

export function icon(verdict: Verdict): Html {
  return html`<svg class="i ${verdict}" aria-hidden="true" focusable="false"><use href="#i-${verdict}"/></svg>`;
}

/** Sign and word. */
export function verdictHtml(verdict: Verdict): Html {
  return html`<span class="verdict ${verdict}">${icon(verdict)}${VERDICT_WORDS[verdict]}</span>`;
}
