import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { generator } from '../generated-rows.js';

/** Never change these: the files beside them were made of them. Whole numbers and their quotients only, alike on every machine. */
export const GOLDEN_SKETCHES: Readonly<Record<string, () => KllSketch>> = {
  empty: () => new KllSketch({ k: 8192 }),
  exact: () => sketchOf(100, 1),
  compacted: () => sketchOf(50_000, 2),
  merged: () => {
    const whole = new KllSketch({ k: 64 });
    for (let seed = 3; seed < 23; seed++) whole.merge(sketchOf(3000, seed));
    return whole;
  },
};

/** Fractions of many sizes, few whole numbers often, and what is skipped. */
function sketchOf(length: number, seed: number): KllSketch {
  const next = generator(seed);
  const sketch = new KllSketch({ k: 64 });
  for (let i = 0; i < length; i++) {
    const kind = Math.floor(4 * next());
    if (kind === 0) sketch.add(Math.floor(5 * next()) - 2);
    else if (kind === 1) sketch.add((next() - 0.5) * 1e300);
    else if (kind === 2) sketch.add(Math.floor(next() * 2 ** 32) * Number.MIN_VALUE);
    else sketch.add(i % 50 === 0 ? Number.NaN : next());
  }
  return sketch;
}
