import type { Baseline, FeatureBaseline } from '../baseline/baseline.js';
import { distances } from '../distance/distances.js';
import { SketchError, shown } from '../errors.js';
import { testsOf } from '../verdict/budget.js';
import { judgeFeature } from '../verdict/judge.js';
import { worstVerdict } from '../verdict/levels.js';
import { prepareFeature } from '../verdict/prepare.js';
import { PSI_CRITICAL, PSI_WARNING, type PsiThresholds } from '../verdict/shape.js';
import { assumptionOf } from './assumption.js';
import { COMPARISON_SCHEMA, type ComparedFeature, type Comparison } from './comparison.js';
import type { CountedFeature, CountedRows } from './counted-rows.js';

/** One comparison in a thousand, of data that has not changed: a job that compares every night errs once in three years. */
export const DEFAULT_FALSE_ALARM_RATE = 0.001;

export interface CompareOptions {
  /** The chance that a comparison of unchanged data has any significant test, over all of them together: above 0, at most 1. Default 0.001. */
  readonly falseAlarmRate?: number;
  /** Default 0.1 and 0.25. */
  readonly psi?: PsiThresholds;
  /** `measured`, the default: as the baseline's rows hung together, where they came in time order. `independent`: by your word. */
  readonly dependence?: 'measured' | 'independent';
  /** Of the current rows, for a person: a file, a query. */
  readonly source?: string;
}

/**
 * Judges rows that were counted into a baseline's cells, once: one look and no windows, so that each of the `tests` has the level
 * `falseAlarmRate / tests`. Verdicts are those of a monitor's window: significant first, then a 99.9 % lower bound of the index at
 * its threshold. What is taken for granted of how values hang together, and whether the rate then holds, stands in `drift.dependence`.
 * Cost: 0.1 ms a feature.
 *
 * @throws SketchError `ERR_COUNTS` for counts that are not of this baseline, and for a rate or threshold that is none.
 */
export function compare(baseline: Baseline, current: CountedRows, options: CompareOptions = {}): Comparison {
  const { falseAlarmRate = DEFAULT_FALSE_ALARM_RATE, dependence = 'measured', source } = options;
  const psi = options.psi ?? { warning: PSI_WARNING, critical: PSI_CRITICAL };
  checkOptions(falseAlarmRate, psi);
  const judged = rolesOf(baseline);
  const counted = new Map(current.features.map(feature => [feature.name, feature]));
  const tests = judged.reduce((sum, { feature }) => sum + testsOf(feature), 0);
  const logAlpha = Math.log(falseAlarmRate) - Math.log(tests);
  const assumption = assumptionOf(baseline, current, dependence);
  const features = judged.map(({ feature, role }): ComparedFeature => {
    const found = counted.get(feature.name);
    if (found === undefined) throw notCounted(feature.name);
    const { atLeast, ...own }: CountedFeature = found;
    const prepared = prepareFeature(feature);
    const assumed = assumption.of(prepared);
    const judgement = judgeFeature(own.counts, prepared, { logAlpha, psi, dependence: assumed });
    return {
      ...own,
      kind: feature.kind,
      role,
      verdict: judgement.verdict,
      judgement,
      distances: distances(own.counts, feature),
      guaranteed: assumption.guaranteed,
      atLeast: atLeast === true,
      baseline: feature,
    };
  });
  const { firstMs, lastMs } = current;
  return {
    schema: COMPARISON_SCHEMA,
    model: baseline.model,
    verdict: worstVerdict(features.map(({ verdict }) => verdict)),
    baseline: { rows: baseline.rows, ...baseline.provenance },
    current: {
      rows: current.rows,
      ...(source === undefined ? {} : { source }),
      ...(firstMs === undefined || lastMs === undefined ? {} : { firstMs, lastMs }),
    },
    drift: {
      falseAlarmRate,
      tests,
      logAlpha,
      psi: { warning: psi.warning, critical: psi.critical },
      dependence: { assumes: assumption.assumes, guaranteed: assumption.guaranteed, words: assumption.words },
    },
    features,
  };
}

interface Judged {
  readonly feature: FeatureBaseline;
  readonly role: ComparedFeature['role'];
}

/** All that a baseline has counts of, in its order. */
function rolesOf({ features, joint = [], outputs }: Baseline): readonly Judged[] {
  return [
    ...features.map(feature => ({ feature, role: 'feature' as const })),
    ...joint.map(feature => ({ feature, role: 'joint' as const })),
    ...outputs.map(feature => ({ feature, role: 'output' as const })),
  ];
}

function notCounted(name: string): SketchError {
  return new SketchError('ERR_COUNTS', `current feature ${shown(name)}`, 'no such feature', 'its counts');
}

/** A rate that is none would make every verdict `insufficient`, and no one would know why. */
function checkOptions(rate: number, { warning, critical }: PsiThresholds): void {
  if (!(rate > 0 && rate <= 1)) {
    throw new SketchError('ERR_COUNTS', 'falseAlarmRate', shown(rate), 'a number above 0, at most 1');
  }
  if (!(warning > 0 && critical >= warning && critical < Number.POSITIVE_INFINITY)) {
    const met = `${shown(warning)} and ${shown(critical)}`;
    throw new SketchError('ERR_COUNTS', 'psi', met, 'a warning above 0, and a critical that is not below it');
  }
}
