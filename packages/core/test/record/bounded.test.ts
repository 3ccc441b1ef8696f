import { describe, expect, test } from 'vitest';
import { bounded, MAX_DEPTH, MAX_PAYLOAD_BYTES } from '../../src/record/bounded.js';

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

test('a small plain value comes back as it is, uncut', () => {
  const value = { a: 1, b: 'x', c: [true, null, { d: 'é' }], e: -0.5, f: '' };
  expect(bounded(value)).toEqual({ value, truncated: false });
});

test.each<[string, unknown, unknown]>([
  ['a bigint is its decimal text', 12345678901234567890n, '12345678901234567890'],
  ['NaN is text', Number.NaN, 'NaN'],
  ['-Infinity is text', Number.NEGATIVE_INFINITY, '-Infinity'],
  ['a Date is its ISO text', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a Date that is none is told as that', new Date(Number.NaN), 'Invalid Date'],
  ['an error is the name of its class', new RangeError('a secret'), 'RangeError'],
  ['a map is type and size', new Map([['secret', 1]]), { type: 'Map', size: 1 }],
  ['a set is type and size', new Set([1, 2]), { type: 'Set', size: 2 }],
  ['an ArrayBuffer is type and size', new ArrayBuffer(8), { type: 'ArrayBuffer', shape: [8] }],
  [
    'a typed array is type, shape and summary',
    Float32Array.of(0, 2, 4),
    { type: 'Float32Array', shape: [3], mean: 2, sd: Math.sqrt(8 / 3), min: 0, max: 4, zeros: 1 / 3 },
  ],
  ['an empty typed array has no summary', new Uint8Array(), { type: 'Uint8Array', shape: [0] }],
  [
    'a tensor is type, shape and summary',
    { dims: [1, 2], type: 'int64', data: BigInt64Array.of(1n, 3n) },
    { type: 'int64', shape: [1, 2], mean: 2, sd: 1, min: 1, max: 3, zeros: 0 },
  ],
  ['functions, symbols and undefined are dropped', { a() {}, b: Symbol('s'), c: undefined, d: 1 }, { d: 1 }],
  ['in an array they are null', [() => {}, undefined, 1], [null, null, 1]],
  ['a hole is null', Object.assign(new Array(3), { 0: 1, 2: 3 }), [1, null, 3]],
  ['a function alone is nothing', () => {}, undefined],
])('%s', (_what, value, plain) => {
  expect(bounded(value)).toEqual({ value: plain, truncated: false });
});

test('a tensor on a graphics card is never read beyond location, dims and type', () => {
  const read: string[] = [];
  const held = { location: 'gpu-buffer', dims: [2, 3], type: 'float32' };
  const value = new Proxy(held, {
    get(target, key) {
      read.push(String(key));
      if (!(key in target)) throw new Error('not on the CPU');
      return target[key as keyof typeof target];
    },
  });
  expect(bounded(value)).toEqual({ value: { type: 'float32', shape: [2, 3] }, truncated: false });
  expect(read.filter(key => !['location', 'dims', 'type'].includes(key))).toEqual([]);
});

describe('what is too much is cut, and marked', () => {
  test('a text after 1,024 characters, never within a pair', () => {
    const { value, truncated } = bounded('💥'.repeat(2000));
    expect(truncated).toBe(true);
    expect(value).toBe('💥'.repeat(1024));
  });

  test.each<[string, unknown]>([
    ['an array', Array.from({ length: 100 }, (_, i) => i)],
    ['an object', Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, i]))],
  ])('%s after 64 items', (_what, many) => {
    const { value, truncated } = bounded(many);
    expect(truncated).toBe(true);
    expect(Object.values(value as object)).toEqual(Array.from({ length: 64 }, (_, i) => i));
  });

  test('objects deeper than four', () => {
    expect(MAX_DEPTH).toBe(4);
    expect(bounded({ a: { b: { c: { d: 1, e: {} } } } })).toEqual({
      value: { a: { b: { c: { d: 1 } } } },
      truncated: true,
    });
  });

  test('all of it after 16 KiB', () => {
    const { value, truncated } = bounded(Array.from({ length: 60 }, () => 'x'.repeat(1000)));
    expect(truncated).toBe(true);
    expect(bytesOf(value)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
    expect(bytesOf(value)).toBeGreaterThan(MAX_PAYLOAD_BYTES - 50);
  });

  test('what refers to itself', () => {
    const loop: Record<string, unknown> = { a: 1 };
    loop['self'] = loop;
    loop['list'] = [loop];
    expect(bounded(loop)).toEqual({ value: { a: 1, list: [null] }, truncated: true });
  });

  test('the same object twice is no cycle', () => {
    const one = { a: 1 };
    expect(bounded([one, one])).toEqual({ value: [one, one], truncated: false });
  });

  test('a getter that throws costs its own entry', () => {
    const value = Object.defineProperty({ a: 1, c: 3 }, 'b', {
      enumerable: true,
      get() {
        throw new Error('a secret');
      },
    });
    expect(bounded(value)).toEqual({ value: { a: 1, c: 3 }, truncated: true });
  });

  test('a Proxy that throws, or is revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    expect(bounded([proxy, throwing, 1])).toEqual({ value: [null, null, 1], truncated: true });
  });

  test('what throws costs what lies beside it no depth', () => {
    const throwing = () =>
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('no');
          },
        },
      );
    expect(bounded([throwing(), throwing(), throwing(), throwing(), { a: [1] }])).toEqual({
      value: [null, null, null, null, { a: [1] }],
      truncated: true,
    });
  });

  test('a bigint of a million digits', () => {
    expect(bounded(1n << 4_000_000n)).toEqual({ value: 'bigint', truncated: true });
  });

  test('a key that is too long', () => {
    expect(bounded({ ['k'.repeat(600)]: 1, a: 2 })).toEqual({ value: { a: 2 }, truncated: true });
  });
});

test('toJSON is never called, and a key of that name means nothing', () => {
  const toJSON = () => {
    throw new Error('called');
  };
  expect(bounded({ toJSON, a: 1 })).toEqual({ value: { a: 1 }, truncated: false });
  expect(JSON.stringify(bounded({ toJSON: 'x', a: 1 }).value)).toBe('{"toJSON":"x","a":1}');
});

test('a key __proto__ is a key like any other', () => {
  const { value } = bounded(JSON.parse('{"__proto__": {"admin": true}, "a": 1}'));
  expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"a":1}');
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('an endless Proxy ends', () => {
  const endless: object = new Proxy(
    {},
    {
      ownKeys: () => Array.from({ length: 1000 }, (_, i) => `k${i}`),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      get: (_target, key) => (typeof key === 'string' && key !== 'dims' ? endless2() : undefined),
    },
  );
  function endless2(): object {
    return new Proxy(endless, {});
  }
  const { value, truncated } = bounded(endless);
  expect(truncated).toBe(true);
  expect(bytesOf(value)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
});
