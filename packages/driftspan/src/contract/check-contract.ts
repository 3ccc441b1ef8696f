import { type Baseline, dependenceOfWindow, type FeatureBaseline } from '@driftspan/sketch';
import { categoryFindings } from './category-checks.js';
import { CONTRACT_SCHEMA, type ContractResult, type Finding } from './finding.js';
import type { NoNumbers } from './no-numbers.js';
import { numberFindings } from './numeric-checks.js';
import { absentFindings, missingFindings, typeFindings, unreadFindings } from './presence-checks.js';
import type { SampledFeature } from './sampled-feature.js';

/** The chance that a sample of training's own kind breaks the contract by its missing rates, ranges and rare categories, over all of them. */
const FALSE_BREAKS = 0.001;
/** Tests by chance that one feature may have: missing, invalid, and its range or its unknown categories. */
const TESTS_A_FEATURE = 3;

export interface SampleFacts {
  readonly rows: number;
  /** For a person: base names alone. */
  readonly source: string;
  /** In the baseline's order, the absent ones too. */
  readonly features: readonly SampledFeature[];
  /** Columns the model reads that the file lacks, and those the file has that nobody reads. */
  readonly absent: readonly string[];
  readonly extra: readonly string[];
  /** What stands where numbers are expected, by column; of those alone that hold such. */
  readonly noNumbers: ReadonlyMap<string, NoNumbers>;
}

export interface ContractOptions {
  /** Whether a column may be missing more often than in training, or altogether. */
  readonly mayBeMissing: (column: string) => boolean;
  /** Whether its numbers may lie outside training's range. */
  readonly mayLieOutside: (column: string) => boolean;
  readonly showValues: boolean;
}

/**
 * Whether a sample is what the model was trained on, in form: names, types, ranges, categories, spelling, missing values. Not whether it
 * is distributed as training was: a sample may be chosen, and one row will do.
 */
export function checkContract(baseline: Baseline, sample: SampleFacts, options: ContractOptions): ContractResult {
  const logAlpha = Math.log(FALSE_BREAKS / Math.max(1, baseline.features.length * TESTS_A_FEATURE));
  const absent = new Set(sample.absent);
  const findings = baseline.features.flatMap((feature, i): Finding[] => {
    const sampled = sample.features[i]!;
    const { column, name } = sampled;
    if (absent.has(column)) return [];
    const lambda = missingLambda(baseline, feature, sample.rows);
    // What is measured as several features is missing, or of a wrong type, in all of them.
    const isFirst = sample.features.findIndex(other => other.column === column) === i;
    const presence = isFirst
      ? [
          ...typeFindings(feature, sampled, sample.noNumbers.get(column), logAlpha),
          ...missingFindings(feature, sampled, { logAlpha, lambda, allowed: options.mayBeMissing(column) }),
        ]
      : [];
    return [
      ...presence,
      ...(feature.kind === 'categorical'
        ? categoryFindings(feature, sampled, { logAlpha, showValues: options.showValues })
        : numberFindings(feature, sampled, logAlpha, options.mayLieOutside(column) || options.mayLieOutside(name))),
    ];
  });
  const all = [
    ...absentFindings(sample.absent, sample.extra, options.mayBeMissing),
    ...findings,
    ...unreadFindings(sample.extra),
  ];
  const broken = all.filter(({ level }) => level === 'broken');
  const { provenance, rows, model } = baseline;
  return {
    schema: CONTRACT_SCHEMA,
    kept: broken.length === 0,
    model,
    baseline: { rows, ...(provenance?.source === undefined ? undefined : { source: provenance.source }) },
    sample: { rows: sample.rows, source: sample.source },
    features: baseline.features.length,
    findings: [...broken, ...all.filter(({ level }) => level === 'note')],
  };
}

/** Rows in a row are missing together (an hour without weather): of a sample as dense as training was, so many count as one. */
function missingLambda(baseline: Baseline, feature: FeatureBaseline, rows: number): number {
  const { dependence } = baseline;
  if (dependence === undefined) return 1;
  const lengthMs = dependence.spanMs === undefined ? 0 : (rows * dependence.spanMs) / baseline.rows;
  const fitted = { rows: baseline.rows, df: 1 };
  return dependenceOfWindow(dependence, feature.dependence, fitted, { rows, lengthMs }).missing;
}
