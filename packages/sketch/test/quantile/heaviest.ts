import { kllToBytes } from '../../src/quantile/kll-bytes.js';
import { MAX_KLL_COUNT, MAX_KLL_LEVELS, MIN_KLL_K } from '../../src/quantile/kll-capacity.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';

/** A sketch of 2^52 times the value 1: one that stands for all of them, in the highest level there is. */
export function heaviest(): KllSketch {
  const levels = Array.from({ length: MAX_KLL_LEVELS }, () => new Float64Array(0));
  levels[MAX_KLL_LEVELS - 1] = Float64Array.of(1);
  return KllSketch.fromBytes(
    kllToBytes({
      k: MIN_KLL_K,
      count: MAX_KLL_COUNT,
      min: 1,
      max: 1,
      coin: 0,
      owed: new Uint8Array(MAX_KLL_LEVELS),
      levels,
    }),
  );
}
