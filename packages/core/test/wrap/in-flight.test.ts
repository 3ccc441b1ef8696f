import { setImmediate as nextTask } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { monitor, numeric } from '../../src/index.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Row {
  readonly id: number;
  readonly result: Promise<{ readonly of: number }>;
}

function watchedRows(name: string) {
  const pairs: [number, number][] = [];
  const model = { name, version: '1', features: { id: numeric() } };
  const predict = monitor((row: Row) => row.result, {
    model,
    output: {
      label: (result, row) => {
        pairs.push([result.of, row.id]);
        return 'known';
      },
    },
  });
  return { predict, pairs };
}

test('calls that settle in any order keep their own input, however many are in flight', async () => {
  const { predict, pairs } = watchedRows('in flight, any order');
  for (let wave = 0; wave < 3; wave++) {
    const settle: (() => void)[] = [];
    const calls = Array.from({ length: 600 }, (_, id) => {
      const failed = id % 10 === 3;
      const answer = failed ? new Error(String(id)) : { of: id };
      const result = new Promise<{ of: number }>((resolve, reject) =>
        settle.push(() => (failed ? reject(answer) : resolve(answer as { of: number }))),
      );
      return [predict({ id, result }), answer] as const;
    });
    // 7 has no divisor with 600: every call once, in leaps.
    for (let i = 0; i < 600; i++) settle[(i * 7) % 600]!();
    for (const [call, answer] of calls) {
      expect(
        await call.then(
          value => value as unknown,
          (error: unknown) => error,
        ),
      ).toBe(answer);
    }
  }
  expect(pairs).toHaveLength(3 * 540);
  expect(pairs.every(([of, id]) => of === id)).toBe(true);
  const { calls, predictions } = predict.monitor.report();
  expect(calls).toEqual({ succeeded: 3 * 540, failed: 3 * 60, active: 0, errors: { Error: 3 * 60 } });
  expect(predictions).toEqual({ known: 3 * 540 });
});

test('a call that an output reader makes has its own input', async () => {
  const seen: [number, number][] = [];
  const model = { name: 'in flight, nested', version: '1', features: { id: numeric() } };
  let nested: Promise<unknown> | undefined;
  const predict = monitor(async (row: { id: number }) => ({ of: row.id }), {
    model,
    output: {
      label: (result: { of: number }, row: { id: number }) => {
        if (row.id === 1) nested = predict({ id: 2 });
        seen.push([result.of, row.id]);
        return 'known';
      },
    },
  });
  expect(await predict({ id: 1 })).toEqual({ of: 1 });
  expect(await nested).toEqual({ of: 2 });
  expect(seen).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test('an input is let go of when its call has settled', async () => {
  const { predict } = watchedRows('in flight, let go');
  let row: Row | undefined = { id: 1, result: Promise.resolve({ of: 1 }) };
  const kept = new WeakRef(row);
  await predict(row);
  row = undefined;
  await nextTask();
  collect();
  await nextTask();
  collect();
  expect(kept.deref()).toBeUndefined();
});

test('one that never settles is let go of with its promise', async () => {
  const { predict } = watchedRows('in flight, never');
  let row: Row | undefined = { id: 1, result: new Promise(() => {}) };
  const kept = new WeakRef(row);
  void predict(row);
  row = undefined;
  await nextTask();
  collect();
  await nextTask();
  collect();
  expect(kept.deref()).toBeUndefined();
});
