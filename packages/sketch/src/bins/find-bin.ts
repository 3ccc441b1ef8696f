/**
 * The bin that `x` falls in: how many of the rising `cuts` are below it, from 0 to `cuts.length`.
 *
 * Bin i is `(cuts[i-1], cuts[i]]`: a value on a cut belongs to the bin on its left. -Infinity falls in the first bin,
 * Infinity in the last; NaN, which belongs nowhere, gives 0, so ask `Number.isNaN` first.
 * A plain binary search for cold code (learning, checking); a hot path has its own grid.
 */
export function findBin(cuts: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
