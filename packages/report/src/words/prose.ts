import { printable } from './names.js';

/** A word of a sentence that somebody else chose: a feature's name, or a category. */
export interface Named {
  readonly name: string;
  readonly is: 'feature' | 'category';
}

/** Sentences before anybody has decided where they are shown: text of ours, and names. */
export type Prose = readonly (string | Named)[];

/** A long name is told in full beside the sentence, not in it. */
const LONGEST_IN_TEXT = 60;

/** Joins pieces of sentences: `say('the answer ', category('late'), ' fell')`. */
export function say(...parts: readonly (string | Named | Prose)[]): Prose {
  return parts.flat();
}

export function feature(name: string): Named {
  return { name, is: 'feature' };
}

export function category(name: string): Named {
  return { name, is: 'category' };
}

/** As a terminal prints it: names of features as they are, categories in backticks. */
export function textOf(prose: Prose): string {
  return prose.map(part => (typeof part === 'string' ? part : nameText(part))).join('');
}

function nameText({ name, is }: Named): string {
  const shown = printable(name, LONGEST_IN_TEXT);
  return is === 'category' ? `\`${shown}\`` : shown;
}

/** `a, b and c`. */
export function listOf(items: readonly Prose[]): Prose {
  return items.flatMap((item, i) => [...(i === 0 ? [] : [i === items.length - 1 ? ' and ' : ', ']), ...item]);
}

/** The same with its first letter in upper case, where it is ours. */
export function capital(prose: Prose): Prose {
  const [first = '', ...rest] = prose.filter(part => part !== '');
  return typeof first === 'string' ? [first.slice(0, 1).toUpperCase() + first.slice(1), ...rest] : prose;
}
