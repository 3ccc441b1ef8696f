import { expect, it } from 'vitest';
import { judgedFeatures, windowOutlooks } from '../../src/inspect/detectable.js';
import { everyKindBaseline, ROWS } from './baselines.js';

it('windows hold as many rows as the baseline did in that time, and no more than it has', async () => {
  // A row a minute.
  const outlooks = windowOutlooks(await everyKindBaseline());
  expect(outlooks.map(({ window, rows }) => [window, rows])).toEqual([
    ['1h', 60],
    ['6h', 360],
    ['1d', 1441],
  ]);
  for (const { features } of outlooks) expect(features).toBe(judgedFeatures(await everyKindBaseline()).length);
});

it('without times windows are of rows', async () => {
  const { dependence: _, ...baseline } = await everyKindBaseline();
  const outlooks = windowOutlooks(baseline);
  expect(outlooks.map(({ window, rows }) => [window, rows])).toEqual([
    [undefined, 100],
    [undefined, 300],
    [undefined, 1000],
  ]);
  for (const outlook of outlooks) expect(outlook).not.toHaveProperty('guaranteed');
  expect(outlooks.at(-1)!.rows).toBeLessThanOrEqual(ROWS);
});

it('more independent values show smaller drift of more features', async () => {
  const { dependence: _, ...baseline } = await everyKindBaseline();
  const amount = baseline.features
    .filter(({ name }) => name === 'amount')
    .map(({ dependence: _d, ...feature }) => feature);
  const outlooks = windowOutlooks(baseline, amount);
  const medians = outlooks.flatMap(({ index }) => index?.median ?? []);
  expect(medians.length).toBeGreaterThan(1);
  expect([...medians].sort((a, b) => b - a)).toEqual(medians);
  // A warning can't be had of less than what the threshold asks for.
  for (const median of medians) expect(median).toBeGreaterThan(0.1);
});
