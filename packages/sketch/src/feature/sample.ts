/** Numbers looked at in a large value: a mean of as many, drawn at random, is good to 1/64 of a standard deviation. */
export const MAX_SAMPLE = 4096;

/**
 * A plane of which n numbers are sampled is met on lines no farther apart than √(15 / n) of its sides: 1/15 of a grey picture's.
 * Squares of 1,024 were met on too few of them (15.1 and more), pictures of 640 and 1,008 (10.1, 14.8) are met well enough.
 */
const MAX_GAP = 15;

/**
 * The step with which at most 4,096 of `count` numbers are read, from the first on; 1 reads them all. It shares no divisor with
 * `multiple`, a multiple of every size of the tensor: a step of 147 over an image of 224 × 224 × 3 would meet one colour only. Nor does
 * it nearly fall in with a row: one of 4,097 over 4,096 × 4,096 would meet the diagonal only.
 *
 * Always the same for the same sizes: one value must measure the same in training and in every process. 40 ns for an image's sizes,
 * 0.4 µs for a colour one of 4,096 × 4,096, whose first eight steps won't do.
 *
 * @param sizes the slowest first; their product is `count`.
 */
export function strideFor(count: number, sizes: readonly number[], multiple = count): number {
  let stride = Math.ceil(count / MAX_SAMPLE);
  while (stride > 1 && (greatestDivisor(multiple, stride) > 1 || linesUp(sizes, stride))) stride++;
  return Math.max(1, stride);
}

/** How many numbers of `count` that step reads; at most {@link MAX_SAMPLE} with {@link strideFor}. */
export function sampled(count: number, stride: number): number {
  return Math.ceil(count / stride);
}

/** Whether a plane is met on too few lines: one size down, and across it the next one, or several taken as one. */
function linesUp(sizes: readonly number[], stride: number): boolean {
  for (let last = sizes.length - 1; last > 0; last--) {
    for (let at = last, width = 1; at > 0; at--) {
      width *= sizes[at]!;
      if (isSparse(sizes[at - 1]!, width, stride)) return true;
    }
  }
  return false;
}

/**
 * What lies `down` rows and `across` numbers from a sampled number is sampled, too, where down · width + across is a multiple of the step:
 * a lattice. The shorter its shortest arrow, measured in sides of the plane, the farther apart are the lines it lies on (the spectral
 * test: Knuth, The Art of Computer Programming 2, 3.3.4). Arrows short enough to matter are among those that Euclid's algorithm goes
 * through (Legendre: a fraction of so small an error is a convergent of width / stride), `down` rising.
 */
function isSparse(height: number, width: number, stride: number): boolean {
  const least = width * height > stride ? (width * height * stride) / MAX_GAP : 0;
  if (width * width >= least) return false;
  let [before, across, downBefore, down] = [stride, width % stride, 0, 1];
  while (across > 0 && (down * width) ** 2 < least) {
    if ((down * width) ** 2 + (across * height) ** 2 < least) return true;
    [downBefore, down] = [down, downBefore + Math.floor(before / across) * down];
    [before, across] = [across, before % across];
  }
  return false;
}

function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
