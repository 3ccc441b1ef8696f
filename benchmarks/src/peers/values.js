// The numbers that inputs and sketches are fed: the same in every process.

/** A linear congruential generator of numbers in (0, 1). */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

const gauss = random => () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

/** What tabular models are fed. */
export const SHAPES = [
  { name: 'normal', of: gauss },
  {
    name: 'log-normal',
    of: random => {
      const next = gauss(random);
      return () => Math.exp(next());
    },
  },
  { name: 'uniform', of: random => () => random() * 100 },
  { name: 'whole numbers', of: random => () => Math.floor(random() * 24) },
];

export const featureNames = count => Array.from({ length: count }, (_, i) => `feature_${i}`);
