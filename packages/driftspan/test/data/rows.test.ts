import { fileURLToPath } from 'node:url';
import { BaselineLearner, learnBaseline, stringifyBaseline, type TrainingRow } from '@driftspan/sketch';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import {
  type Cursor,
  type DataRow,
  type DataSource,
  inferColumns,
  modelOf,
  planOf,
  profileColumns,
  type ReadPlan,
  readRows,
} from '../../src/data/index.js';
import { learnedWith } from './learned-with.js';
import { CHOICES, refusal, TempFiles, valuesRead, withSource } from './temp-files.js';

const files = new TempFiles();
const FLIGHTS = fileURLToPath(new URL('../../../../examples/flight-delays/data/flights-2013.parquet', import.meta.url));
const FEATURES = 'hour carrier origin dest distance temp dewp humid wind_speed wind_gust precip pressure visib'.split(
  ' ',
);
const numbers = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('\n');

describe('all flights of a year', () => {
  test('give the baseline that learnBaseline gives for the rows of another reader', async () => {
    type Row = Record<string, string | number | boolean | null>;
    const rows = (await parquetReadObjects({ file: await asyncBufferFromFile(FLIGHTS) })) as Row[];
    const expected = await learnedFromRows(rows);
    const learned = await withSource(FLIGHTS, learnedFlights);
    // The texts are 50 kB: a difference of them would take minutes to print.
    expect(learned === expected).toBe(true);
  });

  test('of January give the same from Parquet, CSV and JSON lines', async () => {
    const expected = await withSource({ files: [FLIGHTS], where: 'month = 1' }, learnedFlights);
    const query = `SELECT * FROM '${FLIGHTS}' WHERE month < 3`;
    const csv = await files.copy('flights.csv.gz', query, 'FORMAT csv, COMPRESSION gzip');
    const json = await files.copy('flights.jsonl.zst', query, 'FORMAT json, COMPRESSION zstd');
    for (const file of [csv, json]) {
      const learned = await withSource({ files: [file], where: "month = '1'" }, learnedFlights);
      expect(learned === expected, file).toBe(true);
    }
  });

  async function learnedFlights(source: DataSource): Promise<string> {
    const exclude = ['month'];
    const choices = { ...CHOICES, exclude, label: 'late', value: 'known_after', time: 'scheduled' };
    const plan = planOf(inferColumns(await profileColumns(source), choices));
    expect(plan.features.map(({ name }) => name)).toEqual(FEATURES);
    return learnedWith(source, plan);
  }

  async function learnedFromRows(rows: readonly Record<string, string | number | boolean | null>[]): Promise<string> {
    const kinds = new Set(['carrier', 'origin', 'dest']);
    const plan: ReadPlan = {
      features: FEATURES.map(name => ({ name, column: name, kind: kinds.has(name) ? 'categorical' : 'numeric' })),
    };
    const model = modelOf(plan, { name: 'm', version: '1' });
    const features = Object.fromEntries(
      Object.entries(model.features!).map(([name, { read: _, ...feature }]) => [name, feature]),
    );
    const training = rows.map((row): TrainingRow<Cursor> => {
      const { late, known_after, scheduled } = row as { late: boolean | null; known_after: number; scheduled: number };
      // Read by name, as a row of a user's is.
      const input = row as unknown as Cursor;
      return { input, output: { label: late, value: known_after }, time: scheduled };
    });
    return stringifyBaseline(await learnBaseline({ ...model, features }, training));
  }
});

describe('rows', () => {
  test('are one object each time, with features, output and time', async () => {
    const path = files.write('few.csv', 'a,b,answer,p,t\n1,x,late,0.5,10\n,,,,20\n');
    const plan: ReadPlan = {
      features: [
        { name: 'a', column: 'a', kind: 'numeric' },
        { name: 'b', column: 'b', kind: 'categorical' },
        { name: 'gone', column: undefined, kind: 'numeric' },
      ],
      label: 'answer',
      confidence: 'p',
      time: 't',
    };
    const seen = new Set<DataRow>();
    await withSource(path, source => readRows(source, plan, { each: row => seen.add(row) }));
    expect(seen.size).toBe(1);
    const { gone } = modelOf(plan, { name: 'm', version: '1' }).features!;
    expect(gone!.read!([...seen][0]!.input)).toBeUndefined();
    expect(
      await valuesRead(path, { a: 'numeric', b: 'categorical' }, { label: 'answer', confidence: 'p', time: 't' }),
    ).toEqual([
      [1, 'x', { label: 'late', confidence: 0.5 }, 10],
      [Number.NaN, undefined, { label: undefined, confidence: Number.NaN }, 20],
    ]);
  });

  test('come in the order of the files, and of their rows, however many threads read', async () => {
    const each = (file: number) => `n\n${numbers(20_000, i => String(file * 20_000 + i))}\n`;
    const paths = [0, 1, 2].map(file => files.write(`part-${file}.csv`, each(file)));
    const options = { files: [paths[0]!, paths[1]!, paths[2]!], threads: 4 };
    const read = await valuesRead(options, { n: 'numeric' });
    expect(read.every(([n], i) => n === i)).toBe(true);
    expect(read).toHaveLength(60_000);
  });

  test('come in order of time, those of one time as in the file', async () => {
    // 7919 is prime: every time comes, in a shuffled order, 10 rows each.
    const path = files.write('shuffled.csv', `t,n\n${numbers(50_000, i => `${(i * 7919) % 5000},${i}`)}\n`);
    const read = await valuesRead(path, { n: 'numeric' }, { time: 't' });
    const sorted = [...read].sort(([n, t], [m, u]) => Number(t) - Number(u) || Number(n) - Number(m));
    expect(read).toEqual(sorted);
    expect(read[0]).toEqual([0, 0]);
  });

  test('are sorted on disk where memory does not do, and nothing of it stays', async () => {
    const query = 'SELECT hash(i) AS t, i AS n, repeat(md5(i::VARCHAR), 8) AS words FROM range(400000) r(i)';
    const path = await files.copy('large.parquet', query);
    const features: ReadPlan['features'] = [{ name: 'words', column: 'words', kind: 'categorical' }];
    let before = Number.NEGATIVE_INFINITY;
    let sorted = true;
    const options = { files: [path], memory: '120MB', threads: 2 };
    const { rows } = await withSource(options, source =>
      readRows(
        source,
        { features, time: 't' },
        {
          each({ time }) {
            sorted &&= time! >= before;
            before = time!;
          },
        },
      ),
    );
    expect([rows, sorted]).toEqual([400_000, true]);
  });

  test('are timed by timestamps, dates, ISO 8601 and milliseconds alike', async () => {
    const ms = Date.UTC(2013, 0, 31);
    const query = `SELECT TIMESTAMP '2013-01-31 00:00:00' AS ts, TIMESTAMPTZ '2013-01-31 01:00:00+01' AS tz, DATE '2013-01-31' AS d, '2013-01-31T00:00Z' AS iso, ${ms} AS ms, TIMESTAMP_NS '2013-01-31 00:00:00' AS ns`;
    const path = await files.copy('times.parquet', query);
    for (const time of ['ts', 'tz', 'd', 'iso', 'ms', 'ns']) {
      expect(await valuesRead(path, {}, { time }), time).toEqual([[ms]]);
    }
    const csv = files.write('times.csv', `t\n2013-01-31\n${ms}\n2013-01-31 00:00:00.0004+00:00\n`);
    expect(await valuesRead(csv, {}, { time: 't' })).toEqual([[ms], [ms], [ms]]);
  });

  test('without a time are refused, all counted', async () => {
    const path = files.write('untimed.csv', `t,n\n1,1\n,2\nyesterday,3\n,4\n`);
    expect(await refusal(valuesRead(path, { n: 'numeric' }, { time: 't' }))).toBe(
      't: met 2 without a time and 1 with what is none, of 4 rows, expected a time in every row: a timestamp, a date, ISO 8601, or milliseconds since 1970 (ERR_DATA_TIME)',
    );
  });

  test('are read until the signal, and what each throws comes through', async () => {
    const path = await files.copy('million.parquet', 'SELECT i AS n FROM range(1000000) r(i)');
    const plan: ReadPlan = { features: [{ name: 'n', column: 'n', kind: 'numeric' }] };
    const controller = new AbortController();
    let seen = 0;
    const reading = withSource(path, source =>
      readRows(source, plan, {
        signal: controller.signal,
        each() {
          if (++seen === 10_000) controller.abort();
        },
      }),
    );
    expect(await refusal(reading)).toBe(
      'million.parquet: met a request to stop, expected the end of the data (ERR_CANCELLED)',
    );
    expect(seen).toBeLessThan(20_000);
    const thrown = new Error('of the caller');
    const each = () => {
      throw thrown;
    };
    await expect(withSource(path, source => readRows(source, plan, { each }))).rejects.toBe(thrown);
  });

  test('leave the event loop its turn', async () => {
    const path = await files.copy('turns.parquet', 'SELECT i AS n FROM range(1000000) r(i)');
    let turns = 0;
    let running = true;
    const turn = () => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    const plan: ReadPlan = { features: [{ name: 'n', column: 'n', kind: 'numeric' }] };
    await withSource(path, source => readRows(source, plan, { each: () => {} }));
    running = false;
    // A turn for each piece of 2,048 rows would be 489.
    expect(turns).toBeGreaterThan(100);
  });

  test('say how far they are, of how many if that is known', async () => {
    const path = files.write('progress.csv', `t\n${numbers(5000, String)}\n`);
    const told: [number, number | undefined][] = [];
    const onProgress = (done: number, total: number | undefined) => told.push([done, total]);
    await withSource(path, async source => {
      await readRows(source, { features: [] }, { each: () => {}, onProgress });
      await readRows(source, { features: [], time: 't' }, { each: () => {}, onProgress });
    });
    expect(told[0]).toEqual([2048, undefined]);
    expect(told.at(-1)).toEqual([5000, 5000]);
  });

  test('of a time-ordered file learn the same in any order of the file', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i},${Math.floor(i / 100) % 7}`);
    const learned = (name: string, rows: readonly string[]) =>
      withSource(files.write(name, `t,level\n${rows.join('\n')}\n`), source =>
        learnedWith(source, { features: [{ name: 'level', column: 'level', kind: 'numeric' }], time: 't' }),
      );
    const ordered = await learned('ordered.csv', lines);
    expect(await learned('reversed.csv', [...lines].reverse())).toBe(ordered);
    expect(ordered).toContain('"dependence"');
  });

  test('feed a learner through a model whose names JavaScript would trip over', async () => {
    const names = ['constructor', 'toString', '7', 'a b', '"', "'", 'é'];
    const header = names.map(name => `"${name.replaceAll('"', '""')}"`).join(',');
    const path = files.write('names.csv', `${header}\n${numbers(1000, i => names.map((_, k) => i * k).join(','))}\n`);
    const features = names.map(name => ({ name, column: name, kind: 'numeric' as const }));
    const learner = new BaselineLearner(modelOf({ features }, { name: 'm', version: '1' }));
    await withSource(path, source => readRows(source, { features }, { each: row => learner.add(row) }));
    const means = new Map(
      learner.finish().features.map(({ name, ...rest }) => [name, 'mean' in rest ? rest.mean : undefined]),
    );
    expect(names.map(name => means.get(name))).toEqual(names.map((_, k) => 499.5 * k));
  });
});
