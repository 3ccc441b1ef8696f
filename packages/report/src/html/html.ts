import { printable } from '../words/names.js';

/** Markup that is known to be safe: made by {@link html}, which escapes whatever is put into it. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Content = Html | string | number | undefined | readonly Content[];

/**
 * A template of markup. Texts and numbers put into it are escaped, for an element's content and for a quoted attribute alike; markup is
 * taken as it is, a list piece by piece, undefined as nothing.
 */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Html {
  let markup = pieces[0]!;
  for (let i = 0; i < contents.length; i++) markup += markupOf(contents[i]) + pieces[i + 1]!;
  return new Html(markup);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as markup; what can not be printed, or would turn the text around it, is written out. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, character => ENTITIES[character]!);
}

function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  let markup = '';
  for (const part of content) markup += markupOf(part);
  return markup;
}
