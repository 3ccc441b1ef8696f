/** Distinct values of a sample and how many there are of each, as a running count. */
export interface WeightedValues {
  /** Strictly rising, finite, -0 written as 0. */
  readonly values: Float64Array;
  /** `cumulative[i]` is how many are at or below `values[i]`: whole numbers, strictly rising. The last is the count. */
  readonly cumulative: Float64Array;
}

/**
 * What levels of values stand for: those of level h count 2^h times.
 *
 * `min` and `max`, which a compaction may have dropped, are always among them, counted once: the value kept that is next to them
 * stands for one less. So the ends are exact and the counts still add up.
 * Cost: a pass over about 3 times the values kept, and 40 bytes for each.
 */
export function weightedValuesOf(runs: readonly Float64Array[], min: number, max: number): WeightedValues {
  const kept = runs.reduce((sum, run) => sum + run.length, 0);
  if (kept === 0) return { values: new Float64Array(0), cumulative: new Float64Array(0) };
  // A place at either end for min and max.
  const values = new Float64Array(kept + 2);
  const weights = new Float64Array(kept + 2);
  let size = 1;
  runs.forEach((run, level) => {
    mergeRun(values, weights, size, run, 2 ** level);
    size += run.length;
  });
  if (values[1]! > min) moveOne(values, weights, 1, 0, min);
  if (values[kept]! < max) moveOne(values, weights, kept, kept + 1, max);
  return distinct(values, weights);
}

/** The share of values at or below `x`, from 0 to 1; NaN for NaN and where there are no values. Cost: log2 of them. */
export function rankIn({ values, cumulative }: WeightedValues, x: number): number {
  if (Number.isNaN(x) || values.length === 0) return Number.NaN;
  const below = firstFrom(values, i => values[i]! > x);
  return below === 0 ? 0 : cumulative[below - 1]! / cumulative.at(-1)!;
}

/**
 * Writes for each share of `ps` the smallest value that at least this share is at or below: `out[i]` for `ps[i]`.
 * 0 gives the smallest value, 1 the largest; NaN for a share out of [0, 1] and where there are no values.
 */
export function quantilesInInto(
  { values, cumulative }: WeightedValues,
  ps: ArrayLike<number>,
  out: { [index: number]: number },
): void {
  const count = cumulative.at(-1) ?? Number.NaN;
  for (let i = 0; i < ps.length; i++) {
    const p = ps[i]!;
    const wanted = p >= 0 && p <= 1 ? p * count : Number.NaN;
    out[i] = Number.isNaN(wanted) ? wanted : values[firstFrom(values, j => cumulative[j]! >= wanted)]!;
  }
}

/** Merges an ascending run into the ascending values from 1 to `size`, from the back, so that nothing is overwritten unread. */
function mergeRun(values: Float64Array, weights: Float64Array, size: number, run: Float64Array, weight: number): void {
  let own = size - 1;
  let other = run.length - 1;
  for (let to = size - 1 + run.length; other >= 0; to--) {
    if (own >= 1 && values[own]! > run[other]!) {
      values[to] = values[own]!;
      weights[to] = weights[own--]!;
    } else {
      values[to] = run[other--]!;
      weights[to] = weight;
    }
  }
}

function moveOne(values: Float64Array, weights: Float64Array, from: number, to: number, value: number): void {
  weights[from]!--;
  weights[to] = 1;
  values[to] = value;
}

/** Equal neighbours as one, and what weighs nothing left out. */
function distinct(values: Float64Array, weights: Float64Array): WeightedValues {
  const cumulative = new Float64Array(values.length);
  let size = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (weights[i] === 0) continue;
    if (size === 0 || values[i] !== values[size - 1]) values[size++] = values[i]!;
    count += weights[i]!;
    cumulative[size - 1] = count;
  }
  return { values: values.slice(0, size), cumulative: cumulative.slice(0, size) };
}

/** The first index at which `holds` is true, given that it stays so from there on; the length if there is none. */
function firstFrom(values: Float64Array, holds: (index: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
