import { expect, it } from 'vitest';
import { exportSettings } from '../../src/export/options.js';
import { createMonitor, MonitorError } from '../../src/index.js';

const model = { name: 'm', version: '1' };

it('nothing said means every bin and the baseline, and no values', () => {
  expect(exportSettings()).toEqual({ bins: 16, baseline: true, values: false });
  expect(exportSettings({ bins: 4, values: true })).toEqual({ bins: 4, baseline: true, values: true });
});

it.each<[unknown, string]>([
  [{ bins: 5 }, 'export.bins'],
  [{ bins: 32 }, 'export.bins'],
  [{ bins: '8' }, 'export.bins'],
  [{ bins: true }, 'export.bins'],
  [{ bins: null }, 'export.bins'],
  [{ bins: Number.NaN }, 'export.bins'],
  [{ baseline: 'no' }, 'export.baseline'],
  [{ baseline: null }, 'export.baseline'],
  [{ values: 1 }, 'export.values'],
  [{ bins: 0, values: true }, 'export.values'],
  ['8', 'export'],
  [null, 'export'],
])('%j is refused at construction, and said where', (value, where) => {
  let refused: unknown;
  try {
    createMonitor({ model, export: value as never });
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(MonitorError);
  expect(refused).toMatchObject({ code: 'ERR_OPTION', message: expect.stringMatching(`^${where}: met `) });
});

it.each([16, 8, 4, 0] as const)('%i bins are taken, also where there is no baseline to cut', bins => {
  const handle = createMonitor({ model, export: { bins } });
  handle.start(1).end(1);
  expect(handle.report().calls.succeeded).toBe(1);
  handle.dispose();
});
