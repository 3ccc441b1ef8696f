import { describe, expect, test } from 'vitest';
import { createMonitor, type Limits, MonitorError } from '../../src/index.js';

const model = { name: 'limits', version: '1' };
const watch = (limits: Limits) =>
  createMonitor<string, string>({ model, limits, output: { label: label => label }, predictionId: id => id });

describe('limits', () => {
  test('as many labels as are asked for have a count of their own', () => {
    const handle = watch({ labels: 2 });
    for (const label of ['a', 'b', 'c', 'd', 'a']) handle.start(label).end(label);
    const { predictions, dropped } = handle.report();
    expect(predictions).toEqual({ a: 2, b: 1, _OTHER: 2 });
    expect(dropped).toEqual({ label_limit: 2 });
    handle.dispose();
  });

  test('with room for none every label is _OTHER', () => {
    const handle = watch({ labels: 0 });
    handle.start('a').end('a');
    expect(handle.report().predictions).toEqual({ _OTHER: 1 });
    handle.dispose();
  });

  test('as many error types as are asked for have a duration of their own', () => {
    const handle = watch({ errorTypes: 1 });
    for (const error of [new TypeError('x'), new RangeError('x'), new TypeError('x')]) handle.start('a').fail(error);
    expect(handle.report().calls.errors).toEqual({ TypeError: 2, _OTHER: 1 });
    handle.dispose();
  });

  test('as many predictions wait as are asked for, the oldest goes', () => {
    const handle = watch({ pendingOutcomes: 2 });
    for (const id of ['a', 'b', 'c']) handle.start(id).end(id);
    expect(handle.report().outcomes.pending).toBe(2);
    expect([handle.recordOutcome('a', { label: 'a' }), handle.recordOutcome('c', { label: 'c' })]).toEqual([
      false,
      true,
    ]);
    expect(handle.report().dropped).toEqual({ pending_limit: 1, outcome_unknown: 1 });
    handle.dispose();
  });

  test.each<[keyof Limits, unknown]>([
    ['labels', -1],
    ['labels', 1025],
    ['labels', '64'],
    ['errorTypes', 1.5],
    ['pendingOutcomes', Number.NaN],
    ['pendingOutcomes', 1_000_001],
  ])('%s: %s is refused', (name, value) => {
    let refused: unknown;
    try {
      watch({ [name]: value } as Limits);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MonitorError);
    expect(refused).toMatchObject({ code: 'ERR_OPTION', expected: expect.stringContaining('a whole number from 0') });
  });
});
