import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { image } from '../../src/index.js';
import { generator, range } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { difference, drawn, INVALID, MISSING, measured, measures, partsOf } from './measured.js';

interface Case {
  readonly seed: number;
  readonly type: string;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly dims?: readonly number[];
  readonly expected: number[][];
}

function inputOf({ seed, type, width = 0, height = 0, channels = 0, dims }: Case) {
  const length = (dims ?? [width, height, channels]).reduce((a, b) => a * b, 1);
  const data = drawn(seed, type, length);
  return dims === undefined ? { data, width, height, channels } : { data, dims };
}

describe.each(measures<Case>('images'))('case %#: $type, $width × $height × $channels, sizes $dims', spec => {
  it('is measured as NumPy does, each image of a batch by itself', () => {
    const rows = measured(image(), inputOf(spec))!;
    expect(rows).toHaveLength(spec.expected.length);
    for (const [i, row] of rows.entries()) expect(difference(row, spec.expected[i]!)).toBeLessThan(1e-12);
  });
});

const grey = (length: number) => Uint8Array.from(range(length));

describe('an image of pixels', () => {
  it('has the channels that its data has, unless they are told', () => {
    const rgba = { data: Uint8ClampedArray.of(10, 10, 10, 255, 30, 30, 30, 0), width: 2, height: 1 };
    expect(partsOf(image(), rgba)).toEqual({ size: 2, aspect: 2, brightness: 20, contrast: 10 });
    expect(partsOf(image(), { ...rgba, channels: 4 })).toEqual(partsOf(image(), rgba));
    expect(measured(image(), { ...rgba, channels: 3 })).toBeUndefined();
  });

  it('of no pixels has a size and nothing else', () => {
    for (const [width, height] of [
      [0, 0],
      [5, 0],
      [0, 5],
    ]) {
      expect(measured(image(), { data: new Uint8Array(0), width, height })).toEqual([[0, MISSING, MISSING, MISSING]]);
    }
  });

  it.each<[string, unknown]>([
    ['too little data', { data: grey(5), width: 3, height: 2 }],
    ['data over', { data: grey(7), width: 3, height: 2 }],
    ['five channels', { data: grey(30), width: 3, height: 2 }],
    ['data and no pixels', { data: grey(3), width: 0, height: 3 }],
    ['a width that is no integer', { data: grey(3), width: 1.5, height: 2 }],
    ['a negative size', { data: grey(6), width: -3, height: -2 }],
    ['a width that is a text', { data: grey(6), width: '3', height: 2 }],
    ['channels that are a text', { data: grey(6), width: 3, height: 2, channels: '1' }],
    ['no data', { width: 3, height: 2 }],
    ['a file instead of pixels', grey(100)],
    ['a text', 'image.png'],
    ['a number', 5],
  ])('with %s is of a wrong type', (_what, value) => {
    expect(measured(image(), value)).toBeUndefined();
  });
});

describe('a tensor', () => {
  const colours = Float32Array.of(1, 1, 0, 0, 0, 0); // of 1 × 2 pixels: by planes a red and green one, side by side another

  it('has its channels where a size is 1 to 4, in front if both are', () => {
    expect(partsOf(image(), { data: colours, dims: [3, 1, 2] }).brightness).toBeCloseTo(0.299, 12);
    expect(partsOf(image(), { data: colours, dims: [1, 2, 3] })).toMatchObject({ size: 6 });
    expect(partsOf(image({ layout: 'hwc' }), { data: colours, dims: [1, 2, 3] })).toMatchObject({
      size: 2,
      brightness: (0.299 + 0.587) / 2,
    });
    expect(partsOf(image({ layout: 'chw' }), { data: colours, dims: [3, 1, 2] }).aspect).toBe(2);
  });

  it('of two sizes is grey, whatever the layout', () => {
    for (const feature of [image(), image({ layout: 'chw' }), image({ layout: 'hwc' })]) {
      expect(partsOf(feature, { data: grey(6), dims: [2, 3] })).toMatchObject({
        size: 6,
        aspect: 1.5,
        brightness: 2.5,
      });
    }
  });

  it('of an empty batch holds no row', () => {
    expect(measured(image(), { data: new Float32Array(0), dims: [0, 3, 8, 8] })).toEqual([]);
  });

  it('that lies elsewhere than in memory is missing', () => {
    expect(measured(image(), { dims: [3, 1, 2], data: colours, location: 'texture' })).toEqual([
      [MISSING, MISSING, MISSING, MISSING],
    ]);
  });

  it.each([[[6]], [[6, 1, 1, 1, 1]], [[1, 1, 6]], [[6, 1, 5]], [[2, 5, 3, 6]], [[]]])(
    'of sizes %j is of a wrong type',
    dims => {
      const length = dims.reduce((a, b) => a * b, 1);
      const feature = image(dims.length === 3 ? { layout: 'hwc' } : {});
      expect(measured(feature, { data: grey(length), dims })).toBeUndefined();
    },
  );
});

it('a pixel that is no number makes brightness and contrast invalid', () => {
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const data = Float32Array.of(1, 2, x, 4);
    expect(measured(image(), { data, width: 2, height: 2 })).toEqual([[4, 1, INVALID, INVALID]]);
  }
});

it('alpha makes nothing darker', () => {
  const data = Uint8Array.of(200, 200, 200, 0, 200, 200, 200, 255);
  expect(partsOf(image(), { data, width: 2, height: 1 })).toMatchObject({ brightness: 200, contrast: 0 });
});

describe('the sample of a large image', () => {
  // Median and largest errors over 28 pictures, in levels of 255, by NumPy. docs/feature-kinds.md states these bounds.
  const reference = new URL('../reference/tensor-samples.json', import.meta.url);
  const { images } = JSON.parse(readFileSync(reference, 'utf8')) as {
    images: { side: number; brightness: [number, number]; contrast: [number, number] }[];
  };

  it.each(images)('of pictures of $side × $side is as near as the page says', ({ brightness, contrast }) => {
    expect(brightness[1]).toBeLessThanOrEqual(2);
    expect(contrast[1]).toBeLessThanOrEqual(2);
    expect(Math.max(brightness[0], contrast[0])).toBeLessThan(0.43);
  });

  // A gradient, stripes, blobs and noise, of sizes that share many divisors with small steps.
  const scenes: readonly [string, (x: number, y: number, noise: number) => number][] = [
    ['a gradient', (x, y) => 255 * (x + y) * 0.5],
    ['blobs', (x, y) => 127 + 120 * Math.sin(x * 17) * Math.cos(y * 11)],
    ['noise', (_x, _y, noise) => 255 * noise],
    ['a gradient with noise', (x, _y, noise) => 200 * x + 50 * noise],
    ['a bright square', (x, y) => (x > 0.3 && x < 0.6 && y > 0.2 && y < 0.7 ? 240 : 20)],
  ];
  const sizes = [
    [640, 480],
    [224, 224],
    [512, 512],
    [1280, 720],
    [301, 499],
    [1024, 1024],
    [2048, 2048],
  ] as const;

  it.each(scenes)('of %s is as bright and has as much contrast, to 2 of 255', (_what, scene) => {
    for (const [width, height] of sizes) {
      const next = generator(5);
      const data = new Uint8Array(width * height);
      let sum = 0;
      for (let i = 0; i < data.length; i++) {
        data[i] = scene((i % width) / width, Math.floor(i / width) / height, next());
        sum += data[i]!;
      }
      const mean = sum / data.length;
      let squares = 0;
      for (const x of data) squares += (x - mean) ** 2;
      const sd = Math.sqrt(squares / data.length);
      const { brightness, contrast } = partsOf(image(), { data, width, height });
      expect(Math.abs(brightness - mean)).toBeLessThan(2);
      expect(Math.abs(contrast - sd)).toBeLessThan(2);
    }
  });
});

it('a layout that is neither is refused', () => {
  expect(refusal('ERR_MODEL', () => image({ layout: 'whc' as never })).where).toBe('image layout');
});
