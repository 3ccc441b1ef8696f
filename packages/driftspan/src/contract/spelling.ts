/** How a text differs from a category that it is meant to be. */
export type Spelling = 'case' | 'spaces' | 'case and spaces' | 'leading zeros' | 'number format' | 'encoding';

export interface Respelled {
  readonly known: string;
  readonly spelling: Spelling;
}

/**
 * Finds the known category that a text is but for its spelling: case, spaces at the ends or doubled, lost leading zeros (`501` for `00501`), another
 * way to write a number (`1.0` for `1`), or UTF-8 that was read as Latin-1 (`ZÃ¼rich` for `Zürich`). undefined where there is none, or
 * where two known categories are alike in that way: then the difference means something.
 */
export function spellingFinder(categories: readonly string[]): (text: string) => Respelled | undefined {
  const spaced = uniquely(categories, spacesOut);
  const cased = uniquely(categories, caseOut);
  const both = uniquely(categories, text => caseOut(spacesOut(text)));
  const zeroed = uniquely(categories, zerosOut);
  const numbers = uniquely(categories, numberOf);
  const known = new Set(categories);
  return text => {
    const encoded = reencoded(text);
    if (encoded !== undefined && known.has(encoded)) return { known: encoded, spelling: 'encoding' };
    const found = (map: ReadonlyMap<string, string>, key: string | undefined, spelling: Spelling) => {
      const category = key === undefined ? undefined : map.get(key);
      return category === undefined ? undefined : { known: category, spelling };
    };
    return (
      found(spaced, spacesOut(text), 'spaces') ??
      found(cased, caseOut(text), 'case') ??
      found(both, caseOut(spacesOut(text)), 'case and spaces') ??
      found(zeroed, zerosOut(text), 'leading zeros') ??
      found(numbers, numberOf(text), 'number format')
    );
  };
}

/** By what two texts have in common; without those that several have. */
function uniquely(
  categories: readonly string[],
  key: (text: string) => string | undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const shared = new Set<string>();
  for (const category of categories) {
    const common = key(category);
    if (common === undefined) continue;
    if (found.has(common)) shared.add(common);
    found.set(common, category);
  }
  for (const common of shared) found.delete(common);
  return found;
}

function spacesOut(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

function caseOut(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Of digits alone. */
function zerosOut(text: string): string | undefined {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined;
}

/** Of what is plainly a number; a text with leading zeros is a code. */
function numberOf(text: string): string | undefined {
  return /^[+-]?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : undefined;
}

/** Above it a character is no byte of Latin-1. */
const LAST_LATIN_1 = 0xff;

/** The text whose UTF-8 bytes, read as Latin-1, are this one. */
function reencoded(text: string): string | undefined {
  const bytes = Uint8Array.from(text, character => character.charCodeAt(0));
  const plain = [...text].every(character => character.codePointAt(0)! <= LAST_LATIN_1);
  if (!plain || !bytes.some(byte => byte >= 0x80)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
