import { DAY_MS, ENOUGH_BLOCKS } from './ladder.js';

/** At which block lengths the dependence of a baseline was measured. Present in a baseline only if its rows came in time order. */
export interface DependenceLadder {
  /** Rows a block, rising; with times, mean rows of the blocks that have any. */
  readonly blockRows: readonly number[];
  /** Time a block, ms, rising; where the rows had times. Without it a window of n values is taken to last as long as n rows of the baseline. */
  readonly blockMs?: readonly number[];
  /** From the first row to the last; with `blockMs`. */
  readonly spanMs?: number;
}

/** λ and k of one feature at each length of the ladder: see `BlockFit`. A feature without it looked independent at all of them. */
export interface FeatureDependence {
  /** Of the shape's test: G / λ follows χ² with k degrees of freedom (or what the bins leave, where that is fewer). */
  readonly lambda: readonly number[];
  readonly k: readonly number[];
  /** Of the rate of missing and invalid values: λ of them count as one. */
  readonly missing: readonly number[];
  /** Of the rate of `_OTHER`; absent where that looked independent, and of numeric features, whose unseen values go by `lambda`. */
  readonly other?: readonly number[];
}

/** What one window takes for granted of its values. λ = 1 throughout: independence. */
export interface Dependence {
  readonly lambda: number;
  readonly k: number;
  readonly missing: number;
  readonly other: number;
}

export const INDEPENDENT: Dependence = Object.freeze({ lambda: 1, k: 1, missing: 1, other: 1 });

/** A window, as far as dependence goes. */
export interface WindowSize {
  /** Its values, missing and invalid ones among them. */
  readonly rows: number;
  /** The time it covers; needed where the ladder has times. */
  readonly lengthMs: number;
}

/** What a fit was made on. */
export interface FittedBaseline {
  readonly rows: number;
  /** Degrees of freedom: groups the fit told apart, less one. */
  readonly df: number;
}

/** Dependence of a window, and whether the baseline held 20 blocks as long. */
export interface WindowDependence extends Dependence {
  readonly guaranteed: boolean;
}

/** A window this near to a block's length, relatively, is of that length. */
const SAME_LENGTH = 0.02;
/** Rows a block are kept to 4 digits. */
const ROUNDING = 1e-3;

/**
 * The dependence of a window's values, from a baseline in time order: that of blocks as long, or the larger of the next shorter
 * and the next longer ones: with daily cycles either may be, and so may that of a part of a day, if the window is not of whole
 * days. Where the ladder has times and the window holds more values than
 * the baseline held rows in that time, λ - 1 (which counts how many values move together) grows in proportion; with fewer it
 * stays, as what hangs together may be neighbouring rows, whatever the time between them. Beyond the longest blocks it grows
 * with the window's length, which is the most that it can.
 *
 * `guaranteed` is false where fewer than 20 blocks with rows were as long. About 0.5 µs.
 */
export function dependenceOfWindow(
  ladder: DependenceLadder,
  feature: FeatureDependence | undefined,
  baseline: FittedBaseline,
  window: WindowSize,
): WindowDependence {
  const { blockRows, blockMs, spanMs } = ladder;
  const steps = blockMs ?? blockRows;
  const length = blockMs === undefined ? window.rows : window.lengthMs;
  const same = steps.findIndex(step => Math.abs(step - length) <= SAME_LENGTH * length);
  const longer = steps.findIndex(step => step > length);
  const longest = steps.length - 1;
  const shorter = longer === -1 ? longest : Math.max(0, longer - 1);
  // Time without rows is no evidence: five days of a month are five blocks of a day.
  const filled = (baseline.rows / blockRows[shorter]!) * steps[shorter]! * (1 + ROUNDING);
  const guaranteed = length * ENOUGH_BLOCKS <= Math.min(spanMs ?? baseline.rows, filled);
  if (feature === undefined || !(length > 0)) return { ...INDEPENDENT, k: baseline.df, guaranteed };
  const at = (step: number): Dependence => {
    const density = blockMs === undefined ? 1 : (window.rows * steps[step]!) / (length * blockRows[step]!);
    return scaledDependence(stepOf(feature, step), baseline.df, Math.max(1, density));
  };
  if (same !== -1) return { ...at(same), guaranteed };
  if (longer === 0) return { ...at(0), guaranteed };
  if (longer === -1) {
    return { ...scaledDependence(at(longest), baseline.df, length / steps[longest]!), guaranteed };
  }
  const between = larger(at(shorter), at(longer));
  const part = blockMs === undefined ? -1 : partOfDay(blockMs, length);
  if (part === -1) return { ...between, guaranteed };
  return { ...larger(between, scaledDependence(at(part), baseline.df, steps[part]! / length)), guaranteed };
}

/**
 * Of a window that is longer than a day and no whole number of days: the longest step within a day; else -1. Days and a part hang
 * together as the part does, diluted by the days: on the flights λ of the hour is 390 over half a day, 3.5 over a day, and 128 over a day and a half.
 */
function partOfDay(blockMs: readonly number[], lengthMs: number): number {
  const days = lengthMs / DAY_MS;
  if (days < 1 || Math.abs(days - Math.round(days)) <= SAME_LENGTH * days) return -1;
  const day = blockMs.findIndex(step => step >= DAY_MS);
  return (day === -1 ? blockMs.length : day) - 1;
}

function stepOf(feature: FeatureDependence, step: number): Dependence {
  return {
    lambda: feature.lambda[step]!,
    k: feature.k[step]!,
    missing: feature.missing[step]!,
    other: feature.other?.[step] ?? 1,
  };
}

function larger(a: Dependence, b: Dependence): Dependence {
  const lambda = Math.max(a.lambda, b.lambda);
  return {
    lambda,
    k: Math.max(a.k * a.lambda, b.k * b.lambda) / lambda,
    missing: Math.max(a.missing, b.missing),
    other: Math.max(a.other, b.other),
  };
}

/**
 * The dependence where `factor` times as many values move together: λ grows from 1, and the sum of the eigenvalues, k λ,
 * from the `df` of independent values.
 */
export function scaledDependence(measured: Dependence, df: number, factor: number): Dependence {
  const scaled = (lambda: number) => 1 + (lambda - 1) * factor;
  const lambda = scaled(measured.lambda);
  const k = measured.lambda === 1 ? df : Math.max(1, (df + (measured.k * measured.lambda - df) * factor) / lambda);
  return { lambda, k, missing: scaled(measured.missing), other: scaled(measured.other) };
}
