/**
 * Prints how far ranks and bins of a sketch are off: the figures in `kll-error.ts` and `kll-capacity.ts`. A few minutes:
 *
 *     node --import tsx -C @driftspan/source packages/sketch/test/quantile/measure-rank-error.ts
 *
 * A stream is 0 … 2^bits - 1 in an order of its own, so that every rank is known without sorting; for "mostly zero" the lowest 9
 * of 10 are 0, and 15 of the bins share the rest. Errors are pooled over 39 ranks and all runs. PSI is that of the counts which
 * the sketch states, in bins that it cut itself, against the true counts there.
 */
import { weightedCounts, weightedCuts } from '../../src/quantile/cuts-of-sketch.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { rankIn } from '../../src/quantile/weighted-values.js';

const GRID: readonly (readonly [k: number, bits: readonly number[], runs: number])[] = [
  [64, [14, 18, 22], 50],
  [256, [14, 18, 22], 50],
  [1024, [16, 20, 22], 50],
  [4096, [18, 20, 22], 40],
  [8192, [18, 20, 24], 25],
  [8192, [27], 6],
];
const KINDS = { shuffled: 0, 'mostly zero': 0.9 };

console.log('| k | values | kind | sd × k | 99 % × k | PSI × k² | n × PSI at 1e5 | ns a value |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [k, lengths, runs] of GRID) {
  for (const bits of lengths) for (const [kind, zeros] of Object.entries(KINDS)) measure(k, bits, runs, kind, zeros);
}

function measure(k: number, bits: number, runs: number, kind: string, zeros: number): void {
  const n = 2 ** bits;
  const floor = Math.floor(zeros * n);
  const errors: number[] = [];
  let psi = 0;
  let elapsedMs = 0;
  for (let run = 0; run < runs; run++) {
    const sketch = new KllSketch({ k });
    const at = permutation(bits, run);
    const started = performance.now();
    for (let i = 0; i < n; i++) sketch.add(Math.max(floor, at(i)));
    elapsedMs += performance.now() - started;
    const weighted = sketch.weightedValues();
    for (let q = 1; q < 40; q++) {
      const x = Math.max(floor, Math.floor((q / 40) * n) - 1);
      errors.push(Math.abs(rankIn(weighted, x) - (x + 1) / n));
    }
    const { cuts } = weightedCuts(weighted);
    let before = 0;
    weightedCounts(cuts, weighted).forEach((count, bin) => {
      const below = bin < cuts.length ? Math.floor(cuts[bin]!) + 1 : n;
      psi += ((count - (below - before)) / n) * Math.log(count / (below - before));
      before = below;
    });
  }
  errors.sort((a, b) => a - b);
  const sd = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
  const high = errors[Math.floor(0.99 * errors.length)]!;
  const mean = psi / runs;
  const figures = [(sd * k).toFixed(2), (high * k).toFixed(2), (mean * k * k).toFixed(0), (mean * 1e5).toPrecision(2)];
  console.log(`| ${[k, `2^${bits}`, kind, ...figures, ((elapsedMs / runs / n) * 1e6).toFixed(0)].join(' | ')} |`);
}

/** A one-to-one map of 0 … 2^bits - 1 onto itself: odd multiplications and shifts. */
function permutation(bits: number, seed: number): (i: number) => number {
  const mask = 2 ** bits - 1;
  const shift = bits >> 1;
  const first = (0x9e3779b1 + 15838 * seed) | 1;
  const second = (0x85ebca6b + 209458 * seed) | 1;
  return i => {
    let z = Math.imul(i + 977 * seed, first) & mask;
    z = Math.imul(z ^ (z >>> shift), second) & mask;
    z = Math.imul(z ^ (z >>> shift), 0xc2b2ae35) & mask;
    return z ^ (z >>> shift);
  };
}
