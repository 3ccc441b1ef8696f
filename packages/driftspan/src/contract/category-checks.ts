import type { CategoricalBaseline } from '@driftspan/sketch';
import { count, share } from '../terminal/words.js';
import type { Finding, FindingLevel } from './finding.js';
import { ofValues } from './numeric-checks.js';
import { rose } from './rose.js';
import type { SampledFeature, UnknownCategories } from './sampled-feature.js';
import { type Respelled, type Spelling, spellingFinder } from './spelling.js';

/** A text that was seen less often may be one person's; as many rows as a baseline asks of a category. */
const FEWEST_ROWS_TO_NAME = 10;
/** Named in a sentence. */
const MOST_NAMED = 5;
/** What stands for a character that could not be read. */
const REPLACEMENT = '\ufffd';

interface CategoryOptions {
  readonly logAlpha: number;
  /** Names unknown categories however rare they are. */
  readonly showValues: boolean;
}

/** Whether the categories are training's: known, and spelled as they were. Hashed ones can only be counted. */
export function categoryFindings(
  feature: CategoricalBaseline,
  sampled: SampledFeature,
  options: CategoryOptions,
): Finding[] {
  const { unknown, column } = sampled;
  if (unknown === undefined) return hashedFindings(feature, sampled, options);
  const { respelled, unreadable, rest } = sorted(unknown, feature.categories);
  const findings: Finding[] = [];
  const respelledRows = sum(respelled.map(({ rows }) => rows));
  if (respelled.length > 0) {
    const encoding = respelled.every(({ spelling }) => spelling === 'encoding');
    findings.push({
      level: 'broken',
      check: encoding ? 'encoding' : 'spelling',
      column,
      sentence: `${ofValues(respelledRows, sampled.values)} ${spelledWords(respelled)}; the model takes each for a category it never saw.`,
      training: `written ${JSON.stringify(respelled[0]!.known)}`,
      rows: respelledRows,
    });
  }
  const unreadableRows = sum(unreadable.map(([, rows]) => rows));
  if (unreadableRows > 0) {
    findings.push({
      level: 'broken',
      check: 'encoding',
      column,
      sentence: `${ofValues(unreadableRows, sampled.values)} ${hold(unreadableRows)} characters that could not be read (${JSON.stringify(REPLACEMENT)}): written in another encoding.`,
      rows: unreadableRows,
    });
  }
  const rows = sum(rest.map(([, n]) => n)) + unknown.unnamed;
  if (isNews(feature, sampled, rows, options.logAlpha)) {
    findings.push(unknownFinding(feature, sampled, rows, rest, options));
  }
  return findings;
}

function unknownFinding(
  feature: CategoricalBaseline,
  sampled: SampledFeature,
  rows: number,
  texts: readonly (readonly [string, number])[],
  { logAlpha, showValues }: CategoryOptions,
): Finding {
  const named = texts
    .filter(([, n]) => showValues || n >= FEWEST_ROWS_TO_NAME)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_NAMED);
  const names = named.map(([text, n]) => `${JSON.stringify(text)} (${count(n)})`).join(', ');
  const others = texts.length - named.length;
  const unnamed = named.length === 0 ? '' : others > 0 ? ` and ${count(others)} more` : '';
  return {
    level: unknownLevel(feature, sampled, rows, logAlpha),
    check: 'unknown',
    column: sampled.column,
    sentence: `${ofValues(rows, sampled.values)} ${rows === 1 ? 'is a category' : 'are categories'} that the baseline does not name${names === '' ? '' : `: ${names}${unnamed}`}.`,
    training: trainedCategories(feature),
    rows,
  };
}

function hashedFindings(feature: CategoricalBaseline, sampled: SampledFeature, options: CategoryOptions): Finding[] {
  const rows = sampled.counts[feature.counts.length]!;
  if (!isNews(feature, sampled, rows, options.logAlpha)) return [];
  const sentence = `${ofValues(rows, sampled.values)} ${rows === 1 ? 'is a category' : 'are categories'} that the baseline does not have.`;
  const level = unknownLevel(feature, sampled, rows, options.logAlpha);
  const { column } = sampled;
  return [{ level, check: 'unknown', column, sentence, training: trainedCategories(feature), rows }];
}

/** Training's own rare categories are not in the baseline: as many rows of them are no news. */
function isNews(feature: CategoricalBaseline, sampled: SampledFeature, rows: number, logAlpha: number): boolean {
  if (rows === 0) return false;
  return feature.other === 0 || unknownLevel(feature, sampled, rows, logAlpha) === 'broken';
}

function unknownLevel(
  feature: CategoricalBaseline,
  sampled: SampledFeature,
  rows: number,
  logAlpha: number,
): FindingLevel {
  const baselineSamples = sum(feature.counts) + feature.other;
  const rates = { count: rows, samples: sampled.values, baselineCount: feature.other, baselineSamples };
  return rose(rates, logAlpha) ? 'broken' : 'note';
}

function trainedCategories(feature: CategoricalBaseline): string {
  const all = sum(feature.counts) + feature.other;
  const rare = feature.other === 0 ? '' : `, and ${share(feature.other / all)} of the values in rarer ones`;
  return `${count(feature.categories.length)} ${feature.categories.length === 1 ? 'category' : 'categories'}${rare}`;
}

interface RespelledRows extends Respelled {
  readonly text: string;
  readonly rows: number;
}

interface SortedTexts {
  readonly respelled: readonly RespelledRows[];
  readonly unreadable: readonly (readonly [string, number])[];
  readonly rest: readonly (readonly [string, number])[];
}

function sorted(unknown: UnknownCategories, categories: readonly string[]): SortedTexts {
  const find = spellingFinder(categories);
  const respelled: RespelledRows[] = [];
  const unreadable: (readonly [string, number])[] = [];
  const rest: (readonly [string, number])[] = [];
  for (const [text, rows] of unknown.counts) {
    const found = find(text);
    if (found !== undefined) respelled.push({ ...found, text, rows });
    else (text.includes(REPLACEMENT) ? unreadable : rest).push([text, rows]);
  }
  respelled.sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  return { respelled, unreadable, rest };
}

const SPELLING_WORDS: Readonly<Record<Spelling, string>> = {
  case: 'in another case',
  spaces: 'with other spaces',
  'case and spaces': 'in another case, with other spaces',
  'leading zeros': 'with other leading zeros',
  'number format': 'as numbers written otherwise',
  encoding: 'as UTF-8 read as Latin-1',
};

/** `are known categories in another case: "ua" for "UA", "b6" for "B6"`. */
function spelledWords(respelled: readonly RespelledRows[]): string {
  const ways = [...new Set(respelled.map(({ spelling }) => SPELLING_WORDS[spelling]))];
  const examples = respelled
    .slice(0, MOST_NAMED)
    .map(({ text, known }) => `${JSON.stringify(text)} for ${JSON.stringify(known)}`);
  const more = respelled.length > examples.length ? ` and ${count(respelled.length - examples.length)} more` : '';
  const one = respelled.length === 1 && respelled[0]!.rows === 1;
  return `${one ? 'is a known category' : 'are known categories'} ${ways.join(' or ')}: ${examples.join(', ')}${more}`;
}

function hold(rows: number): string {
  return rows === 1 ? 'holds' : 'hold';
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, n) => total + n, 0);
}
