import { expect, test } from 'vitest';
import { alarmGroups, alarmLines } from '../src/alarm-lines.js';
import type { AlarmFacts } from '../src/facts.js';

const DAY_MS = 86_400_000;

function opened(feature: string, cause: Partial<AlarmFacts['cause']> = {}): AlarmFacts {
  return {
    feature,
    change: 'opened',
    level: 'warning',
    at: '2013-08-23T04:00',
    openedAt: '2013-08-23T04:00',
    cause: { test: 'missing', windowMs: 7 * DAY_MS, psi: null, rate: 0.28, baselineRate: 0.002, ...cause },
    alsoMoved: ['hour', 'dewp'],
  };
}

test('features that rang together for the same reason are told in one line', () => {
  const alarms = [opened('temp'), opened('dewp'), opened('dest', { test: 'unseen', rate: 0.041, baselineRate: 0.031 })];
  expect(alarmLines(alarms)).toEqual([
    '  23 Aug 04:00  warning   temp, dewp: 28 % missing in 7 days, 0.2 % in January. Also moved: hour',
    '  23 Aug 04:00  warning   dest: 4.1 % rare or never seen in 7 days, 3.1 % in January. Also moved:',
    '                          hour, dewp',
  ]);
  expect(alarmGroups(alarms)).toHaveLength(2);
});

test('an alarm of a shape tells its index, and one that closed how long it lasted', () => {
  const shape = opened('hour', { test: 'shape', psi: 0.249, windowMs: 1.75 * DAY_MS, rate: null, baselineRate: null });
  const closed: AlarmFacts = { ...shape, change: 'closed', at: '2013-08-31T10:00', cause: null, alsoMoved: [] };
  expect([shape, closed].flatMap(alarm => alarmLines([alarm]))).toEqual([
    '  23 Aug 04:00  warning   hour: PSI 0.25 over 42 hours. Also moved: dewp',
    '  31 Aug 10:00  over      hour: after 8.3 days',
  ]);
});

test('lines keep to a terminal of 80 columns', () => {
  const lines = alarmLines(
    ['temp', 'dewp', 'humid', 'wind_speed', 'precip', 'visib'].map(name => opened(name)),
    undefined,
    80,
  );
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
});
