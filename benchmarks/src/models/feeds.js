// Inputs that differ from call to call, the same in every process.

/** Floats of all inputs of a session together, 16 MB: more than a core's own caches hold, so that counting reads memory. */
const FLOATS = 4 * 2 ** 20;
const MAX_FEEDS = 1024;

/** A linear congruential generator: numbers from -0.5 to 0.5. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32 - 0.5;
  };
}

/** How many different inputs of so many floats are made. */
export const feedCount = floats => Math.max(2, Math.min(MAX_FEEDS, Math.floor(FLOATS / floats)));

/**
 * Feeds of one size for a session of one input of floats. They are uniform, each feed's about a mean of its own: pictures are not equally bright.
 *
 * @param session of onnxruntime.
 * @param {readonly number[]} dims
 * @param Tensor of onnxruntime.
 */
export function feedsOf({ inputNames: [input] }, dims, Tensor) {
  const floats = dims.reduce((product, size) => product * size, 1);
  const random = generator(42);
  return Array.from({ length: feedCount(floats) }, () => {
    const brightness = random();
    const data = Float32Array.from({ length: floats }, () => random() + brightness);
    return { [input]: new Tensor('float32', data, dims) };
  });
}
