import { expect, test } from 'vitest';
import { resolveOptions } from '../../src/options.js';
import { increaseOverTile, overWindows, tilesRange } from '../../src/promql/increase.js';

const options = resolveOptions({ tile: '10s', windows: ['1m', '5m'], lag: '3s', lookback: '2m' });

test('a tile starts where the one before it ended', () => {
  expect(increaseOverTile(['x_total'], options)).toBe(
    '(last_over_time(x_total[10s] offset 3s) - last_over_time(x_total[2m] offset 13s)) >= 0\n' +
      'or last_over_time(x_total[10s] offset 3s)',
  );
});

test('ranges hold whole tiles, whether both of their ends count or one', () => {
  for (const count of [1, 2, 6, 30]) {
    const range = tilesRange(count, options);
    const ms = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(range)!;
    const lengthMs = Number(ms[1] ?? 0) * 60_000 + Number(ms[2] ?? 0) * 1000;
    const ends = Array.from({ length: 40 }, (_, i) => i * 10_000);
    expect(ends.filter(at => at <= lengthMs)).toHaveLength(count);
    expect(ends.filter(at => at < lengthMs)).toHaveLength(count);
  }
});

test('windows are labelled as the options write them', () => {
  expect(overWindows('t', options)).toBe(
    'label_replace(sum_over_time(t[58s]), "ml_window", "1m", "", "")\n' +
      'or label_replace(sum_over_time(t[4m58s]), "ml_window", "5m", "", "")',
  );
});
