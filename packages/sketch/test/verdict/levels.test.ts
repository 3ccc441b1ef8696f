import { expect, test } from 'vitest';
import { VERDICT_LEVEL, type Verdict, worstVerdict } from '../../src/verdict/levels.js';

test('the worst verdict wins, whatever the order', () => {
  expect(worstVerdict(['ok', 'critical', 'notice'])).toBe('critical');
  expect(worstVerdict(['notice', 'ok', 'insufficient'])).toBe('notice');
  expect(worstVerdict(['ok', 'warning'])).toBe('warning');
});

test('insufficient is the verdict only if nothing could be judged', () => {
  expect(worstVerdict(['insufficient', 'ok'])).toBe('ok');
  expect(worstVerdict(['insufficient', 'insufficient'])).toBe('insufficient');
  expect(worstVerdict([])).toBe('insufficient');
});

test('the codes are those of ml.drift.status', () => {
  const order: Verdict[] = ['insufficient', 'ok', 'notice', 'warning', 'critical'];
  expect(order.map(verdict => VERDICT_LEVEL[verdict])).toEqual([-1, 0, 1, 2, 3]);
});
