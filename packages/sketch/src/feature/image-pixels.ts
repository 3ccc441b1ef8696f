import { ELSEWHERE, type Elements, elementsOf, numbersIn, sizesOf, type TensorValue } from './elements.js';

/** Raw pixels, row by row, their channels side by side: an `ImageData`, a `RawImage` of Transformers.js, what `sharp` decodes. */
export interface PixelImage {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. By default as many as the data has for each pixel. */
  readonly channels?: number | undefined;
}

/** What a reader of an image may return. */
export type Image = PixelImage | TensorValue | null | undefined;

/** The order of a tensor's sizes, a batch in front left out: height, width, channels, or channels, height, width. */
export type ImageLayout = 'hwc' | 'chw';

/** Images of one size in one run of numbers. */
export interface Images {
  readonly elements: Elements;
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly layout: ImageLayout;
}

/**
 * The images that a value holds; undefined if it is none.
 *
 * @throws what a getter of the value throws.
 */
export function imagesOf(value: unknown, layout: ImageLayout | undefined): Images | typeof ELSEWHERE | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ((value as { dims?: unknown }).dims === undefined) return imageOfPixels(value);
  const elements = elementsOf(value);
  return elements === undefined || elements === ELSEWHERE ? elements : imagesOfTensor(elements, layout);
}

function imageOfPixels(value: object): Images | undefined {
  const { data, width, height, channels } = value as { [name in keyof PixelImage]?: unknown };
  const elements = numbersIn(data, undefined, undefined);
  const sizes = sizesOf([width, height]);
  if (elements === undefined || sizes === undefined) return undefined;
  const pixels = sizes[0]! * sizes[1]!;
  const found = pixels === 0 ? 1 : elements.count / pixels;
  if (!isChannels(found) || found * pixels !== elements.count || (channels ?? found) !== found) return undefined;
  return { elements, count: 1, width: sizes[0]!, height: sizes[1]!, channels: found, layout: 'hwc' };
}

function imagesOfTensor(elements: Elements, told: ImageLayout | undefined): Images | undefined {
  const { dims } = elements;
  if (dims.length === 2) return { elements, count: 1, width: dims[1]!, height: dims[0]!, channels: 1, layout: 'hwc' };
  if (dims.length !== 3 && dims.length !== 4) return undefined;
  const [first, second, third] = dims.slice(-3) as [number, number, number];
  const layout = told ?? (isChannels(first) ? 'chw' : 'hwc');
  const [height, width, channels] = layout === 'hwc' ? [first, second, third] : [second, third, first];
  if (!isChannels(channels)) return undefined;
  return { elements, count: dims.length === 4 ? dims[0]! : 1, width, height, channels, layout };
}

function isChannels(count: number): boolean {
  return count === 1 || count === 2 || count === 3 || count === 4;
}
