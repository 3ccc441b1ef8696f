import type { Baseline } from '../baseline/baseline.js';
import {
  type Dependence,
  type DependenceLadder,
  dependenceOfWindow,
  INDEPENDENT,
  type WindowSize,
} from '../dependence/dependence.js';
import { ENOUGH_BLOCKS } from '../dependence/ladder.js';
import type { PreparedFeature } from '../verdict/prepare.js';
import type { ComparisonDependence } from './comparison.js';
import type { CountedRows } from './counted-rows.js';

/** How far the current values hang together, as far as that is known. */
export interface ComparisonAssumption extends ComparisonDependence {
  of(feature: PreparedFeature): Dependence;
}

/**
 * The current rows are one window of the baseline's dependence. It is as long as its rows say, from the first to the last and one mean gap
 * more; without times as long as so many rows of the baseline took. Rows that are all of one instant say nothing of how long they took.
 */
export function assumptionOf(
  baseline: Baseline,
  current: CountedRows,
  mode: 'measured' | 'independent',
): ComparisonAssumption {
  const ladder = baseline.dependence;
  if (mode === 'independent' || ladder === undefined) {
    const words = mode === 'independent' ? TAKEN_AS_INDEPENDENT : NOT_IN_ORDER;
    return { assumes: 'independent', guaranteed: false, words, of: () => INDEPENDENT };
  }
  const spanMs = current.spanMs ?? (current.lastMs ?? 0) - (current.firstMs ?? 0);
  const timed = spanMs > 0;
  const lengthMs = timed ? (spanMs * current.rows) / (current.rows - 1) : current.rows * msARow(baseline.rows, ladder);
  const window: WindowSize = { rows: current.rows, lengthMs };
  const dependenceOf = (feature: PreparedFeature) => {
    const df = Math.max(1, feature.plan.base.length - 1);
    return dependenceOfWindow(ladder, feature.feature.dependence, { rows: baseline.rows, df }, window);
  };
  const { guaranteed } = dependenceOfWindow(ladder, undefined, { rows: baseline.rows, df: 1 }, window);
  const words = guaranteed ? ENOUGH_STRETCHES : TOO_FEW_STRETCHES;
  const paced = ladder.blockMs !== undefined && !timed ? ` ${AT_THE_BASELINES_PACE}` : '';
  return { assumes: 'baseline', guaranteed, words: words + paced, of: dependenceOf };
}

/** The slower of all rows and of those of the longest blocks: a merged baseline has the rows of many files and the span of one. */
function msARow(rows: number, { blockRows, blockMs = [], spanMs = 0 }: DependenceLadder): number {
  return Math.max(spanMs / rows, (blockMs.at(-1) ?? 0) / blockRows.at(-1)!);
}

const TAKEN_AS_INDEPENDENT =
  'Values are taken as independent of each other, as was asked for: the rate of false alarms holds only where they are.';
const NOT_IN_ORDER =
  'Values are taken as independent of each other, as the baseline was not learned in time order and so can not tell. ' +
  'Where neighbouring rows are alike, as those of one day or one customer often are, the rate of false alarms is higher than stated.';
const ENOUGH_STRETCHES = `How far values hang together was measured on the baseline, over at least ${ENOUGH_BLOCKS} stretches as long as the current data.`;
const TOO_FEW_STRETCHES =
  `The rate of false alarms is not guaranteed: the baseline holds fewer than ${ENOUGH_BLOCKS} stretches as long as the current data, ` +
  'so how much one of them may differ from the next had to be taken from shorter ones.';
const AT_THE_BASELINES_PACE =
  "As the current rows have no times, they are taken to have come as fast as the baseline's.";
