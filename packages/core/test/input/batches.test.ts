import { describe, expect, test } from 'vitest';
import { monitorBatch, numeric } from '../../src/index.js';
import { collected, dropped } from '../record/collected.js';

interface Row {
  readonly n: number;
}
const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, n) => ({ n }));

let made = 0;
/** A model that takes any batch; its result is one label for each row of an array. */
function watch(fn: (rows: Iterable<Row>) => unknown, name = `batch ${made++}`) {
  return monitorBatch(fn, {
    model: { name, version: '1', features: { n: numeric() } },
    output: { label: (_out, row) => (row === undefined || row === null ? 'none' : row.n % 2) },
    predictionId: (row, i) => `${row?.n}/${i}`,
  });
}

describe('a batch', () => {
  test('counts every row, its result and its size', async () => {
    const predict = watch(rows => [...rows].length, 'batch sizes');
    expect(predict(rowsOf(5))).toBe(5);
    expect(predict(new Set(rowsOf(3)))).toBe(3);
    const { features, predictions, outcomes, calls } = predict.monitor.report();
    expect(features[0]!.totals).toMatchObject({ valued: 8 });
    expect(predictions).toEqual({ 0: 5, 1: 3 });
    expect(outcomes.pending).toBe(5);
    expect(calls.succeeded).toBe(2);
    const [sizes] = await collected('batch sizes', 'ml.inference.batch.size');
    expect(sizes!.value).toMatchObject({ count: 2, sum: 8 });
  });

  test('that is empty is a call without predictions', async () => {
    const predict = watch(rows => [...rows].length, 'empty batches');
    for (const rows of [[], new Set<Row>(), new Map<Row, Row>().values() && []]) expect(predict(rows)).toBe(0);
    const { features, predictions, calls, dropped } = predict.monitor.report();
    expect(features[0]!.totals).toMatchObject({ valued: 0, missing: 0, invalid: 0 });
    expect(predictions).toEqual({});
    expect(calls.succeeded).toBe(3);
    expect(dropped).toEqual({});
    const [sizes] = await collected('empty batches', 'ml.inference.batch.size');
    expect(sizes!.value).toMatchObject({ count: 3, sum: 0 });
  });

  test('with holes, null and primitive rows counts them as missing', () => {
    const predict = watch(rows => [...rows].length);
    const rows = new Array(4) as unknown[];
    rows[1] = null;
    rows[2] = 'row';
    expect(predict(rows as Row[])).toBe(4);
    expect(predict.monitor.report().features[0]!.totals).toMatchObject({ valued: 0, missing: 4, invalid: 0 });
    expect(1 in rows && !(0 in rows)).toBe(true);
  });

  test('of a typed array has primitive rows', () => {
    const predict = watch(rows => [...rows].length);
    expect(predict(new Float64Array(3) as unknown as Row[])).toBe(3);
    expect(predict.monitor.report().features[0]!.totals.missing).toBe(3);
  });

  const ONE_SHOT: readonly [string, () => Iterable<Row>][] = [
    [
      'a generator',
      function* () {
        yield* rowsOf(3);
      },
    ],
    ['the iterator of an array', () => rowsOf(3).values()],
    ['the iterator of a Map', () => new Map(rowsOf(3).map(row => [row.n, row])).values()],
    [
      'an iterable that hands out one iterator again and again',
      () => {
        const iterator = rowsOf(3).values();
        return { [Symbol.iterator]: () => iterator };
      },
    ],
  ];
  test.each(ONE_SHOT)('that is %s is left to the model', async (what, make) => {
    const name = `one-shot ${what}`;
    const predict = watch(rows => [...rows].map(row => row.n), name);
    expect(predict(make())).toEqual([0, 1, 2]);
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 1, active: 0 });
    expect((await dropped(name))['batch_rows']).toBeGreaterThan(0);
  });

  test('that is a generator is left half read where the model left it', () => {
    const predict = watch(rows => (rows as Generator<Row>).next().value);
    const rows = (function* () {
      yield* rowsOf(3);
    })();
    expect(predict(rows)).toEqual({ n: 0 });
    expect([...rows]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('that throws midway counts what came before, and the model meets the same error', async () => {
    const failure = new RangeError('midway');
    const rows = {
      *[Symbol.iterator]() {
        yield { n: 1 };
        yield { n: 2 };
        throw failure;
      },
    };
    const name = 'throws midway';
    const predict = watch(batch => [...batch], name);
    let met: unknown;
    try {
      predict(rows);
    } catch (error) {
      met = error;
    }
    expect(met).toBe(failure);
    expect(predict.monitor.report()).toMatchObject({
      calls: { failed: 1, active: 0, errors: { RangeError: 1 } },
      features: [{ totals: { valued: 2 } }],
    });
    expect((await dropped(name))['batch_rows']).toBeGreaterThan(0);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['a string', 'rows'],
    ['an object', { n: 1 }],
    ['an object whose iterator is no function', { [Symbol.iterator]: 5 }],
    ['an object whose iterator is no iterator', { [Symbol.iterator]: () => 5 }],
    ['an object whose iterator gives nothing', { [Symbol.iterator]: () => ({ next: () => undefined }) }],
    ['an asynchronous generator', (async function* () {})()],
    [
      'a revoked Proxy of an array',
      (() => {
        const { proxy, revoke } = Proxy.revocable([], {});
        revoke();
        return proxy;
      })(),
    ],
    [
      'an iterable whose iterator throws',
      {
        [Symbol.iterator]() {
          throw new Error('iterator');
        },
      },
    ],
    [
      'an array whose length throws',
      new Proxy([], {
        get() {
          throw new Error('length');
        },
      }),
    ],
  ])('that is %s is a fault beside the call', async (what, rows) => {
    const name = `not a batch: ${what}`;
    const predict = watch(batch => [batch], name);
    expect((predict(rows as Row[]) as unknown[])[0] === rows).toBe(true);
    const { calls, features, predictions } = predict.monitor.report();
    expect(calls).toMatchObject({ succeeded: 1, failed: 0, active: 0 });
    expect(features[0]!.totals).toMatchObject({ valued: 0, missing: 0, invalid: 0 });
    expect(predictions).toEqual({});
    expect((await dropped(name))['batch_rows']).toBeGreaterThan(0);
  });

  test('whose iterator gives what is no result, which a loop refuses, is read no further', () => {
    let steps = 0;
    const next = () => {
      // Whoever takes 5 for a result would go on for ever.
      if (++steps > 100) throw new Error('endless');
      return 5;
    };
    const rows = { [Symbol.iterator]: () => ({ next }) } as unknown as Row[];
    const predict = watch(batch => batch === rows);
    expect(predict(rows)).toBe(true);
    expect(steps).toBeLessThan(10);
    expect(predict.monitor.report().features[0]!.totals).toMatchObject({ valued: 0, missing: 0 });
  });

  test('that the model empties still has its predictions', () => {
    const predict = watch(rows => {
      const queue = rows as Row[];
      let done = 0;
      while (queue.shift() !== undefined) done++;
      return done;
    });
    expect(predict(rowsOf(4))).toBe(4);
    const { features, predictions } = predict.monitor.report();
    expect(features[0]!.totals.valued).toBe(4);
    expect(Object.values(predictions).reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  test('that the model lengthens has no more predictions than it had rows', () => {
    const predict = watch(rows => (rows as Row[]).push({ n: 9 }));
    expect(predict(rowsOf(2))).toBe(3);
    const { predictions } = predict.monitor.report();
    expect(Object.values(predictions).reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test('of a failed call is in the features and not in the predictions', async () => {
    const predict = watch(() => Promise.reject(new RangeError('no')));
    await expect(predict(rowsOf(3))).rejects.toThrow(RangeError);
    expect(predict.monitor.report()).toMatchObject({
      calls: { failed: 1, active: 0 },
      predictions: {},
      features: [{ totals: { valued: 3 } }],
      outcomes: { pending: 0 },
    });
  });
});
