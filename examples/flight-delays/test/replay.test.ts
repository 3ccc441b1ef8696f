import { expect, test } from 'vitest';
import type { Flight } from '../src/flight-model.js';
import { Flights } from '../src/flights.js';
import { replay } from '../src/replay.js';

/** Flights with only what a replay looks at. */
function flightsOf(rows: readonly { minute: number; month?: number; late?: boolean; after?: number }[]): Flights {
  const column = <T>(value: T): T[] => rows.map(() => value);
  return new Flights({
    scheduled: rows.map(({ minute }) => minute),
    month: rows.map(({ month = 1 }) => month),
    late: rows.map(({ late = null }: { late?: boolean | null }) => late),
    known_after: rows.map(({ after = null }: { after?: number | null }) => after),
    carrier: column('UA'),
    origin: column('EWR'),
    dest: column('ORD'),
    hour: column(8),
    distance: column(700),
    temp: column(null),
    dewp: column(null),
    humid: column(null),
    wind_speed: column(null),
    precip: column(null),
    pressure: column(null),
    visib: column(null),
  });
}

async function replayed(flights: Flights, months: readonly number[]): Promise<string[]> {
  const events: string[] = [];
  await replay(flights, months, {
    minute: minute => events.push(`minute ${minute}`),
    predict: async ({ id }: Flight) => {
      events.push(`ask ${id}`);
      return { label: 'on-time', probability: 0.8 };
    },
    landed: (id, label) => events.push(`landed ${id} ${label}`),
    monthEnd: async month => {
      events.push(`end ${month}`);
    },
  });
  return events;
}

test('an outcome comes when simulated time has reached it, and before the flights of that minute', async () => {
  const flights = flightsOf([
    { minute: 0, late: true, after: 60 },
    { minute: 59, late: false, after: 200 },
    { minute: 60 },
    { minute: 61 },
  ]);
  expect(await replayed(flights, [1])).toEqual([
    'minute 0',
    'ask 0',
    'minute 59',
    'ask 1',
    'minute 60',
    'landed 0 late',
    'ask 2',
    'minute 61',
    'ask 3',
    'landed 1 on-time',
    'end 1',
  ]);
});

test('a month ends after its last plane has landed and before the next month begins; a cancelled flight has no outcome', async () => {
  const flights = flightsOf([
    { minute: 0, late: true, after: 500 },
    { minute: 1 },
    { minute: 10, month: 2, late: false, after: 5 },
  ]);
  expect(await replayed(flights, [1, 2])).toEqual([
    'minute 0',
    'ask 0',
    'minute 1',
    'ask 1',
    'landed 0 late',
    'end 1',
    'minute 10',
    'ask 2',
    'landed 2 on-time',
    'end 2',
  ]);
});

test('an aborted replay throws the reason', async () => {
  const stop = new AbortController();
  const flights = flightsOf([{ minute: 0 }, { minute: 1 }]);
  const asked: string[] = [];
  const predict = async ({ id }: Flight) => {
    asked.push(id);
    stop.abort(new Error('enough'));
    return { label: 'late', probability: 0.5 };
  };
  const airport = { minute: () => {}, predict, landed: () => {}, monthEnd: async () => {} };
  await expect(replay(flights, [1], airport, stop.signal)).rejects.toThrow('enough');
  expect(asked).toEqual(['0']);
});
