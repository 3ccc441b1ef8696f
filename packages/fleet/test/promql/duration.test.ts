import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/promql/duration.js';

test('durations are read as Prometheus reads them', () => {
  const ms = (text: string) => parseDuration('tile', text).ms;
  expect(ms('5m')).toBe(300_000);
  expect(ms('1h30m')).toBe(5_400_000);
  expect(ms('1d')).toBe(86_400_000);
  expect(ms('1w')).toBe(7 * 86_400_000);
  expect(ms('1y2d')).toBe(367 * 86_400_000);
  expect(ms('1500ms')).toBe(1500);
  expect(ms('0s')).toBe(0);
});

test.each(['', '5', '5 m', 'm', '1m1h', '-5m', '1.5h', '5M'])('%j is no duration', text => {
  expect(() => parseDuration('lag', text)).toThrow(
    expect.objectContaining({ code: 'ERR_FLEET_OPTION', where: 'lag', met: JSON.stringify(text) }),
  );
});

test('lengths are written so that they read back', () => {
  expect(formatDuration(3_540_000)).toBe('59m');
  expect(formatDuration(86_340_000)).toBe('23h59m');
  expect(formatDuration(30 * 86_400_000)).toBe('30d');
  expect(formatDuration(0)).toBe('0s');
  for (const ms of [1, 999, 60_001, 90_000, 123_456_789]) expect(parseDuration('tile', formatDuration(ms)).ms).toBe(ms);
});
