import { expect, test } from 'vitest';
import { Pace } from '../src/pace.js';

test('stopping waits for the flights that were begun, and none follows', async () => {
  let begun = 0;
  let answered = 0;
  let first: () => void = () => {};
  const asked = new Promise<void>(resolve => {
    first = resolve;
  });
  const pace = new Pace(100_000, async flights => {
    begun += flights;
    first();
    await new Promise(resolve => setImmediate(resolve));
    answered += flights;
  });
  pace.start();
  await asked;
  await pace.stop();
  expect(begun).toBeGreaterThan(0);
  expect(answered).toBe(begun);
  expect(pace.asked).toBe(begun);
  const atStop = begun;
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(begun).toBe(atStop);
});

test('what was missed is made up for in pieces', async () => {
  const pieces: number[] = [];
  let enough: () => void = () => {};
  const three = new Promise<void>(resolve => {
    enough = resolve;
  });
  const pace = new Pace(1_000_000, async flights => {
    pieces.push(flights);
    if (pieces.length === 3) enough();
  });
  pace.start();
  await three;
  await pace.stop();
  expect(Math.max(...pieces)).toBe(200);
});

test('an error of the model comes out where the pace is stopped', async () => {
  let fail: () => void = () => {};
  const failed = new Promise<void>(resolve => {
    fail = resolve;
  });
  const pace = new Pace(100_000, async () => {
    fail();
    throw new Error('no model');
  });
  pace.start();
  await failed;
  await expect(pace.stop()).rejects.toThrow('no model');
});
