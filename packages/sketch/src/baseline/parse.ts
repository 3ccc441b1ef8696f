import { SketchError } from '../errors.js';
import type { Baseline } from './baseline.js';
import { checkedBaseline } from './check.js';
import { refuse } from './fields.js';
import { MAX_BASELINE_BYTES } from './limits.js';

/**
 * A baseline from the text of its file, or from what `JSON.parse` made of it, deep-frozen. Meant for files nobody trusts:
 * sizes are checked before contents, every field for type and range, counts against rows, ids against bounds and counts.
 *
 * @throws SketchError `ERR_BASELINE_JSON` for text that isn't JSON (with its `cause`), `ERR_BASELINE_SCHEMA` for another format or
 * version, `ERR_BASELINE_TOO_LARGE` over 16 MB, 1,000 features, 128 bins or 1,024 categories, `ERR_BASELINE_TOO_SMALL` under
 * 1,000 rows, `ERR_BASELINE_ID` where bounds or counts were edited, `ERR_BASELINE_PROVENANCE`, and `ERR_BASELINE_CORRUPT` for
 * everything else; `where` is the path of the first fault.
 */
export function parseBaseline(json: unknown): Baseline {
  return checkedBaseline(typeof json === 'string' ? parsed(json) : json);
}

/**
 * The text of a baseline's file: one line a feature, so that a diff shows which one changed; the same baseline, the same bytes.
 * `parseBaseline` of it equals the baseline.
 *
 * @throws SketchError what `parseBaseline` would: a file that can't be read is never written.
 */
export function stringifyBaseline(baseline: Baseline): string {
  const { features, outputs, joint, ...head } = checkedBaseline(baseline);
  const lines = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const lists = Object.entries({ features, outputs, ...(joint === undefined ? {} : { joint }) });
  const tail = lists.map(([key, items]) => `  ${JSON.stringify(key)}: ${listText(items)}`).join(',\n');
  const text = `{\n${lines.join('')}${tail}\n}\n`;
  checkSize(text);
  return text;
}

function listText(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map(item => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
}

function parsed(text: string): unknown {
  checkSize(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SketchError(
      'ERR_BASELINE_JSON',
      'baseline',
      `${text.length} characters that are not JSON`,
      'a JSON document',
      cause,
    );
  }
}

function checkSize(text: string): void {
  const size = text.length > MAX_BASELINE_BYTES ? text.length : utf8Bytes(text);
  if (size > MAX_BASELINE_BYTES) {
    refuse('baseline', `${size} bytes or more`, `at most ${MAX_BASELINE_BYTES}`, 'ERR_BASELINE_TOO_LARGE');
  }
}

/** Counted rather than encoded: no copy of 16 MB. Half a surrogate pair counts 3 bytes, as its replacement does. */
function utf8Bytes(text: string): number {
  if (text.length * 3 <= MAX_BASELINE_BYTES) return text.length;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
