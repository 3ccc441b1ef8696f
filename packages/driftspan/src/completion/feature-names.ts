import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../terminal/words.js';

/** The most a baseline may have. */
const MOST_BYTES = 16_000_000;

/**
 * Names of the features of the baselines among `words`, as far as they can be read: a shell is waiting, and a file that is none has no
 * names. Names that a terminal could not show are left out. 10 ms a megabyte.
 */
export function featureNames(words: readonly string[], cwd: string): readonly string[] {
  const files = words.filter(word => word.endsWith('.json')).map(word => resolve(cwd, word));
  return [...new Set(files.flatMap(namesIn))].filter(name => printable(name) === name);
}

function namesIn(file: string): readonly string[] {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > MOST_BYTES) return [];
    const { features, joint, outputs } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return [features, joint, outputs].flatMap(list => (Array.isArray(list) ? list : [])).flatMap(nameOf);
  } catch {
    return [];
  }
}

function nameOf(feature: unknown): readonly string[] {
  const name = (feature as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' ? [name] : [];
}
