// What is fed: 20 numbers of the shapes that tabular models get, the same in every process.

const FEATURES = 20;
export const FEATURE_NAMES = Array.from({ length: FEATURES }, (_, i) => `feature_${i}`);

/** A linear congruential generator (Numerical Recipes): uniform in (0, 1). */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Drawn on, in order, by whatever is made in a process: first the rows, then the training rows. */
export const random = generator(42);
const gauss = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
// Normal, log-normal, uniform and small integers.
const shapes = [gauss, () => Math.exp(gauss()), () => random() * 100, () => Math.floor(random() * 24)];
export const makeRow = () => Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, shapes[i % shapes.length]()]));

export const rows = Array.from({ length: 1024 }, makeRow);
