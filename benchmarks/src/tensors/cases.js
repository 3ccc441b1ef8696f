// What is measured: values that a model gets whole, by the name of a case. Plain data; run-case.js makes the values.

/** An image of 224 × 224 in three colours. */
const IMAGE = 3 * 224 * 224;

/**
 * `kind` of feature, `type` of the numbers, `dims`, and how they are drawn: spread evenly unless `zeros`, the share that is 0. With `every` the side that
 * looks at all elements is measured, too.
 */
export const CASES = {
  'floats-1000': { title: '1,000 floats', kind: 'tensor', type: 'float32', dims: [1000], every: true },
  'floats-10000': { title: '10,000 floats', kind: 'tensor', type: 'float32', dims: [10_000], every: true },
  'floats-150528': {
    title: '150,528 floats, `[1, 3, 224, 224]`',
    kind: 'tensor',
    type: 'float32',
    dims: [1, 3, 224, 224],
    every: true,
  },
  'floats-1000000': { title: '1,000,000 floats', kind: 'tensor', type: 'float32', dims: [1_000_000], every: true },
  'nhwc-150528': {
    title: '150,528 floats, `[1, 224, 224, 3]`',
    kind: 'tensor',
    type: 'float32',
    dims: [1, 224, 224, 3],
    every: true,
  },
  'relu-150528': {
    title: '150,528 floats, half of them 0',
    kind: 'tensor',
    type: 'float32',
    dims: [IMAGE],
    zeros: 0.5,
    every: true,
  },
  'bytes-150528': {
    title: '150,528 bytes, `[1, 224, 224, 3]`',
    kind: 'tensor',
    type: 'uint8',
    dims: [1, 224, 224, 3],
    every: true,
  },
  'doubles-150528': { title: '150,528 doubles', kind: 'tensor', type: 'float64', dims: [IMAGE], every: true },
  'halves-150528': { title: '150,528 16-bit floats', kind: 'tensor', type: 'float16', dims: [IMAGE], every: true },
  'int64-150528': { title: '150,528 64-bit integers', kind: 'tensor', type: 'int64', dims: [IMAGE], every: true },
  'image-bytes': { title: '`image()` of 224 × 224 × 3 bytes', kind: 'image', type: 'uint8', dims: [224, 224, 3] },
  'image-floats': {
    title: '`image()` of `[1, 3, 224, 224]` floats',
    kind: 'image',
    type: 'float32',
    dims: [1, 3, 224, 224],
  },
  'embedding-384': { title: '`embedding()` of 384 floats', kind: 'embedding', type: 'float32', dims: [384] },
  'embedding-768': { title: '`embedding()` of 768 floats', kind: 'embedding', type: 'float32', dims: [768] },
  'embedding-1536': { title: '`embedding()` of 1,536 floats', kind: 'embedding', type: 'float32', dims: [1536] },
};

/** What a first answer holds. */
export const QUICK = ['floats-10000', 'floats-150528', 'bytes-150528', 'embedding-768'];

export const countOf = name => CASES[name].dims.reduce((a, b) => a * b, 1);
