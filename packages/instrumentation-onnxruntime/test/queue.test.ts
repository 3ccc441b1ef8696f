import { expect, test } from 'vitest';
import { Queue } from '../src/queue.js';
import { floats } from './models.js';
import { load, nextTask, pointsOf, watch } from './watching.js';

/** Blocks the thread, as a native run does. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('a call waits for all that were put in before it', async () => {
  const waits: number[] = [];
  const queue = new Queue(seconds => waits.push(seconds));
  const runs = [1, 2, 3, 4].map(() => {
    queue.join();
    return new Promise<void>(resolve =>
      setImmediate(() => {
        block(5);
        resolve();
      }),
    );
  });
  await Promise.all(runs);
  expect(waits).toHaveLength(4);
  waits.forEach((wait, before) => {
    expect(wait).toBeGreaterThanOrEqual(before * 0.005);
  });
});

test('calls beyond 1,024 that wait are not told, and those after them are', async () => {
  let told = 0;
  const queue = new Queue(() => told++);
  for (let i = 0; i < 1500; i++) queue.join();
  await nextTask();
  expect(told).toBe(1024);
  queue.join();
  await nextTask();
  expect(told).toBe(1025);
});

test('of concurrent runs some are measured: the wait never exceeds the whole duration', async () => {
  watch();
  const session = await load('softmax');
  const feeds = { input: floats([1, 2, 3, 4]) };
  // The chance that none of 400 is measured is 6e-24.
  await Promise.all(Array.from({ length: 400 }, () => session.run(feeds)));
  const [waits] = await pointsOf('ml.inference.queue.duration', 'softmax');
  const [durations] = await pointsOf('ml.inference.duration', 'softmax');
  const { count, max } = waits!.value as { count: number; max?: number };
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(400);
  if (max !== undefined) expect(max).toBeLessThanOrEqual((durations!.value as { max: number }).max);
});
