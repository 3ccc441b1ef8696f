import { describe, expect, it } from 'vitest';
import { dateTime, type Instant } from '../../src/index.js';
import { refusal } from '../refusal.js';
import { INVALID, MISSING, measured, measures, partsOf } from './measured.js';

const NOON = Date.UTC(2024, 1, 29, 12, 30); // a Thursday

it.each<[string, Instant]>([
  ['a Date', new Date(NOON)],
  ['milliseconds', NOON],
  ['a text in UTC', '2024-02-29T12:30:00Z'],
  ['a text without an offset', '2024-02-29 12:30'],
  ['a text with an offset', '2024-02-29T18:00:00.000+05:30'],
])('%s has an hour and a weekday', (_what, value) => {
  expect(partsOf(dateTime(), value)).toEqual({ hour: 12.5, weekday: 4 });
});

it.each(measures<[string, number]>('instants'))('the text %s is the time that Python has', (value, ms) => {
  const { hour, weekday } = partsOf(dateTime(), value);
  // Whole milliseconds are kept.
  expect([hour, weekday]).toEqual(Object.values(partsOf(dateTime(), Math.trunc(ms))));
  expect(partsOf(dateTime({ asOf: () => 0 }), value).age).toBe(-Math.trunc(ms) / 1000);
});

const times = measures<[string, number, number, number]>('times');
describe.each([...new Set(times.map(([zone]) => zone))])('in %s', timeZone => {
  it('hours and weekdays are those of Python, daylight saving included', () => {
    const feature = dateTime({ timeZone });
    for (const [zone, ms, hour, weekday] of times) {
      if (zone !== timeZone) continue;
      const met = partsOf(feature, ms);
      expect([ms, met.weekday]).toEqual([ms, weekday]);
      expect(Math.abs(met.hour - hour)).toBeLessThan(1e-9);
    }
  });
});

it('UTC by name is UTC', () => {
  for (const ms of [NOON, 0, -1, 8.64e15, -8.64e15]) {
    expect(measured(dateTime({ timeZone: 'UTC' }), ms)).toEqual(measured(dateTime(), ms));
  }
});

it('the hour stays below 24 and the weekday within the week at both ends of time', () => {
  for (const timeZone of ['UTC', 'Pacific/Apia', 'America/New_York']) {
    for (const ms of [8.64e15, -8.64e15, -1, -0.5, 0, 86_399_999.999]) {
      const { hour, weekday } = partsOf(dateTime({ timeZone }), ms);
      expect(hour).toBeGreaterThanOrEqual(0);
      expect(hour).toBeLessThan(24);
      expect([0, 1, 2, 3, 4, 5, 6]).toContain(weekday);
    }
  }
});

describe('age', () => {
  const feature = dateTime({ asOf: (row: { at: Instant }) => row.at });

  it('is the time from the value to asOf, in seconds', () => {
    expect(partsOf(feature, NOON, { at: new Date(NOON + 90_500) }).age).toBe(90.5);
    expect(partsOf(feature, NOON, { at: '2024-02-29T12:29Z' }).age).toBe(-60);
  });

  it('alone is missing or invalid where asOf is', () => {
    expect(partsOf(feature, NOON, { at: null })).toEqual({ hour: 12.5, weekday: 4, age: MISSING });
    expect(partsOf(feature, NOON, { at: Number.NaN }).age).toBe(MISSING);
    expect(partsOf(feature, NOON, { at: 'yesterday' })).toEqual({ hour: 12.5, weekday: 4, age: INVALID });
    expect(partsOf(feature, NOON, { at: new Date(Number.NaN) }).age).toBe(INVALID);
  });

  it('is not asked for where the value is missing', () => {
    const touchy = dateTime({ asOf: () => expect.unreachable() });
    expect(measured(touchy, null)).toEqual([[MISSING, MISSING, MISSING]]);
    expect(measured(touchy, Number.NaN)).toEqual([[MISSING, MISSING, MISSING]]);
  });

  it('of an asOf that throws is not measured at all', () => {
    const failure = new Error('asOf');
    const throwing = dateTime({
      asOf: () => {
        throw failure;
      },
    });
    expect(() => measured(throwing, NOON)).toThrow(failure);
  });

  it('of an asOf that gives a rejecting promise is invalid, and nothing is left unhandled', async () => {
    const raised: unknown[] = [];
    const note = (reason: unknown) => void raised.push(reason);
    process.on('unhandledRejection', note);
    const late = dateTime({ asOf: () => Promise.reject(new Error('late')) as never });
    expect(partsOf(late, NOON).age).toBe(INVALID);
    await new Promise(resolve => setTimeout(resolve, 10));
    process.off('unhandledRejection', note);
    expect(raised).toEqual([]);
  });
});

it.each([null, undefined, Number.NaN])('%s is missing', value => {
  expect(measured(dateTime(), value)).toEqual([[MISSING, MISSING]]);
});

it.each<[string, unknown]>([
  ['a Date that is none', new Date('garbage')],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a number beyond all dates', 8.64e15 + 1],
  ['a bigint', 5n],
  ['true', true],
  ['an object', { getTime: () => 0 }],
  ['a list', [NOON]],
  ['an empty text', ''],
  ['a number as a text', '1709209800000'],
  ['words', 'yesterday'],
  ['a date in another order', '29.02.2024'],
  ['a year alone', '2024'],
  ['the 30th of February', '2024-02-30'],
  ['the 29th of February of a common year', '2023-02-29T12:00Z'],
  ['the 31st of April', '2023-04-31'],
  ['a 13th month', '2023-13-01'],
  ['25 hours', '2023-01-01T25:00'],
  ['an offset without a time', '2023-01-01Z'],
  ['text behind it', '2023-01-01T10:00Zulu'],
  ['a long text', `2023-01-01T10:00:00.${'0'.repeat(1e6)}`],
])('%s is of a wrong type', (_what, value) => {
  expect(measured(dateTime(), value)).toBeUndefined();
});

it('a Date of another realm is a Date, and its own methods are not asked', async () => {
  const { runInNewContext } = await import('node:vm');
  expect(partsOf(dateTime(), runInNewContext(`new Date(${NOON})`)).hour).toBe(12.5);
  const date = Object.assign(new Date(NOON), {
    getTime: () => expect.unreachable(),
    valueOf: () => expect.unreachable(),
  });
  expect(partsOf(dateTime(), date).hour).toBe(12.5);
});

it('a time zone that does not exist is refused', () => {
  const error = refusal('ERR_MODEL', () => dateTime({ timeZone: 'Europe/Atlantis' }));
  expect([error.where, error.met]).toEqual(['dateTime timeZone', '"Europe/Atlantis"']);
  expect(error.cause).toBeInstanceOf(RangeError);
});

it('an asOf that is no function is refused', () => {
  expect(refusal('ERR_MODEL', () => dateTime({ asOf: NOON as never })).where).toBe('dateTime asOf');
});

it('more days than are kept are told apart all the same', () => {
  const feature = dateTime({ timeZone: 'Asia/Kathmandu' });
  for (let day = 0; day < 9000; day++) {
    // 5 h 30 before 1986, 5 h 45 since.
    const { hour } = partsOf(feature, day * 86_400_000);
    expect(hour).toBe(day < 5844 ? 5.5 : 5.75);
  }
});
