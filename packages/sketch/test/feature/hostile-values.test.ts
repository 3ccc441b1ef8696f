import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, dateTime, embedding, type Feature, image, tensor, text } from '../../src/index.js';
import { measured } from './measured.js';

const FEATURES: readonly [string, Feature<unknown>][] = [
  ['text', text()],
  ['image', image()],
  ['embedding', embedding({ projections: 3 })],
  ['tensor', tensor()],
  ['every element of a tensor', tensor({ every: true })],
  ['columns', columns((x: unknown) => x as never, ['a', 'b'])],
  ['dateTime', dateTime({ timeZone: 'Asia/Kathmandu', asOf: x => x as never })],
];

/** Every number is finite, NaN or Infinity, and no trap is endless: what throws must be the value's own doing. */
function expectMeasurable(feature: Feature<unknown>, value: unknown): void {
  let rows: number[][] | undefined;
  try {
    rows = measured(feature, value, value);
  } catch (error) {
    if (error !== OURS) throw error;
    return;
  }
  for (const row of rows ?? []) {
    expect(row).toHaveLength(feature.measures!.parts.length);
    for (const x of row) expect(x).not.toBe(Number.NEGATIVE_INFINITY);
  }
}
const OURS = new Error('of the value');
const throws = (): never => {
  throw OURS;
};
const throwing = (target: object) =>
  new Proxy(target, {
    get: throws,
    has: throws,
    getPrototypeOf: throws,
    ownKeys: throws,
    getOwnPropertyDescriptor: throws,
  });

class Liar extends Float32Array {
  override get length(): number {
    return 1e15;
  }
  override get buffer(): never {
    return throws();
  }
  override get [Symbol.toStringTag](): never {
    return 'BigInt64Array' as never;
  }
  override [Symbol.iterator](): never {
    return throws();
  }
}

function detached(): Float32Array {
  const array = Float32Array.of(1, 2);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

const numbers = Float32Array.of(1, 2);
const VALUES: readonly [string, unknown][] = [
  ['a Proxy that throws', throwing({})],
  ['a Proxy of an array that throws', throwing([])],
  ['a Proxy of a typed array', new Proxy(numbers, {})],
  [
    'a Proxy of an array with a lying length',
    new Proxy([1, 2], { get: (a, key) => (key === 'length' ? 2 ** 53 : Reflect.get(a, key)) }),
  ],
  [
    'a getter that throws for data',
    {
      dims: [2],
      get data() {
        return throws();
      },
    },
  ],
  [
    'a getter that throws for dims',
    {
      data: numbers,
      get dims() {
        return throws();
      },
    },
  ],
  [
    'a getter that throws for location',
    {
      data: numbers,
      dims: [2],
      get location() {
        return throws();
      },
    },
  ],
  [
    'a getter that throws for width',
    {
      data: numbers,
      get width() {
        return throws();
      },
      height: 1,
    },
  ],
  ['sizes that throw', { data: numbers, dims: throwing([2]) }],
  [
    'sizes that change',
    {
      data: numbers,
      dims: new Proxy([2], { get: (a, key) => (key === '0' ? Math.floor(Math.random() * 1e9) : Reflect.get(a, key)) }),
    },
  ],
  [
    'sizes without end',
    { data: numbers, dims: new Proxy([], { get: (_, key) => (key === 'length' ? Number.POSITIVE_INFINITY : 1) }) },
  ],
  ['a typed array that lies about itself', new Liar(2)],
  ['a tensor of it', { data: new Liar(2), dims: [1, 2] }],
  ['pixels of it', { data: new Liar(2), width: 2, height: 1 }],
  ['a tensor that promises more than it has', { data: numbers, dims: [1e9, 2] }],
  ['a detached buffer', detached()],
  ['a tensor of one', { data: detached(), dims: [1, 2] }],
  ['a tensor of one, of no size', { data: detached(), dims: [0, 2] }],
  [
    'detached 64-bit integers',
    {
      data: (() => {
        const a = new BigInt64Array(2);
        structuredClone(a.buffer, { transfer: [a.buffer] });
        return a;
      })(),
      dims: [0, 2],
    },
  ],
  ['detached pixels', { data: detached(), width: 2, height: 1 }],
  ['a sparse array', new Array(1000)],
  ['a very long sparse array', Object.assign([], { length: 2 ** 32 - 1 })],
  ['a tensor of a sparse array', { data: new Array(2), dims: [1, 2] }],
  ['an array of getters', Object.defineProperty([1, 2], 0, { get: throws })],
  [
    'an array that shrinks while it is read',
    (() => {
      const shrinking = [1, 2, 3];
      return Object.defineProperty(shrinking, 0, {
        get: () => {
          shrinking.length = 1;
          return 1;
        },
      });
    })(),
  ],
  ['shared memory', new Float32Array(new SharedArrayBuffer(8))],
  ['a long text', 'x!'.repeat(2 ** 23)],
  ['a text of separate halves', '\udc00\ud800'.repeat(10_000)],
  ['subnormals', Float64Array.of(5e-324, -5e-324)],
  ['the largest doubles', Float64Array.of(Number.MAX_VALUE, -Number.MAX_VALUE)],
  ['-0', -0],
  ['a function', () => 5],
  ['a symbol', Symbol('s')],
  ['an object without a prototype', Object.create(null)],
  ['a promise', Promise.resolve(5)],
  ['a Map', new Map([['data', 1]])],
];

describe.each(FEATURES)('%s', (_kind, feature) => {
  it.each(VALUES)('measures or refuses %s', (_what, value) => {
    expectMeasurable(feature, value);
  });

  it('measures or refuses anything', () => {
    const data = fc.oneof(
      fc.float32Array(),
      fc.float64Array(),
      fc.uint8Array(),
      fc.uint8ClampedArray(),
      fc.uint16Array(),
      fc.int32Array(),
      fc.bigInt64Array(),
      fc.bigUint64Array(),
      fc.array(fc.oneof(fc.double(), fc.anything())),
    );
    const size = fc.oneof(fc.nat({ max: 6 }), fc.anything());
    const shaped = data.chain(array =>
      fc.record(
        {
          data: fc.constant(array),
          dims: fc.oneof(
            fc.constantFrom([array.length], [1, array.length], [array.length, 1], [1, 1, array.length]),
            fc.array(size),
          ),
          type: fc.constantFrom('float16', 'float32', undefined),
          location: fc.constantFrom('cpu', 'gpu-buffer', undefined),
          width: fc.oneof(fc.constantFrom(1, array.length), size),
          height: fc.oneof(fc.constantFrom(1, array.length), size),
          channels: size,
        },
        { requiredKeys: ['data'] },
      ),
    );
    const value = fc.oneof(
      shaped,
      data,
      fc.string({ unit: 'binary' }),
      fc.date({ noInvalidDate: false }),
      fc.double(),
      fc.anything(),
    );
    fc.assert(
      fc.property(value, input => expectMeasurable(feature, input)),
      { numRuns: 500 },
    );
  });
});
