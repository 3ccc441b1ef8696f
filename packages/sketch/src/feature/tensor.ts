import { declared } from './declared.js';
import { ELSEWHERE, type Elements, elementsOf, gather, type Numbers } from './elements.js';
import type { Feature, Measures } from './feature.js';
import { MAX_SAMPLE, sampled, strideFor } from './sample.js';
import { Summary } from './summary.js';

const PARTS = ['mean', 'sd', 'min', 'max', 'zeros'] as const;

export interface TensorOptions<Row> {
  readonly select?: (row: Row) => Numbers;
  /** Looks at every element instead of at most 4,096: where a single outlier matters. */
  readonly every?: boolean;
  /** See {@link Feature}. */
  readonly sensitive?: boolean;
}

/**
 * A numeric tensor of any shape. Its elements are not independent draws, so that not they are counted but what they come to.
 * Five numeric features, `<feature>.<part>`: `mean`, `sd` (of the population), `min`, `max`, and `zeros`, the share of
 * elements that are 0.
 *
 * Of more than 4,096 elements a sample of at most 4,096 is looked at, evenly spaced, with a step that shares no divisor with
 * any size. `min` and `max` are those of the sample. Against all elements of 26 pictures as tensors, at four sizes, mean and
 * sd were off by 0.04 standard deviations at most, min and max by up to 27 of 255. `every` looks at all.
 *
 * The value is a tensor, a typed array, or a plain array of at most 65,536 numbers. A 64-bit integer is read as the double
 * nearest to it, a Uint16Array of `type: 'float16'` as the floats that it holds. null, undefined, an empty tensor and one
 * whose `location` is not 'cpu' are missing: nothing is downloaded to be counted. NaN or ±Infinity among the elements looked
 * at makes all but `zeros` invalid. Any other value is invalid, and so are sizes that don't fit the data.
 *
 * Cost: 7 µs for 150,528 floats, a twelfth of a plain sum over them; with `every` 190 µs, 2.4 times that sum.
 */
export function tensor<Row>(options: TensorOptions<Row> & { readonly select: (row: Row) => Numbers }): Feature<Row>;
// biome-ignore lint/suspicious/noExplicitAny: without `select` it fits every row
export function tensor(options?: { readonly every?: boolean; readonly sensitive?: boolean }): Feature<any>;
export function tensor<Row>(options: TensorOptions<Row> = {}): Feature<Row> {
  return declared({ kind: 'tensor', measures: options.every ? OF_ALL : OF_SAMPLE }, options);
}

const OF_SAMPLE = tensorMeasures(false);
const OF_ALL = tensorMeasures(true);

// Holds what `strideFor` lets through, or a chunk of all. None of the user's code runs between the first number in and the last out.
const scratch = new Float64Array(MAX_SAMPLE);
const summary = new Summary();

function tensorMeasures(every: boolean): Measures<unknown> {
  return {
    parts: PARTS,
    measure(value, _row, out, take) {
      const elements = elementsOf(value);
      if (elements === undefined) return false;
      if (elements === ELSEWHERE || elements.count === 0) out.fill(Number.NaN);
      else {
        summarise(elements, every ? 1 : strideFor(elements.count));
        writeSummary(out);
      }
      take();
      return true;
    },
  };
}

function summarise(elements: Elements, stride: number): void {
  summary.clear();
  for (let left = sampled(elements.count, stride), start = 0; left > 0; left -= MAX_SAMPLE) {
    const count = Math.min(left, MAX_SAMPLE);
    if (elements.form !== 'float32' || !summary.addFloats(elements.data as Float32Array, start, stride, count)) {
      gather(elements, start, stride, count, scratch);
      summary.add(scratch, count);
    }
    start += count * stride;
  }
}

function writeSummary(out: Float64Array): void {
  out.fill(Number.POSITIVE_INFINITY);
  out[4] = summary.zeros;
  if (!summary.isFinite) return;
  out[0] = summary.mean;
  out[1] = summary.sd;
  out[2] = summary.min;
  out[3] = summary.max;
}
