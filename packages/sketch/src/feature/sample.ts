/** Numbers looked at in a large value: a mean of as many, drawn at random, is good to 1/64 of a standard deviation. */
export const MAX_SAMPLE = 4096;

/**
 * The step with which at most 4,096 of `count` numbers are read, from the first on; 1 reads them all. It shares no divisor with
 * `multiple`, a multiple of every size of the tensor: a step of 147 over an image of 224 × 224 × 3 would meet one colour only.
 *
 * Always the same for the same sizes: one value must measure the same in training and in every process.
 */
export function strideFor(count: number, multiple = count): number {
  let stride = Math.ceil(count / MAX_SAMPLE);
  while (stride > 1 && greatestDivisor(multiple, stride) > 1) stride++;
  return Math.max(1, stride);
}

/** How many numbers of `count` that step reads; at most {@link MAX_SAMPLE} with {@link strideFor}. */
export function sampled(count: number, stride: number): number {
  return Math.ceil(count / stride);
}

function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
