import { findEveryPromtool } from '@driftspan/servers';
import { expect, test } from 'vitest';
import { DRIFT_FACTS } from './alerts/drift-facts.js';
import { contradiction, misquotation, ruleFaults } from './alerts/facts.js';
import { runbookQueries } from './alerts/runbook-queries.js';
import { MODEL, SAYING_OPTIONS, SAYINGS } from './alerts/sayings.js';
import { SERVICE_FACTS } from './alerts/service-facts.js';

test.each(Object.entries({ ...DRIFT_FACTS, ...SERVICE_FACTS }))(
  'alerts about %s fire when they should, and not when they should not',
  async (_, facts) => {
    // The newest alone: where versions differ (edges of ranges, templates) is seen below and by the recording rules, on each.
    const [promtool] = findEveryPromtool();
    expect(await contradiction(promtool!, facts), promtool).toBe('');
  },
);

test('alerts name the model, the numbers and what is concerned', async () => {
  for (const promtool of findEveryPromtool())
    expect(await misquotation(promtool, MODEL, SAYINGS, SAYING_OPTIONS), promtool).toBe('');
});

test('both rule files and every query of the runbooks are valid', async () => {
  const queries = runbookQueries();
  expect(new Set(queries.map(({ page }) => page)).size).toBe(12);
  for (const promtool of findEveryPromtool()) expect(await ruleFaults(promtool, queries), promtool).toBe('');
});
