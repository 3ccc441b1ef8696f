import { SketchError, shown } from '../errors.js';
import { declared } from './declared.js';
import { ELSEWHERE, gather } from './elements.js';
import { type Feature, MAX_ROWS_A_VALUE, type Measures } from './feature.js';
import { type Image, type ImageLayout, type Images, imagesOf } from './image-pixels.js';
import { MAX_SAMPLE, sampled, strideFor } from './sample.js';
import { Summary } from './summary.js';

const PARTS = ['size', 'aspect', 'brightness', 'contrast'] as const;
// Their weights in the luma of ITU-R BT.601.
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

export interface ImageOptions<Row> {
  readonly select?: (row: Row) => Image;
  /** Of tensors. By default the channels are the first size if that is 1 to 4, else the last one. */
  readonly layout?: ImageLayout;
  /** See {@link Feature}. */
  readonly sensitive?: boolean;
}

/**
 * An image, by its pixels as the model gets them. Four numeric features, `<feature>.<part>`: `size` (pixels), `aspect`
 * (width ÷ height), `brightness` and `contrast`: mean and population standard deviation of the luma
 * 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, the grey of Pillow and OpenCV), in the data's own units: 0 to 255 for bytes,
 * whatever the floats of a tensor were scaled to. Alpha is left out.
 *
 * The value is `{ data, width, height, channels? }`, or a tensor `[H, W]`, `[H, W, C]`, `[C, H, W]`, `[N, H, W, C]` or
 * `[N, C, H, W]`: each image of a batch is counted by itself, as a row. Of more than 4,096 pixels a sample of at most 4,096
 * is looked at, evenly spaced, with a step that shares no divisor with width, height or channels and misses no block of 1/14 of
 * height and width. On 28 pictures of 224 × 224 to 4,096 × 4,096 it was off by 0.43 of 255 at most at the median in either; by
 * 1.7 in brightness and 2.0 in contrast at most, up or down: docs/feature-kinds.md.
 *
 * null, undefined and a tensor whose `location` is not 'cpu' are missing: nothing is downloaded to be counted. Of no pixels
 * all but `size` is missing. NaN or ±Infinity among the pixels looked at makes brightness and contrast invalid. Any other
 * value is invalid, and so are sizes that don't fit the data.
 *
 * Cost: 2 µs for 28 × 28 grey bytes, 30 µs for 224 × 224 in colour, 60 µs where the pixels lie outside the caches.
 *
 * @throws SketchError `ERR_MODEL` for a layout that is neither.
 */
export function image<Row>(options: ImageOptions<Row> & { readonly select: (row: Row) => Image }): Feature<Row>;
// biome-ignore lint/suspicious/noExplicitAny: without `select` it fits every row
export function image(options?: { readonly layout?: ImageLayout; readonly sensitive?: boolean }): Feature<any>;
export function image<Row>(options: ImageOptions<Row> = {}): Feature<Row> {
  const { layout } = options;
  if (layout !== undefined && layout !== 'hwc' && layout !== 'chw') {
    throw new SketchError('ERR_MODEL', 'image layout', shown(layout), "'hwc' or 'chw'");
  }
  return declared({ kind: 'image', measures: imageMeasures(layout) }, options);
}

function imageMeasures(layout: ImageLayout | undefined): Measures<unknown> {
  return {
    parts: PARTS,
    measure(value, _row, out, take) {
      const images = imagesOf(value, layout);
      if (images === undefined) return false;
      if (images === ELSEWHERE) {
        out.fill(Number.NaN);
        take();
        return true;
      }
      const count = Math.min(images.count, MAX_ROWS_A_VALUE);
      for (let i = 0; i < count; i++) {
        measureImage(images, i, out);
        take(i + 1 < count);
      }
      return true;
    },
  };
}

// They hold what `strideFor` lets through. None of the user's code runs between the first number in and the last out.
const luma = new Float64Array(MAX_SAMPLE);
const green = new Float64Array(MAX_SAMPLE);
const blue = new Float64Array(MAX_SAMPLE);
const summary = new Summary();

function measureImage(images: Images, index: number, out: Float64Array): void {
  const pixels = images.width * images.height;
  out.fill(Number.NaN);
  out[0] = pixels;
  if (pixels === 0) return;
  out[1] = images.width / images.height;
  summary.clear();
  summary.add(luma, lumaInto(images, index, pixels));
  out[2] = summary.isFinite ? summary.mean : Number.POSITIVE_INFINITY;
  out[3] = summary.isFinite ? summary.sd : Number.POSITIVE_INFINITY;
}

/** The luma of the sampled pixels; gives their number. */
function lumaInto({ elements, width, height, channels, layout }: Images, index: number, pixels: number): number {
  const stride = strideFor(pixels, [height, width], pixels * channels);
  const count = sampled(pixels, stride);
  const [step, toNextChannel] = layout === 'hwc' ? [stride * channels, 1] : [stride, pixels];
  const start = index * pixels * channels;
  gather(elements, start, step, count, luma);
  if (channels < 3) return count;
  gather(elements, start + toNextChannel, step, count, green);
  gather(elements, start + 2 * toNextChannel, step, count, blue);
  for (let k = 0; k < count; k++) luma[k] = RED * luma[k]! + GREEN * green[k]! + BLUE * blue[k]!;
  return count;
}
