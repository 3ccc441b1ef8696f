import { findBin } from '../bins/find-bin.js';
import { shown } from '../errors.js';
import { MAX_CATEGORY_LIMIT } from '../feature/categorical.js';
import { isName, NAME_RULE } from '../model.js';
import { isCategoryHash } from '../sensitive/category.js';
import { isWellFormed } from '../well-formed.js';
import type { CategoricalBaseline, FeatureBaseline, NumericBaseline } from './baseline.js';
import { checkedDependence } from './check-dependence.js';
import { checkedLabels } from './check-labels.js';
import { allDifferent, countAt, type Fields, fieldsOf, listOf, numberAt, refuse, textAt } from './fields.js';
import { categoricalId, numericId } from './id.js';
import { MAX_CATEGORY_LENGTH, MAX_FEATURE_BINS, MIN_CATEGORY_ROWS, MIN_SENSITIVE_BIN } from './limits.js';

export const NUMERIC_FIELDS: readonly string[] = [
  'kind',
  'name',
  'id',
  'sensitive',
  'cuts',
  'labels',
  'counts',
  'missing',
  'invalid',
  'min',
  'max',
  'mean',
  'sd',
  'dependence',
];
const CATEGORICAL_FIELDS = [
  'kind',
  'name',
  'id',
  'sensitive',
  'categories',
  'counts',
  'other',
  'missing',
  'invalid',
  'dependence',
];
const MOMENTS = ['min', 'max', 'mean', 'sd'] as const;
const ALL_FIELDS = [...new Set([...NUMERIC_FIELDS, ...CATEGORICAL_FIELDS])];

/**
 * A feature of an untrusted baseline of `rows` rows, whose dependence was measured at `steps` block lengths (0: not at all),
 * copied and frozen, or an error that says what is wrong and where.
 */
export function checkedFeature(where: string, value: unknown, rows: number, steps: number): FeatureBaseline {
  const { kind } = fieldsOf(where, value, ALL_FIELDS);
  if (kind === 'numeric') return numericFeature(where, fieldsOf(where, value, NUMERIC_FIELDS), rows, steps);
  if (kind === 'categorical') return categoricalFeature(where, fieldsOf(where, value, CATEGORICAL_FIELDS), rows, steps);
  return refuse(`${where}.kind`, shown(kind), '"numeric" or "categorical"');
}

function numericFeature(where: string, fields: Fields, rows: number, steps: number): NumericBaseline {
  const name = textAt(`${where}.name`, fields['name'], NAME_RULE, isName);
  const cuts = listOf(`${where}.cuts`, fields['cuts'], MAX_FEATURE_BINS - 1, numberAt);
  for (let i = 1; i < cuts.length; i++) {
    if (!(cuts[i]! > cuts[i - 1]!)) refuse(`${where}.cuts[${i}]`, shown(cuts[i]), `more than ${cuts[i - 1]}`);
  }
  const counts = listOf(`${where}.counts`, fields['counts'], MAX_FEATURE_BINS, countAt);
  if (counts.length !== cuts.length + 1) {
    refuse(`${where}.counts`, `${counts.length} counts`, `${cuts.length + 1}, one more than cuts`);
  }
  const labels = checkedLabels(`${where}.labels`, fields['labels'], cuts);
  const missing = countAt(`${where}.missing`, fields['missing']);
  const invalid = countAt(`${where}.invalid`, fields['invalid']);
  checkSum(where, [...counts, missing, invalid], rows);
  const id = checkedId(where, fields['id'], numericId(cuts, counts, missing, invalid));
  const bins = {
    cuts: Object.freeze(cuts),
    labels: Object.freeze(labels),
    counts: Object.freeze(counts),
    missing,
    invalid,
  };
  const dependence = dependenceOf(where, fields, steps, false);
  if (isSensitive(where, fields)) {
    checkNothingTold(where, fields, counts);
    return Object.freeze({ kind: 'numeric', name, id, sensitive: true, ...bins, ...dependence });
  }
  const moments = checkedMoments(where, fields, cuts, counts);
  return Object.freeze({ kind: 'numeric', name, id, ...bins, ...moments, ...dependence });
}

function isSensitive(where: string, { sensitive }: Fields): boolean {
  if (sensitive === undefined || sensitive === true) return sensitive === true;
  return refuse(`${where}.sensitive`, shown(sensitive), 'true, or no such field');
}

/** That a file made elsewhere tells no more of a sensitive feature than one that was learned here. */
function checkNothingTold(where: string, fields: Fields, counts: readonly number[]): void {
  const told = MOMENTS.find(field => fields[field] !== undefined);
  if (told !== undefined) refuse(`${where}.${told}`, 'a value', 'none: the feature is sensitive');
  if (counts.length === 1) return;
  const values = counts.reduce((sum, count) => sum + count, 0);
  for (const [i, count] of counts.entries()) {
    const isOuter = i === 0 || i === counts.length - 1;
    if (count < MIN_SENSITIVE_BIN || (isOuter && count * 100 < values)) {
      const rule = `at least ${MIN_SENSITIVE_BIN} values${isOuter ? ' and 1 % of them' : ''}: the feature is sensitive`;
      refuse(`${where}.counts[${i}]`, shown(count), rule);
    }
  }
}

/** They are in no id, so they must at least agree with each other and with the counts. */
function checkedMoments(where: string, fields: Fields, cuts: readonly number[], counts: readonly number[]) {
  const min = numberAt(`${where}.min`, fields['min']);
  const max = numberAt(`${where}.max`, fields['max']);
  const mean = numberAt(`${where}.mean`, fields['mean']);
  const sd = numberAt(`${where}.sd`, fields['sd']);
  const firstFilled = counts.findIndex(count => count > 0);
  if (firstFilled === -1) {
    const at = MOMENTS.find(field => Number(fields[field]) !== 0);
    if (at !== undefined) refuse(`${where}.${at}`, shown(fields[at]), '0, as no value was counted');
    return { min, max, mean, sd };
  }
  if (max < min) refuse(`${where}.max`, shown(max), `at least min, ${min}`);
  if (mean < min || mean > max) refuse(`${where}.mean`, shown(mean), `from min, ${min}, to max, ${max}`);
  // The sample sd of values within [min, max] is at most (max - min) / sqrt(2), reached by two values.
  if (sd < 0 || sd > max - min) refuse(`${where}.sd`, shown(sd), 'from 0 to max - min');
  if (findBin(cuts, min) !== firstFilled)
    refuse(`${where}.min`, shown(min), `a value of bin ${firstFilled}, the first with a count`);
  const lastFilled = lastFilledBin(counts);
  if (findBin(cuts, max) !== lastFilled)
    refuse(`${where}.max`, shown(max), `a value of bin ${lastFilled}, the last with a count`);
  return { min, max, mean, sd };
}

function lastFilledBin(counts: readonly number[]): number {
  let last = counts.length - 1;
  while (counts[last] === 0) last--;
  return last;
}

function categoricalFeature(where: string, fields: Fields, rows: number, steps: number): CategoricalBaseline {
  const name = textAt(`${where}.name`, fields['name'], NAME_RULE, isName);
  const sensitive = isSensitive(where, fields);
  const categories = listOf(`${where}.categories`, fields['categories'], MAX_CATEGORY_LIMIT, (at, text) =>
    sensitive ? hashAt(at, text) : textAt(at, text, CATEGORY_RULE, isCategory),
  );
  allDifferent(`${where}.categories`, categories);
  const counts = listOf(`${where}.counts`, fields['counts'], MAX_CATEGORY_LIMIT, countAt);
  if (counts.length !== categories.length) {
    refuse(`${where}.counts`, `${counts.length} counts`, `${categories.length}, as many as categories`);
  }
  const rare = counts.findIndex(count => count < MIN_CATEGORY_ROWS);
  if (rare !== -1)
    refuse(`${where}.counts[${rare}]`, shown(counts[rare]), `at least ${MIN_CATEGORY_ROWS} rows a category`);
  const other = countAt(`${where}.other`, fields['other']);
  const missing = countAt(`${where}.missing`, fields['missing']);
  const invalid = countAt(`${where}.invalid`, fields['invalid']);
  checkSum(where, [...counts, other, missing, invalid], rows);
  const id = checkedId(where, fields['id'], categoricalId(categories, counts, other, missing, invalid));
  return Object.freeze({
    kind: 'categorical',
    name,
    id,
    ...(sensitive ? { sensitive } : {}),
    categories: Object.freeze(categories),
    counts: Object.freeze(counts),
    other,
    missing,
    invalid,
    ...dependenceOf(where, fields, steps, true),
  });
}

function dependenceOf(where: string, fields: Fields, steps: number, hasOther: boolean) {
  const value = fields['dependence'];
  return value === undefined ? {} : { dependence: checkedDependence(`${where}.dependence`, value, steps, hasOther) };
}

/** Without a word of what stands there instead: it may be the category itself. */
function hashAt(where: string, text: unknown): string {
  if (typeof text === 'string' && isCategoryHash(text)) return text;
  return refuse(where, 'something else', '32 hex digits: the feature is sensitive');
}

const CATEGORY_RULE = `a string of at most ${MAX_CATEGORY_LENGTH} characters`;

function isCategory(text: string): boolean {
  return text.length <= MAX_CATEGORY_LENGTH && isWellFormed(text);
}

function checkSum(where: string, cells: readonly number[], rows: number): void {
  // At most 1,027 safe integers: a rounded sum is far above `rows` and differs all the same.
  const sum = cells.reduce((total, count) => total + count, 0);
  if (sum !== rows) refuse(where, `counts that add up to ${sum}`, `${rows}, the rows of the baseline`);
}

function checkedId(where: string, value: unknown, computed: string): string {
  if (value !== computed)
    refuse(`${where}.id`, shown(value), `${shown(computed)}, the id of these bounds and counts`, 'ERR_BASELINE_ID');
  return computed;
}
