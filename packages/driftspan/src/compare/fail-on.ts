import { type Baseline, type Comparison, VERDICT_LEVEL } from '@driftspan/sketch';
import { CliError } from '../errors.js';
import type { FailOn } from '../request/judging-options.js';
import { plural } from '../terminal/words.js';
import { rowsNeeded } from './rows-needed.js';

/** Whether the exit status says drift: by the verdict, or as nobody knows of a feature where that was asked for. */
export function fails({ verdict, features }: Comparison, failOn: FailOn, failOnUnjudged = false): boolean {
  if (failOnUnjudged && features.some(feature => feature.verdict === 'insufficient')) return true;
  return failOn !== 'never' && VERDICT_LEVEL[verdict] >= VERDICT_LEVEL[failOn];
}

/**
 * A job that compares too little must not look as if all were well.
 *
 * @throws CliError `ERR_NOTHING_JUDGED`, with how many rows it would take.
 */
export function checkJudged(comparison: Comparison, baseline: Baseline): void {
  if (comparison.verdict !== 'insufficient') return;
  const { falseAlarmRate, psi, dependence } = comparison.drift;
  const assumed = dependence.assumes === 'independent' ? 'independent' : 'measured';
  const needed = rowsNeeded(baseline, { falseAlarmRate, psi, dependence: assumed });
  const fewer =
    baseline.dependence === undefined || assumed === 'independent'
      ? ''
      : '; with --independent fewer will do, if the rows are a random sample';
  throw new CliError(
    'ERR_NOTHING_JUDGED',
    comparison.current.source ?? 'the current data',
    plural(comparison.current.rows, 'row'),
    needed === undefined ? 'a baseline of more rows, or of a longer time' : `about ${plural(needed, 'row')} or more`,
    { hint: `too few to judge any feature: nothing is said of drift${fewer}` },
  );
}
