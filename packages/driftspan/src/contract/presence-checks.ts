import type { FeatureBaseline } from '@driftspan/sketch';
import { count, share } from '../terminal/words.js';
import type { Finding } from './finding.js';
import { type NoNumbers, noNumberWords } from './no-numbers.js';
import { ofValues } from './numeric-checks.js';
import { rose } from './rose.js';
import type { SampledFeature } from './sampled-feature.js';

/** Missing more often than in training. */
export function missingFindings(
  feature: FeatureBaseline,
  sampled: SampledFeature,
  options: { readonly logAlpha: number; readonly lambda: number; readonly allowed: boolean },
): Finding[] {
  const { missing, column } = sampled;
  const samples = sampled.values + missing + sampled.invalid;
  const baselineSamples = rowsOf(feature);
  const rates = { count: missing, samples, baselineCount: feature.missing, baselineSamples, lambda: options.lambda };
  if (!rose(rates, options.logAlpha)) return [];
  return [
    {
      level: options.allowed ? 'note' : 'broken',
      check: 'missing',
      column,
      sentence: `${ofValues(missing, samples)} ${missing === 1 ? 'is' : 'are'} missing.`,
      training: feature.missing === 0 ? 'none missing' : `${share(feature.missing / baselineSamples)} missing`,
      rows: missing,
    },
  ];
}

/** Values of another type. One is enough where training had none; else as many as chance does not explain. */
export function typeFindings(
  feature: FeatureBaseline,
  sampled: SampledFeature,
  noNumbers: NoNumbers | undefined,
  logAlpha: number,
): Finding[] {
  const { invalid, column } = sampled;
  if (invalid === 0) return [];
  const samples = sampled.values + sampled.missing + invalid;
  const rates = { count: invalid, samples, baselineCount: feature.invalid, baselineSamples: rowsOf(feature) };
  const broken = feature.invalid === 0 || rose(rates, logAlpha);
  return [
    {
      level: broken ? 'broken' : 'note',
      check: 'type',
      column,
      sentence: `${ofValues(invalid, samples)} ${invalid === 1 ? 'is' : 'are'} ${whatTheyAre(feature, sampled, noNumbers)}.`,
      training: feature.invalid === 0 ? 'no such value' : `${share(feature.invalid / rowsOf(feature))} of such values`,
      rows: invalid,
    },
  ];
}

function whatTheyAre(
  feature: FeatureBaseline,
  { name, column }: SampledFeature,
  noNumbers: NoNumbers | undefined,
): string {
  if (name !== column) return 'of another type than in training';
  if (feature.kind === 'categorical') return 'no category: nested, or not finite';
  return noNumbers === undefined || noNumbers.size === 0 ? 'no number' : `no number, but ${noNumberWords(noNumbers)}`;
}

function rowsOf(feature: FeatureBaseline): number {
  const other = feature.kind === 'categorical' ? feature.other : 0;
  return feature.counts.reduce((sum, n) => sum + n, other + feature.missing + feature.invalid);
}

/** Columns that the model reads and the sample does not have. */
export function absentFindings(
  absent: readonly string[],
  extra: readonly string[],
  isAllowed: (column: string) => boolean,
): Finding[] {
  return absent.map(column => {
    const alike = extra.find(name => folded(name) === folded(column));
    const called = alike === undefined ? '' : `; one is called ${JSON.stringify(alike)}`;
    return {
      level: isAllowed(column) ? 'note' : 'broken',
      check: 'absent',
      column,
      sentence: `The column is not in the sample${called}.`,
    };
  });
}

/** Columns that nobody reads, in one note: a row of a warehouse has dozens. */
export function unreadFindings(extra: readonly string[]): Finding[] {
  if (extra.length === 0) return [];
  const named = extra.slice(0, MOST_UNREAD);
  const more = extra.length - named.length;
  const one = extra.length === 1;
  return [
    {
      level: 'note',
      check: 'unread',
      column: one ? named[0]! : `${count(extra.length)} columns`,
      sentence: `${one ? 'The model does not read it.' : `The model does not read ${named.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}.`}`,
    },
  ];
}

const MOST_UNREAD = 8;

function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
