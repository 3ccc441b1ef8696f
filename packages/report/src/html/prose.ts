import { printable } from '../words/names.js';
import type { Prose } from '../words/prose.js';
import { type Content, type Html, html } from './html.js';

/** Sentences as markup: names stand apart from the words around them, in whatever direction they are written. */
export function proseHtml(prose: Prose): Html {
  return html`${prose.map((part): Content => {
    if (typeof part === 'string') return unbroken(part);
    return part.is === 'category' ? html`<b class="q">“${named(part.name)}”</b>` : html`<b>${named(part.name)}</b>`;
  })}`;
}

/** A name that nobody checked: isolated, and wrapped by the page's style wherever it must be. */
export function named(name: string): Html {
  return html`<bdi>${printable(name)}</bdi>`;
}

/** No line ends between a number and its per cent sign. */
export function unbroken(text: string): string {
  return text.replace(/(\d) %/g, '$1\u00a0%');
}
