import {
  baselineCells,
  type FeatureBaseline,
  gTest,
  jensenShannon,
  kolmogorovSmirnov,
  logAlpha,
  populationStabilityIndex,
  testsOf,
  valuedCells,
} from '@driftspan/sketch';
import { psiLowerBound } from '../../../sketch/src/verdict/effect.js';
import { chiSquareBound, riseBound } from './bounds.js';

/** What the rules must say of one window of one feature, worked out from its counts by the in-process code. NaN: no series. */
export interface FeatureReference {
  readonly n: number;
  readonly psi: number;
  readonly js: number;
  readonly ks: number;
  readonly expected: number;
  readonly g: number;
  readonly df: number;
  readonly logP: number;
  readonly effect: number;
  readonly lower: number;
  readonly missing: RiseReference;
  readonly unseen: RiseReference | undefined;
  readonly shapeLevel: number;
  readonly level: number;
}

export interface RiseReference {
  readonly ratio: number;
  readonly baselineRatio: number;
  readonly logP: number;
  readonly level: number;
}

export function fleetLogAlpha(features: readonly FeatureBaseline[]): number {
  const tests = features.reduce((sum, feature) => sum + testsOf(feature), 0);
  return logAlpha({ count: 1, periodMs: 30 * 86_400_000, lookEveryMs: 300_000, tests, windows: 2 });
}

/** @param window counts in cell order. */
export function referenceOf(feature: FeatureBaseline, window: readonly number[], alpha: number): FeatureReference {
  const cells = baselineCells(feature);
  const valued = valuedCells(feature);
  const [w, b] = [window.slice(0, valued), cells.slice(0, valued)];
  const [n, m] = [total(w), total(b)];
  const filled = b.filter(count => count > 0);
  const shape = shapeOf(w, b, n, m, alpha);
  const missing = riseOf(total(window.slice(valued)), total(window), total(cells.slice(valued)), total(cells), alpha);
  const isUnseen = b.map((count, i) => count === 0 || (feature.kind === 'categorical' && i === valued - 1));
  const unseen = isUnseen.includes(true)
    ? riseOf(total(w.filter((_, i) => isUnseen[i])), n, total(b.filter((_, i) => isUnseen[i])), m, alpha)
    : undefined;
  // Never ok without a shape that could be judged, where there is one.
  const others = [missing, unseen].map(rise => rise?.level ?? -1);
  const level = Math.max(shape.shapeLevel, ...others.filter(other => other > 0 || filled.length <= 1));
  return {
    n,
    psi: populationStabilityIndex(w, b),
    js: jensenShannon(w, b),
    ks: feature.kind === 'numeric' && valued <= 16 ? kolmogorovSmirnov(w, b) : Number.NaN,
    expected: (n * Math.min(...filled)) / m,
    ...shape,
    missing,
    unseen,
    level,
  };
}

/** Bins with 20 expected alone, the rest that the baseline filled in one pool. */
function shapeOf(w: readonly number[], b: readonly number[], n: number, m: number, alpha: number) {
  const x: number[] = [];
  const y: number[] = [];
  let [poolX, poolY] = [0, 0];
  for (const [i, count] of b.entries()) {
    if (count === 0) continue;
    if ((n * count) / m >= 20) {
      x.push(w[i]!);
      y.push(count);
    } else {
      poolX += w[i]!;
      poolY += count;
    }
  }
  if ((n * poolY) / m >= 10) {
    x.push(poolX);
    y.push(poolY);
  }
  const df = x.length - 1;
  if (df < 1 || total(x) === 0) {
    const none = Number.NaN;
    return { g: none, df: df < 1 ? none : df, logP: none, effect: none, lower: none, shapeLevel: -1 };
  }
  const { g } = gTest(x, y);
  const u = 1 / total(x) + 1 / total(y);
  const psi = populationStabilityIndex(x, y);
  const lower = psiLowerBound(psi, u, df);
  const logP = chiSquareBound(g, df);
  const shapeLevel = logP <= alpha ? 1 + Number(lower >= 0.1) + Number(lower >= 0.25) : 0;
  return { g, df, logP, effect: Math.max(0, psi - df * u), lower, shapeLevel };
}

function riseOf(x: number, n: number, k: number, m: number, alpha: number): RiseReference {
  const logP = riseBound(x, n, k, m);
  const rise = (x * m - k * n) / (n * m);
  let level = -1;
  if (logP <= alpha) level = 1 + Number(rise >= 0.01) + Number(rise >= 0.05);
  else if (n > 0 && riseBound(n, n, k, m) <= alpha) level = 0;
  return { ratio: x / n, baselineRatio: k / m, logP, level };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
