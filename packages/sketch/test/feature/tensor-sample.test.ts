import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { strideFor } from '../../src/feature/sample.js';
import { tensor } from '../../src/index.js';
import { generator } from '../generated-rows.js';
import { difference, measured, partsOf } from './measured.js';

// How far the sample of a large tensor may be from all of it. docs/feature-kinds.md states these bounds.

const SIDE = 224;
const COUNT = SIDE * SIDE * 3;
/** The step of 150,528 numbers. */
const STRIDE = 37;
const every = tensor({ every: true });

interface Row {
  readonly side: number;
  readonly layout: 'nhwc' | 'nchw' | 'grey';
  readonly stride: number;
  /** Errors over the pictures: median and largest. */
  readonly mean: [number, number];
  readonly sd: [number, number];
  readonly min: [number, number];
  readonly max: [number, number];
  readonly zeros: [number, number];
}
const reference = (name: string) => readFileSync(new URL(`../reference/${name}`, import.meta.url));
const { rows, astronaut } = JSON.parse(reference('tensor-samples.json').toString()) as {
  rows: Row[];
  astronaut: Record<'every' | 'nhwc' | 'nchw', number[]>;
};

/** Errors of the sample: of the mean in standard deviations, of sd relative, of zeros as a difference of shares. */
function errorsOf(data: Float32Array) {
  const [sample, all] = [partsOf(tensor(), data), partsOf(every, data)];
  return {
    mean: (sample.mean - all.mean) / all.sd,
    sd: sample.sd / all.sd - 1,
    min: sample.min - all.min,
    max: all.max - sample.max,
    zeros: sample.zeros - all.zeros,
  };
}

const signal = (of: (i: number) => number) => Float32Array.from({ length: COUNT }, (_, i) => of(i));

/** Three planes, or three channels side by side. */
function picture(layout: 'nhwc' | 'nchw', of: (x: number, y: number, channel: number) => number): Float32Array {
  const data = new Float32Array(COUNT);
  for (let y = 0, pixel = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, pixel++) {
      for (let c = 0; c < 3; c++) data[layout === 'nchw' ? c * SIDE * SIDE + pixel : pixel * 3 + c] = of(x, y, c);
    }
  }
  return data;
}

describe('of 28 pictures the sample', () => {
  const sizesOf = { grey: (n: number) => [n, n], nhwc: (n: number) => [n, n, 3], nchw: (n: number) => [1, 3, n, n] };

  it.each(rows)('of $side × $side, $layout, is as near as the page says', row => {
    const sizes = sizesOf[row.layout](row.side);
    expect(strideFor(row.side ** 2 * (row.layout === 'grey' ? 1 : 3), sizes)).toBe(row.stride);
    expect(row.mean[0]).toBeLessThanOrEqual(0.011);
    expect(row.mean[1]).toBeLessThanOrEqual(0.06);
    expect(row.sd[1]).toBeLessThanOrEqual(0.12);
    expect(Math.max(row.min[1], row.max[1])).toBeLessThanOrEqual(56);
    expect(row.zeros[1]).toBeLessThanOrEqual(0.012);
  });

  it('is the same as NumPy has it, in either layout, of bytes and of floats', () => {
    const bytes = new Uint8Array(gunzipSync(reference('astronaut.gz')));
    const planes = new Uint8Array(COUNT);
    for (let i = 0; i < COUNT; i++) planes[(i % 3) * SIDE * SIDE + Math.floor(i / 3)] = bytes[i]!;
    for (const [data, dims, layout] of [
      [bytes, [SIDE, SIDE, 3], 'nhwc'],
      [planes, [1, 3, SIDE, SIDE], 'nchw'],
    ] as const) {
      expect(difference(measured(tensor(), { data, dims })![0]!, astronaut[layout])).toBeLessThan(1e-12);
      expect(difference(measured(every, { data, dims })![0]!, astronaut.every)).toBeLessThan(1e-12);
      for (const feature of [tensor(), every]) {
        expect(measured(feature, { data: Float32Array.from(data), dims })).toEqual(measured(feature, { data, dims }));
      }
    }
  });
});

it('of numbers in no order the mean is off by four standard errors at most, 1/16 of a standard deviation', () => {
  for (let seed = 1; seed <= 15; seed++) {
    const next = generator(seed);
    const { mean, sd } = errorsOf(signal(() => next() + next() + next()));
    expect(Math.abs(mean)).toBeLessThan(4 / 64);
    expect(Math.abs(sd)).toBeLessThan(0.04);
  }
});

describe.each(['nchw', 'nhwc'] as const)('of an image, %s,', layout => {
  it('each row, column and channel is met as often as the others: stripes of any width are seen', () => {
    for (const period of [2, 3, 4, 7, 8, 16, 19, 35, 37, 38, 56, 74, 112]) {
      const bright = (at: number) => (at % period < period / 2 ? 1 : 0.25);
      for (const data of [picture(layout, x => bright(x)), picture(layout, (_, y) => bright(y))]) {
        const { mean, sd, min, max } = errorsOf(data);
        expect(Math.abs(mean)).toBeLessThan(0.01);
        expect(Math.abs(sd)).toBeLessThan(0.001);
        expect([min, max]).toEqual([0, 0]);
      }
      const chessboard = picture(layout, (x, y) => (bright(x) === bright(y) ? 1 : 0.25));
      expect(Math.abs(errorsOf(chessboard).mean)).toBeLessThan(0.06);
    }
    expect(Math.abs(errorsOf(picture(layout, (_x, _y, c) => c)).mean)).toBeLessThan(0.001);
  });
});

describe('a pattern that falls in with the step', () => {
  it('is met at one place of its period, where it runs through memory', () => {
    for (const shift of [0, 9, 18]) {
      const wave = signal(i => Math.cos((2 * Math.PI * (i + shift)) / STRIDE));
      const met = partsOf(tensor(), wave);
      expect(met.mean).toBeCloseTo(Math.cos((2 * Math.PI * shift) / STRIDE), 4);
      expect(met.sd).toBeLessThan(1e-4);
      expect(partsOf(every, wave).mean).toBeCloseTo(0, 3);
      expect(partsOf(every, wave).sd).toBeCloseTo(Math.SQRT1_2, 3);
    }
  });

  it('is not one just beside it, or half of it: those are met all over', () => {
    for (const period of [2, 3, 5, 16, 18, 19, 36, 38, 73, 75, 110, 112]) {
      const { mean, sd } = errorsOf(signal(i => Math.cos((2 * Math.PI * i) / period)));
      expect(Math.abs(mean)).toBeLessThan(0.01);
      expect(Math.abs(sd)).toBeLessThan(0.01);
    }
  });

  it('is, in an image of 224 × 224 by planes, stripes that slant just so: only the bright ones are met', () => {
    const slanting = picture('nchw', (x, y) => ((x + 2 * y + 8) % STRIDE < 12 ? 1 : 0.25));
    expect(partsOf(tensor(), slanting)).toMatchObject({ mean: 1, sd: 0, min: 1 });
    expect(partsOf(every, slanting).mean).toBeCloseTo(0.25 + (0.75 * 12) / STRIDE, 2);
  });

  it.each([1024, 2048, 4096])('is no longer what lies on slanting lines of %i × %i', side => {
    for (const slope of [1, 2, 4]) {
      const data = new Uint8Array(side * side);
      for (let y = 0; y < side; y++) data[y * side + ((slope * y) % side)] = 200;
      const value = { data, dims: [side, side] };
      expect(partsOf(tensor(), value).mean).toBeLessThan(1);
      expect(partsOf(tensor(), value).zeros).toBeGreaterThan(0.99);
      expect(partsOf(every, value)).toMatchObject({ mean: 200 / side, zeros: 1 - 1 / side });
    }
  });

  it.each([
    ['grey', [1024, 1024]],
    ['nhwc', [1024, 1024, 3]],
    ['nchw', [1, 3, 1024, 1024]],
    ['grey', [2048, 2048]],
    ['nhwc', [2048, 2048, 3]],
    ['nchw', [1, 3, 2048, 2048]],
    ['grey', [4096, 4096]],
    ['nhwc', [4096, 4096, 3]],
    ['nchw', [1, 3, 4096, 4096]],
  ] as const)('is not a photograph, %s, made as large as %j', (layout, dims) => {
    const large = dims[layout === 'nhwc' ? 0 : dims.length - 1]!;
    const bytes = new Uint8Array(gunzipSync(reference('astronaut.gz')));
    const data = new Uint8Array(dims.reduce((a: number, b) => a * b, 1));
    const near = Array.from({ length: large }, (_, x) => 3 * Math.floor((x * SIDE) / large));
    for (let y = 0, i = 0; y < large; y++) {
      for (let x = 0; x < large; x++, i++) {
        const from = near[y]! * SIDE + near[x]!;
        if (layout === 'grey') data[i] = bytes[from + 1]!;
        else for (let c = 0; c < 3; c++) data[layout === 'nchw' ? c * large * large + i : 3 * i + c] = bytes[from + c]!;
      }
    }
    const [sample, all] = [partsOf(tensor(), { data, dims }), partsOf(every, { data, dims })];
    expect(Math.abs(sample.mean - all.mean) / all.sd).toBeLessThan(0.03);
    expect(Math.abs(sample.sd / all.sd - 1)).toBeLessThan(0.03);
    expect(Math.abs(sample.zeros - all.zeros)).toBeLessThan(0.015);
  });
});

describe('of a sparse tensor', () => {
  it.each([0.5, 0.9, 0.99, 0.999])('a share of zeros of %f is met to four standard errors', share => {
    for (let seed = 1; seed <= 6; seed++) {
      const next = generator(seed);
      const { zeros } = errorsOf(signal(() => (next() < share ? 0 : next())));
      expect(Math.abs(zeros)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 4069));
    }
  });

  it('with 15 numbers that are not 0 none may be met', () => {
    const data = signal(i => (i % 10_000 === 5000 ? 1 : 0));
    expect(partsOf(tensor(), data)).toEqual({ mean: 0, sd: 0, min: 0, max: 0, zeros: 1 });
    expect(partsOf(every, data)).toMatchObject({ max: 1, zeros: 1 - 15 / COUNT });
  });
});

it('of sorted data the mean is off by two of 4,069 parts of the range at most', () => {
  for (const of of [
    (x: number) => x,
    (x: number) => -x,
    (x: number) => Math.exp(5 * x),
    (x: number) => (x > 0.3 ? 1 : 0),
  ]) {
    const data = signal(i => of(i / COUNT));
    const { min, max, mean } = partsOf(every, data);
    expect(Math.abs(partsOf(tensor(), data).mean - mean)).toBeLessThan(((max - min) * 2) / 4069);
  }
});

it('one hot pixel is met at one place in 37, and weighs 37 times as much there', () => {
  let met = 0;
  for (let at = 0; at < STRIDE; at++) {
    const data = new Float32Array(COUNT).fill(0.5);
    data[at] = 1000;
    const { mean, max } = partsOf(tensor(), data);
    expect(mean - 0.5).toBeCloseTo(max === 1000 ? 999.5 / 4069 : 0, 9);
    if (max === 1000) met++;
    expect(partsOf(every, data)).toMatchObject({ max: 1000 });
  }
  expect(met).toBe(1);
});
