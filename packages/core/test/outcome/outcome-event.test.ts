import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';
import { outcomeAttributes } from '../../src/outcome/outcome-event.js';
import { realLogs } from '../record/real-logs.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';

describe('the attributes of ml.outcome', () => {
  test('are the id, what came true, and whether the label was right', () => {
    expect(outcomeAttributes({ id: 'a', actual: { label: 'late', value: 12.5 }, correct: false })).toEqual({
      'ml.prediction.id': 'a',
      'ml.outcome.label': 'late',
      'ml.outcome.value': 12.5,
      'ml.outcome.correct': false,
    });
  });

  test('leave out what was not told', () => {
    const actual = { label: undefined, value: undefined };
    expect(outcomeAttributes({ id: 'a', actual, correct: undefined })).toEqual({ 'ml.prediction.id': 'a' });
    expect(outcomeAttributes({ id: 'a', actual: { ...actual, value: 0 }, correct: undefined })).toEqual({
      'ml.prediction.id': 'a',
      'ml.outcome.value': 0,
    });
  });

  test('have no free text for a label', () => {
    const of = (length: number) =>
      outcomeAttributes({ id: 'a', actual: { label: 'x'.repeat(length), value: undefined }, correct: true });
    expect(of(256)['ml.outcome.label']).toBe('x'.repeat(256));
    expect(of(257)['ml.outcome.label']).toBe('_OTHER');
  });
});

describe('the event', () => {
  let logs: ReturnType<typeof realLogs>;
  beforeEach(() => {
    registerSdk();
    logs = realLogs();
  });
  afterEach(unregisterSdk);

  interface Flight {
    readonly id: string;
    readonly minutes: number;
  }
  const watched = (rate: number) =>
    monitor((flight: Flight) => ({ label: flight.minutes > 15 ? 'late' : 'on time', minutes: flight.minutes }), {
      model: { name: 'events', version: '1' },
      output: { label: out => out.label, value: out => out.minutes },
      predictionId: flight => flight.id,
      sampling: { rate, maxPerSecond: Number.POSITIVE_INFINITY },
      loggerProvider: logs.provider,
    });
  const outcomes = () => logs.events().filter(({ name }) => name === 'ml.outcome');

  test('goes with a prediction that was recorded, once', () => {
    const predict = watched(1);
    predict({ id: 'a', minutes: 20 });
    expect(predict.monitor.recordOutcome('a', { label: 'on time', value: 3 })).toBe(true);
    predict.monitor.recordOutcome('a', { label: 'on time' });
    expect(outcomes()).toMatchObject([
      {
        severity: 'INFO',
        attributes: {
          'ml.model.name': 'events',
          'ml.prediction.id': 'a',
          'ml.outcome.label': 'on time',
          'ml.outcome.value': 3,
          'ml.outcome.correct': false,
        },
      },
    ]);
  });

  test('does not say again what was predicted: that stands in the record, as it was redacted', () => {
    const predict = watched(1);
    predict({ id: 'a', minutes: 20 });
    predict.monitor.recordOutcome('a', { value: 3 });
    expect(Object.keys(outcomes()[0]!.attributes).filter(name => name.startsWith('ml.prediction.'))).toEqual([
      'ml.prediction.id',
    ]);
    expect(JSON.stringify(outcomes())).not.toMatch(/late|20/);
  });

  test('there is none for a prediction that was not recorded, nor for one told without an id', () => {
    const predict = watched(0);
    predict({ id: 'a', minutes: 20 });
    expect(predict.monitor.recordOutcome('a', { label: 'late' })).toBe(true);
    predict.monitor.recordOutcome({ predicted: { label: 'a' }, actual: { label: 'b' } });
    expect(outcomes()).toEqual([]);
    expect(predict.monitor.report().outcomes.known).toBe(2);
  });

  test('there is none for an outcome that nothing can be compared with', () => {
    const predict = watched(1);
    predict({ id: 'a', minutes: 20 });
    expect(predict.monitor.recordOutcome('a', { label: null as never })).toBe(false);
    expect(outcomes()).toEqual([]);
    expect(predict.monitor.recordOutcome('a', { label: 'late' })).toBe(true);
    expect(outcomes()).toHaveLength(1);
  });
});
