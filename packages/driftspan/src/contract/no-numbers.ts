/** How texts that stand where numbers were trained on look. */
export type NoNumber = 'quoted' | 'comma' | 'grouped' | 'unit' | 'placeholder' | 'text' | 'other';

/** In the order in which a sentence would name them. */
export const NO_NUMBER_WORDS: Readonly<Record<NoNumber, string>> = {
  quoted: 'numbers sent as text, in quotes',
  comma: 'numbers with a decimal comma',
  grouped: 'numbers with commas between thousands',
  unit: 'numbers with a unit beside them',
  placeholder: 'words for a missing value, such as N/A, null or a dash',
  text: 'text',
  other: 'neither numbers nor text',
};

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const QUOTED = new RegExp(`^\\s*${NUMBER}\\s*$`, 'i');
const GROUPED = /^\s*[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$/;
const COMMA = /^\s*[+-]?\d+,\d+\s*$/;
const UNIT = new RegExp(`^\\s*(?:[$€£¥]\\s*${NUMBER}|${NUMBER}\\s*(?:%|[$€£¥°µ]?[a-zµ²³/]{0,6}))\\s*$`, 'i');
const PLACEHOLDER = /^\s*(?:|-+|\?+|\.|n\/?a|#n\/a|nan|nil|none|null|missing|unknown|undefined|na\(\))\s*$/i;

/** What a value is that counts as no number; undefined for what is missing, or is a number. Longer texts than a number has are text. */
export function noNumber(value: unknown): NoNumber | undefined {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isNaN(value - value))) {
    return undefined;
  }
  if (typeof value !== 'string') return 'other';
  if (value.length > 64) return 'text';
  if (PLACEHOLDER.test(value)) return 'placeholder';
  if (QUOTED.test(value)) return 'quoted';
  if (GROUPED.test(value)) return 'grouped';
  if (COMMA.test(value)) return 'comma';
  return UNIT.test(value) ? 'unit' : 'text';
}

/** How often each was seen. */
export type NoNumbers = ReadonlyMap<NoNumber, number>;

/** `numbers sent as text, in quotes`, the most frequent first, two at most. */
export function noNumberWords(seen: NoNumbers): string {
  const ranked = [...seen].sort(([, a], [, b]) => b - a);
  const words = ranked.slice(0, 2).map(([kind]) => NO_NUMBER_WORDS[kind]);
  return ranked.length > 2 ? `${words.join(', ')} and others` : words.join(' and ');
}
