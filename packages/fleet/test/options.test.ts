import { PSI_CRITICAL, PSI_WARNING } from '@driftspan/sketch';
import { expect, test } from 'vitest';
import { FleetError } from '../src/errors.js';
import { type RuleOptions, resolveOptions } from '../src/options.js';

test('the defaults are five-minute tiles, an hour and a day, one false alarm a month', () => {
  const options = resolveOptions();
  expect(options.tile.ms).toBe(300_000);
  expect(options.windows.map(({ text }) => text)).toEqual(['1h', '1d']);
  expect(options.falseAlarms).toBe(1);
  expect(options.by).toEqual([]);
});

test('the thresholds of the index are those of the verdict in a process', () => {
  expect(resolveOptions().psi).toEqual({ warning: PSI_WARNING, critical: PSI_CRITICAL });
  expect(resolveOptions({ psi: { warning: 0.2 } }).psi).toEqual({ warning: 0.2, critical: PSI_CRITICAL });
});

test.each<[string, RuleOptions]>([
  ['tile', { tile: '5 minutes' }],
  ['tile', { tile: '500ms' }],
  ['windows[0]', { windows: ['7m', '1d'] }],
  ['windows[0]', { windows: ['0s', '1d'] }],
  ['windows[1]', { windows: ['1h', '61m'] }],
  ['windows[1]', { windows: ['1d', '1h'] }],
  ['lag', { lag: '' }],
  ['lookback', { lookback: '1m' }],
  ['falseAlarms', { falseAlarms: 0 }],
  ['falseAlarms', { falseAlarms: Number.NaN }],
  ['psi.warning', { psi: { warning: -0.1 } }],
  ['psi.critical', { psi: { warning: 0.3 } }],
  ['by[0]', { by: ['not a label'] }],
  ['by[0]', { by: ['ml_bin'] }],
  ['by[0]', { by: ['le'] }],
  ['by[1]', { by: ['env', 'env'] }],
  ['bins', { bins: 1 }],
  ['bins', { bins: 101 }],
  ['bins', { bins: 8.5 }],
  ['for', { for: 'soon' }],
  ['latencyBudgets["fraud"]', { latencyBudgets: { fraud: 0 } }],
])('%s is refused: %j', (where, options) => {
  const refused = () => resolveOptions(options);
  expect(refused).toThrow(FleetError);
  expect(refused).toThrow(expect.objectContaining({ code: 'ERR_FLEET_OPTION', where }));
});
