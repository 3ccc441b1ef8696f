// Measures the built packages, as `npm test` has built them.
import { expect, test, vi } from 'vitest';
import { asksOf, deoptsOf, timesOf, weightOf, withinThreeTries } from '../src/guard/guard.js';
import { ASKS, BYTES_TOLERANCE, measured, TIME_TOLERANCE } from '../src/guard/limits.js';

const { weight, times } = measured;
/** Three tries of a child each, on a machine that has much else to do: with 25 processes on two cores a try took 10 s. */
const TIMEOUT_MS = 180_000;
vi.setConfig({ testTimeout: TIMEOUT_MS });

test.each(Object.entries<number>(weight))('a call allocates no more than it did: %s', async (name, bytes) => {
  const limit = bytes + BYTES_TOLERANCE;
  expect(await withinThreeTries(() => weightOf(name), limit)).toBeLessThanOrEqual(limit);
});

test.each(Object.entries(ASKS))('a call asks the clock, maps and the context no more often: %s', async (name, most) => {
  const asks: Record<string, number> = await asksOf(name);
  for (const [what, times] of Object.entries(most)) expect([what, asks[what]! <= times]).toEqual([what, true]);
});

test.each(Object.entries<number>(times))(
  'a call is no slower beside the same work by hand: %s',
  async (name, ratio) => {
    const limit = ratio * TIME_TOLERANCE;
    expect(await withinThreeTries(() => timesOf(name), limit)).toBeLessThanOrEqual(limit);
  },
);

test('the hot path stays optimised whatever it is fed', async () => {
  const late = (await deoptsOf('sync')).slice(-3);
  expect(late).toHaveLength(3);
  // One may come late on a busy machine; code that is thrown away again and again shows in each.
  expect(Math.min(...late)).toBe(0);
});
