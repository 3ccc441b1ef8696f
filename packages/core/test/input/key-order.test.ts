import { learnBaseline } from '@driftspan/sketch';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categorical, monitor, numeric } from '../../src/index.js';

const FEATURES = { a: numeric(), b: categorical(), c: numeric(), d: numeric() };
let models = 0;

/** Calls a model that does nothing with each row; gives how often each feature was valued, missing and invalid. */
function totals(rows: readonly unknown[], codegen: boolean) {
  const model = { name: `key order ${models++}`, version: '1', features: FEATURES };
  const predict = monitor((_row: unknown) => 1, { model, codegen });
  for (const row of rows) predict(row);
  const { features, dropped } = predict.monitor.report();
  return {
    dropped,
    ...Object.fromEntries(
      features.map(({ name, totals: { valued, missing, invalid } }) => [name, [valued, missing, invalid]]),
    ),
  };
}

test.each([true, false])(
  'keys in any order, missing and beside what is declared, count alike (codegen %s)',
  codegen => {
    const rows = [
      { a: 1, b: 'x', c: 2, d: 3 },
      { d: 3, c: 2, b: 'x', a: 1 },
      { a: 1, d: 3 },
      { id: 7, a: 1, time: 8, b: 'x', c: 2, d: 3, more: { deep: 1 } },
      { c: 2 },
      {},
      { id: 7, a: 1, time: 8, b: 'x', c: 2, d: 3, more: null },
    ];
    const expected = { dropped: {}, a: [5, 2, 0], b: [4, 3, 0], c: [5, 2, 0], d: [5, 2, 0] };
    expect(totals(rows, codegen)).toEqual(expected);
  },
);

test.each([true, false])('each declared property is read once, an undeclared one never (codegen %s)', codegen => {
  const read: string[] = [];
  const row = (keys: readonly string[]) =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        keys.map(key => [
          key,
          {
            enumerable: true,
            get() {
              read.push(key);
              if (key === 'c') throw new Error('c');
              return 1;
            },
          },
        ]),
      ),
    );
  for (const keys of ['abcd', 'dcba', 'xaybzcd', 'cx', 'bd'].map(text => [...text])) {
    read.length = 0;
    totals([row(keys)], codegen);
    expect(read.sort()).toEqual(keys.filter(key => key in FEATURES).sort());
  }
});

test.each([true, false])('inherited and hidden properties count (codegen %s)', codegen => {
  class Row {
    a = 1;
    get b() {
      return 'x';
    }
  }
  const row = Object.defineProperty(new Row(), 'c', { value: 5, enumerable: false });
  expect(totals([row, row], codegen)).toMatchObject({ a: [2, 0, 0], b: [2, 0, 0], c: [2, 0, 0], d: [0, 2, 0] });
});

test.each([true, false])('rows of thousands of other keys are counted (codegen %s)', codegen => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`other${i}`, i]));
  expect(
    totals(
      [
        { ...many, a: 1, d: 2 },
        { a: 1, c: 5 },
      ],
      codegen,
    ),
  ).toMatchObject({
    a: [2, 0, 0],
    b: [0, 2, 0],
    c: [1, 1, 0],
    d: [1, 1, 0],
  });
});

test.each([true, false])('a Proxy whose keys throw is read by its names (codegen %s)', codegen => {
  const keys = ['ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const;
  for (const trap of keys) {
    const row = new Proxy(
      { a: 1, b: 'x', c: 2, d: 3 },
      {
        [trap]() {
          throw new Error(trap);
        },
      },
    );
    expect(totals([row], codegen)).toEqual({ dropped: {}, a: [1, 0, 0], b: [1, 0, 0], c: [1, 0, 0], d: [1, 0, 0] });
  }
});

test.each([true, false])(
  'a reader that calls the model, and that one again, counts every row (codegen %s)',
  async codegen => {
    let clockMs = Date.UTC(2024, 0, 1);
    const model = {
      name: `key order ${models++}`,
      version: '1',
      features: {
        before: numeric(),
        depth: numeric<{ depth: number; before: number; after: number }>({
          select: row => {
            if (row.depth > 0) predict({ depth: row.depth - 1, before: row.depth, after: -row.depth });
            return row.depth;
          },
        }),
        after: numeric(),
      },
    };
    const rows = Array.from({ length: 1000 }, (_, i) => ({ input: { depth: 0, before: i % 13, after: -i % 13 } }));
    let predict: (row: { depth: number; before: number; after: number }) => number = () => 0;
    const baseline = await learnBaseline(model, rows);
    const watched = monitor((row: { depth: number; before: number; after: number }) => row.depth, {
      model,
      baseline,
      codegen,
      drift: { window: '1h' },
      clock: () => clockMs,
    });
    predict = watched;
    for (let times = 0; times < 3; times++) predict({ depth: 4, before: 10, after: -10 });
    clockMs += 60_000;
    const { features, dropped } = watched.monitor.report();
    expect(dropped).toEqual({});
    expect(features.map(({ totals }) => totals.valued)).toEqual([15, 15, 15]);
    // Each row's own numbers: 10 + 4 + 3 + 2 + 1, three times.
    const means = new Map(features.map(({ name, mean }) => [name, mean]));
    expect(means.get('before')).toBeCloseTo(4, 12);
    expect(means.get('depth')).toBeCloseTo(2, 12);
    expect(means.get('after')).toBeCloseTo(-4, 12);
  },
);

test('whatever the order of their keys, rows count the same with and without generated code', () => {
  const value = fc.constantFrom<unknown>(1, 2.5, 'x', null, undefined, true, Number.NaN, {});
  const row = fc
    .shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'])
    .chain(keys => fc.tuple(...keys.map(key => fc.tuple(fc.constant(key), value))))
    .map(entries => Object.fromEntries(entries));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), rows => {
      expect(totals(rows, false)).toEqual(totals(rows, true));
    }),
    { numRuns: 200 },
  );
});

test.each([true, false])('a Proxy that calls the model when it is looked at spoils no count (codegen %s)', codegen => {
  const model = { name: `key order ${models++}`, version: '1', features: { a: numeric(), b: numeric(), c: numeric() } };
  let calls = 0;
  const predict = monitor((_row: object) => 1, { model, codegen });
  const row = new Proxy(
    { a: {}, b: 'text', c: null },
    {
      getOwnPropertyDescriptor(target, key) {
        calls++;
        predict({ a: 1, b: 2, c: 3 });
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    },
  );
  predict(row);
  const { features } = predict.monitor.report();
  expect(calls).toBeGreaterThan(0);
  expect(features.map(({ totals }) => [totals.valued, totals.missing, totals.invalid])).toEqual([
    [calls, 0, 1],
    [calls, 0, 1],
    [calls, 1, 0],
  ]);
});
