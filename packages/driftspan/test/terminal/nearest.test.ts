import { expect, it } from 'vitest';
import { nearest } from '../../src/terminal/nearest.js';

const NAMES = ['distance', 'dest', 'wind_speed', 'temp'];

it.each([
  ['distanse', 'distance'],
  ['windspeed', 'wind_speed'],
  ['tmep', 'temp'],
  ['DISTANCE', 'distance'],
  ['wind_spede', 'wind_speed'],
])('%s is %s', (met, meant) => {
  expect(nearest(met, NAMES)).toBe(meant);
});

it('another word is no mistake', () => {
  expect(nearest('humidity', NAMES)).toBeUndefined();
  expect(nearest('xy', NAMES)).toBeUndefined();
  expect(nearest('', NAMES)).toBeUndefined();
});
