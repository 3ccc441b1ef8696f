import { expect, test } from 'vitest';
import { toAlerts, toSamples, toSeries } from '../src/prometheus-answers.js';

test('values are the doubles that PromQL has, the endless ones too', () => {
  const values = ['1e-05', '0.1', '+Inf', '-Inf', 'NaN', '9007199254740993'];
  const result = values.map((value, index) => ({ metric: { index: String(index) }, value: [1.5, value] }));
  expect(toSamples({ resultType: 'vector', result }).map(({ value }) => value)).toEqual([
    1e-5,
    0.1,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    9007199254740992,
  ]);
});

test('times are whole milliseconds, whatever fraction of a second says them', () => {
  const answer = { resultType: 'scalar', result: [1795271374.767, '2'] };
  expect(toSamples(answer)).toEqual([{ labels: {}, value: 2, timeMs: 1795271374767 }]);
});

test('a range query gives the points of each series', () => {
  const result = [
    {
      metric: { job: 'a' },
      values: [
        [1, '2'],
        [2.5, '3'],
      ],
    },
  ];
  expect(toSeries({ resultType: 'matrix', result })).toEqual([
    {
      labels: { job: 'a' },
      points: [
        { timeMs: 1000, value: 2 },
        { timeMs: 2500, value: 3 },
      ],
    },
  ]);
});

test('an answer of another kind is refused', () => {
  expect(() => toSamples({ resultType: 'matrix', result: [] })).toThrow(
    expect.objectContaining({ code: 'ERR_SERVER_ANSWER' }),
  );
  expect(() => toSeries({ resultType: 'vector', result: [] })).toThrow(
    expect.objectContaining({ code: 'ERR_SERVER_ANSWER' }),
  );
});

test('alerts say since when, and the value that made them', () => {
  const alert = {
    labels: { alertname: 'A' },
    annotations: {},
    state: 'firing',
    activeAt: '2026-01-02T03:04:05.678Z',
    value: '3e+00',
  };
  expect(toAlerts({ alerts: [alert] })).toEqual([
    {
      labels: { alertname: 'A' },
      annotations: {},
      state: 'firing',
      activeAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      value: 3,
    },
  ]);
});
