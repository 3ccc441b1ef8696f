import { expect, test } from 'vitest';
import { categorical, monitor, numeric } from '../../src/index.js';
import { dropped } from '../record/collected.js';
import { unhandledDuring } from '../wrap/unhandled.js';
import { baselineFor, binKinds, modelNamed } from './watched-rows.js';

const circular: Record<string, unknown> = {};
circular['self'] = circular;
const revoked = (target: object = {}) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('get');
    },
    getPrototypeOf() {
      throw new Error('getPrototypeOf');
    },
    ownKeys() {
      throw new Error('ownKeys');
    },
    has() {
      throw new Error('has');
    },
    getOwnPropertyDescriptor() {
      throw new Error('getOwnPropertyDescriptor');
    },
  },
);

type Cell = 'valued' | 'other' | 'missing' | 'invalid';
// One value, and the cell it belongs to as a number and as a category.
const VALUES: readonly [what: string, value: unknown, asNumber: Cell, asCategory: Cell][] = [
  ['null', null, 'missing', 'missing'],
  ['undefined', undefined, 'missing', 'missing'],
  ['NaN', Number.NaN, 'missing', 'missing'],
  ['Infinity', Number.POSITIVE_INFINITY, 'invalid', 'invalid'],
  ['-Infinity', Number.NEGATIVE_INFINITY, 'invalid', 'invalid'],
  ['a numeric string', '5', 'invalid', 'other'],
  ['an empty string', '', 'invalid', 'other'],
  ['a known category', 'a', 'invalid', 'valued'],
  ['half a surrogate pair', '\ud800', 'invalid', 'other'],
  ['a string named as a bin', '_OTHER', 'invalid', 'other'],
  ['__proto__', '__proto__', 'invalid', 'other'],
  ['toString', 'toString', 'invalid', 'other'],
  ['a bigint', 5n, 'valued', 'other'],
  ['a huge bigint', 10n ** 400n, 'invalid', 'other'],
  ['true', true, 'valued', 'other'],
  ['-0', -0, 'valued', 'other'],
  ['the largest number', Number.MAX_VALUE, 'valued', 'other'],
  ['a symbol', Symbol('s'), 'invalid', 'invalid'],
  ['a function', () => 5, 'invalid', 'invalid'],
  ['a Date', new Date(0), 'invalid', 'invalid'],
  ['a boxed number', Object(5), 'invalid', 'invalid'],
  ['a boxed string', Object('a'), 'invalid', 'invalid'],
  ['an array of one', [5], 'invalid', 'invalid'],
  ['a circular object', circular, 'invalid', 'invalid'],
  ['a frozen object', Object.freeze({}), 'invalid', 'invalid'],
  ['an object without a prototype', Object.create(null), 'invalid', 'invalid'],
  ['a Proxy that throws in every trap', hostile, 'invalid', 'invalid'],
  ['a revoked Proxy', revoked(), 'invalid', 'invalid'],
  ['a promise', Promise.resolve(5), 'invalid', 'invalid'],
  [
    'an object whose valueOf throws',
    {
      valueOf() {
        throw new Error('valueOf');
      },
      [Symbol.toPrimitive]() {
        throw new Error('toPrimitive');
      },
    },
    'invalid',
    'invalid',
  ],
];

test.each(VALUES.flatMap(value => [true, false].map(codegen => [...value, codegen] as const)))(
  '%s is counted in its cell (%$)',
  async (what, value, asNumber, asCategory, codegen) => {
    const name = `value ${what} ${codegen}`;
    const model = modelNamed(name);
    const row = { n: value, c: value };
    const predict = monitor((input: unknown) => input, { model, baseline: await baselineFor(model), codegen });
    expect(predict(row)).toBe(row);
    const cells = (kinds: Record<string, number>) => ({
      valued: (kinds['range'] ?? 0) + (kinds['category'] ?? 0),
      other: kinds['other'] ?? 0,
      missing: kinds['missing'],
      invalid: kinds['invalid'],
    });
    const none = { valued: 0, other: 0, missing: 0, invalid: 0 };
    expect(cells(await binKinds(name, 'n'))).toEqual({ ...none, [asNumber]: 1 });
    expect(cells(await binKinds(name, 'c'))).toEqual({ ...none, [asCategory]: 1 });
    expect(predict.monitor.report().dropped).toEqual({});
    predict.monitor.dispose();
  },
);

// Rows: what is read of both features, and whether the reading threw.
const throwing = {
  get n(): number {
    throw new Error('n');
  },
  get c(): string {
    throw new Error('c');
  },
};
const ROWS: readonly [what: string, row: unknown, cell: 'missing' | 'invalid', faults: number][] = [
  ['null', null, 'missing', 0],
  ['undefined', undefined, 'missing', 0],
  ['a number', 5, 'missing', 0],
  ['a string', 'row', 'missing', 0],
  ['a symbol', Symbol('row'), 'missing', 0],
  ['a bigint', 5n, 'missing', 0],
  ['a boolean', false, 'missing', 0],
  ['a function', () => {}, 'missing', 0],
  ['an empty object', {}, 'missing', 0],
  ['an object without a prototype', Object.create(null), 'missing', 0],
  ['an empty array', [], 'missing', 0],
  ['an array of the wrong length', [1, 2, 3], 'missing', 0],
  ['a circular object', circular, 'missing', 0],
  ['a frozen object', Object.freeze({}), 'missing', 0],
  ['a Date', new Date(), 'missing', 0],
  ['a promise', Promise.resolve({ n: 1, c: 'a' }), 'missing', 0],
  ['a Map', new Map([['n', 1]]), 'missing', 0],
  ['getters that throw', throwing, 'invalid', 2],
  ['inherited getters that throw', Object.create(throwing), 'invalid', 2],
  ['a Proxy that throws in every trap', hostile, 'invalid', 2],
  ['a revoked Proxy', revoked(), 'invalid', 2],
  ['a revoked Proxy of an array', revoked([]), 'invalid', 2],
];

test.each(ROWS.flatMap(row => [true, false].map(codegen => [...row, codegen] as const)))(
  'the row %s leaves the call alone and is counted (%$)',
  async (what, row, cell, faults, codegen) => {
    const name = `row ${what} ${codegen}`;
    const model = modelNamed(name);
    const predict = monitor((input: unknown) => [input], { model, baseline: await baselineFor(model), codegen });
    expect(predict(row)[0] === row).toBe(true);
    for (const feature of predict.monitor.report().features) {
      expect(feature.totals).toEqual({ valued: 0, missing: 0, invalid: 0, outOfRange: 0, [cell]: 1 });
    }
    const reasons = faults === 0 ? {} : { feature_reader: faults };
    expect(predict.monitor.report().dropped).toEqual(reasons);
    expect(await dropped(name)).toEqual(reasons);
    predict.monitor.dispose();
  },
);

test.each([true, false])('a getter that throws costs its own feature only (codegen %s)', codegen => {
  const predict = monitor((input: unknown) => input, {
    model: {
      name: 'one getter',
      version: '1',
      features: { first: numeric(), bad: categorical(), worse: numeric(), last: categorical() },
    },
    codegen,
  });
  let reads = 0;
  predict({
    get first() {
      reads++;
      return 1;
    },
    get bad() {
      throw new Error('bad');
    },
    get worse() {
      throw undefined;
    },
    last: 'z',
  });
  const { features, dropped } = predict.monitor.report();
  expect(features.map(({ totals }) => [totals.valued, totals.missing, totals.invalid])).toEqual([
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 1],
    [1, 0, 0],
  ]);
  expect(reads).toBe(1);
  expect(dropped).toEqual({ feature_reader: 2 });
});

const SELECTS: readonly [what: string, select: () => unknown, faults: number][] = [
  [
    'throws',
    () => {
      throw new Error('select');
    },
    1,
  ],
  [
    'throws undefined',
    () => {
      throw undefined;
    },
    1,
  ],
  [
    'throws a revoked Proxy',
    () => {
      throw revoked();
    },
    1,
  ],
  ['returns a promise', async () => 5, 0],
  ['returns a promise that rejects', () => Promise.reject(new Error('select')), 0],
  ['returns an object', () => ({}), 0],
  ['returns a function', () => () => 5, 0],
];

test.each(SELECTS.flatMap(select => [true, false].map(codegen => [...select, codegen] as const)))(
  'a select that %s is invalid and raises nothing (%$)',
  async (what, select, faults, codegen) => {
    const name = `select ${what} ${codegen}`;
    const predict = monitor((input: { a: number }) => input.a, {
      model: {
        name,
        version: '1',
        features: {
          n: numeric({ select: select as () => number }),
          c: categorical({ select: select as () => string }),
        },
      },
      codegen,
    });
    const raised = await unhandledDuring(() => expect(predict({ a: 1 })).toBe(1));
    expect(raised).toEqual([]);
    const reasons = faults === 0 ? {} : { feature_reader: 2 };
    for (const { totals } of predict.monitor.report().features) expect(totals).toMatchObject({ valued: 0, invalid: 1 });
    expect(predict.monitor.report().dropped).toEqual(reasons);
    expect(await dropped(name)).toEqual(reasons);
    predict.monitor.dispose();
  },
);

test.each([true, false])('a getter that makes a rejecting promise raises nothing (codegen %s)', async codegen => {
  const predict = monitor((_: object) => 1, { model: modelNamed('async getter'), codegen });
  const raised = await unhandledDuring(() =>
    predict({
      get n() {
        return Promise.reject(new Error('getter'));
      },
    }),
  );
  expect(raised).toEqual([]);
});

test.each([true, false])('a rejected promise that lies in the row stays unhandled (codegen %s)', async codegen => {
  const predict = monitor((_: object) => 1, { model: modelNamed('promise in a row'), codegen });
  const reason = new Error('of the application');
  expect(await unhandledDuring(() => void predict({ n: Promise.reject(reason) }))).toEqual([reason]);
});

test('a million distinct categories are all counted, as other, in bounded state', async () => {
  const name = 'a million categories';
  const model = modelNamed(name);
  const predict = monitor((_: { c: string }) => 1, { model, baseline: await baselineFor(model) });
  const row = { n: 1, c: '' };
  for (let i = 0; i < 1_000_000; i++) {
    row.c = `category ${i}`;
    predict(row);
  }
  expect(await binKinds(name, 'c')).toEqual({ category: 0, other: 1_000_000, missing: 0, invalid: 0 });
  predict.monitor.dispose();
});

test('a feature of the name of a method of every object counts only where the row has it itself', async () => {
  const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty'];
  for (const codegen of [true, false]) {
    const predict = monitor((_: object) => 1, {
      model: { name: 'inherited', version: '1', features: Object.fromEntries(names.map(name => [name, numeric()])) },
      codegen,
    });
    predict({});
    predict(Object.fromEntries(names.map(name => [name, 5])));
    predict(null as never);
    for (const { totals } of predict.monitor.report().features) {
      expect(totals).toMatchObject({ valued: 1, missing: 2, invalid: 0 });
    }
  }
});

test('nothing of a value that was refused is said', async () => {
  const { diag } = await import('@opentelemetry/api');
  const said: unknown[][] = [];
  const note = (...words: unknown[]) => void said.push(words);
  diag.setLogger(
    { error: note, warn: note, info: note, debug: note, verbose: note },
    { suppressOverrideMessage: true },
  );
  const predict = monitor((_: unknown) => 1, { model: modelNamed('silent') });
  const secret = {
    get n(): number {
      throw new Error('the secret of row 7');
    },
    c: { toString: () => 'the secret of row 7' },
  };
  for (let i = 0; i < 5; i++) predict(secret);
  diag.disable();
  expect(said).toHaveLength(1);
  expect(JSON.stringify(said)).not.toContain('secret');
  expect(JSON.stringify(said)).toContain('feature_reader');
});
