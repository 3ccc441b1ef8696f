import { type Baseline, learnBaseline, type ModelSpec } from '@driftspan/sketch';
import { describe, expect, test } from 'vitest';
import {
  columns,
  dateTime,
  embedding,
  type Feature,
  image,
  monitor,
  monitorBatch,
  numeric,
  tensor,
  text,
} from '../../src/index.js';
import { dropped } from '../record/collected.js';
import { unhandledDuring } from '../wrap/unhandled.js';
import { binKinds } from './watched-rows.js';

type Features = { readonly [name: string]: Feature<never> };
let made = 0;

/** A watched function that gives its input back; what it counted of each feature, by name. */
function watch(features: Features, codegen: boolean, options: { baseline?: Baseline; name?: string } = {}) {
  const { baseline, name = `measured ${made++}` } = options;
  const model = { name, version: '1', features } as ModelSpec<unknown>;
  const predict = monitor((input: unknown) => input, {
    model,
    codegen,
    ...(baseline === undefined ? {} : { baseline }),
  });
  const totals = () =>
    Object.fromEntries(predict.monitor.report().features.map(feature => [feature.name, feature.totals]));
  return { predict, totals, faults: () => predict.monitor.report().dropped };
}

const counted = (valued: number, missing = 0, invalid = 0) => ({ valued, missing, invalid, outOfRange: 0 });

describe.each([true, false])('with codegen %s', codegen => {
  test('the parts of a value are features, in the place of its declaration', () => {
    const { predict } = watch({ first: numeric(), note: text(), last: numeric() }, codegen);
    predict({ first: 1, note: 'Hello, world!', last: 2 });
    const { features, dropped } = predict.monitor.report();
    expect(features.map(({ name, kind, totals }) => [name, kind, totals.valued])).toEqual([
      ['first', 'numeric', 1],
      ...['length', 'words', 'punctuation', 'digits', 'nonAscii', 'repeated'].map(part => [
        `note.${part}`,
        'numeric',
        1,
      ]),
      ['last', 'numeric', 1],
    ]);
    expect(dropped).toEqual({});
  });

  test('a value is read once for all its parts', () => {
    const { predict, totals } = watch({ note: text() }, codegen);
    let reads = 0;
    predict({
      get note() {
        reads++;
        return 'twice';
      },
    });
    expect(reads).toBe(1);
    expect(totals()['note.words']).toEqual(counted(1));
  });

  test('a missing value is missing in every part, and one of a wrong type invalid', () => {
    const { predict, totals, faults } = watch({ seen: dateTime(), note: text() }, codegen);
    for (const row of [null, {}, { seen: null, note: undefined }, { seen: Number.NaN }, 5]) predict(row);
    for (const row of [
      { seen: 'yesterday', note: 5 },
      { seen: new Date(Number.NaN), note: [] },
    ])
      predict(row);
    for (const part of Object.values(totals())) expect(part).toEqual(counted(0, 5, 2));
    expect(faults()).toEqual({});
  });

  test('a reader that throws makes every part invalid, and is one fault', async () => {
    const name = `throwing reader, ${codegen}`;
    const throws = (): never => {
      throw new Error('select');
    };
    const { predict, totals } = watch(
      {
        selected: text({ select: throws }),
        got: text(),
        late: dateTime({ select: () => 0, asOf: throws }),
        last: numeric(),
      },
      codegen,
      { name },
    );
    const row = {
      get got() {
        return throws();
      },
      last: 1,
    };
    expect(predict(row)).toBe(row);
    const { last, ...parts } = totals();
    expect(Object.keys(parts)).toHaveLength(15);
    for (const part of Object.values(parts)) expect(part).toEqual(counted(0, 0, 1));
    expect(last).toEqual(counted(1));
    expect(await dropped(name)).toEqual({ feature_reader: 3 });
  });

  test('a getter of the value that throws makes every part invalid, and is one fault', () => {
    const { predict, totals, faults } = watch({ input: tensor() }, codegen);
    const input = {
      dims: [2],
      get data() {
        throw new Error('data');
      },
    };
    predict({ input });
    for (const part of Object.values(totals())) expect(part).toEqual(counted(0, 0, 1));
    expect(faults()).toEqual({ feature_reader: 1 });
  });

  test('a promise instead of a value is invalid and raises nothing', async () => {
    const rejected = () => Promise.reject(new Error('no'));
    const { predict, totals, faults } = watch(
      {
        note: text({ select: rejected as never }),
        input: tensor(),
        at: dateTime({ select: () => 0, asOf: rejected as never }),
      },
      codegen,
    );
    const raised = await unhandledDuring(() =>
      predict({
        get input() {
          return rejected();
        },
      }),
    );
    expect(raised).toEqual([]);
    const { 'at.hour': hour, 'at.weekday': weekday, ...others } = totals();
    expect([hour, weekday]).toEqual([counted(1), counted(1)]);
    for (const part of Object.values(others)) expect(part).toEqual(counted(0, 0, 1));
    expect(faults()).toEqual({});
  });

  test('a rejected promise that lies in the row stays unhandled', async () => {
    const { predict } = watch({ input: tensor() }, codegen);
    const reason = new Error('of the application');
    expect(await unhandledDuring(() => void predict({ input: Promise.reject(reason) }))).toEqual([reason]);
  });

  test('a feature of the name of a method of every object counts only where the row has it itself', () => {
    const { predict, totals } = watch({ toString: text() }, codegen);
    predict({});
    predict({ toString: 'text' });
    expect(totals()['toString.length']).toEqual(counted(1, 1));
  });

  test('a reader that calls the model counts both calls, each in full', () => {
    const inner = (row: object) => {
      if (depth++ === 0) predict(row);
    };
    let depth = 0;
    const { predict, totals, faults } = watch(
      {
        at: dateTime({
          // The parts of the outer time are half written.
          asOf: () => {
            inner({ at: null, vector: [] });
            return 0;
          },
        }),
        vector: embedding({ projections: 1 }),
      },
      codegen,
    );
    predict({ at: 0, vector: [3, 4] });
    expect(totals()).toEqual({
      'at.hour': counted(1, 1),
      'at.weekday': counted(1, 1),
      'at.age': counted(1, 1),
      'vector.dimensions': counted(2),
      'vector.norm': counted(2),
      'vector.projection.0': counted(1, 1),
    });
    depth = 0;
    // The numbers of the outer vector are half read.
    const vector = new Proxy([3, 4], {
      get(target, key) {
        if (key === '1') inner({ at: 0, vector: [Number.NaN] });
        return Reflect.get(target, key);
      },
    });
    predict({ at: null, vector });
    expect(totals()['vector.norm']).toEqual(counted(3, 0, 1));
    expect(totals()['vector.projection.0']).toEqual(counted(2, 1, 1));
    expect(faults()).toEqual({});
  });

  test('every row of a tensor is counted, and every image of a batch', () => {
    const { predict, totals } = watch(
      {
        input: columns((row: { rows: Float32Array }) => ({ data: row.rows, dims: [3, 2] }), ['a', 'b']),
        photo: image(),
      },
      codegen,
    );
    predict({
      rows: Float32Array.of(1, 2, 3, Number.NaN, 5, Number.POSITIVE_INFINITY),
      photo: { data: new Uint8Array(24), dims: [2, 3, 2, 2] },
    });
    expect(totals()['a']).toEqual(counted(3));
    expect(totals()['b']).toEqual(counted(1, 1, 1));
    expect(totals()['photo.size']).toEqual(counted(2));
  });

  test('sizes that do not fit the names make every column invalid once', () => {
    const { predict, totals, faults } = watch({ input: columns((row: unknown) => row as never, ['a', 'b']) }, codegen);
    predict({ data: new Float32Array(300), dims: [100, 3] });
    expect([totals()['a'], totals()['b']]).toEqual([counted(0, 0, 1), counted(0, 0, 1)]);
    expect(faults()).toEqual({});
  });

  test('a tensor that is not in memory is missing, and its data is not asked for', () => {
    const { predict, totals, faults } = watch({ input: tensor() }, codegen);
    predict({
      input: {
        location: 'gpu-buffer',
        dims: [1],
        get data() {
          return expect.unreachable();
        },
      },
    });
    expect(totals()['input.mean']).toEqual(counted(0, 1));
    expect(faults()).toEqual({});
  });

  test('each row of a batch is measured by itself', () => {
    const predict = monitorBatch((rows: { note: string }[]) => rows, {
      model: { name: 'measured batch', version: '1', features: { note: text() } },
      codegen,
    });
    predict([{ note: 'a' }, { note: '' }, null as never]);
    const totals = Object.fromEntries(predict.monitor.report().features.map(({ name, totals }) => [name, totals]));
    expect(totals['note.length']).toEqual(counted(2, 1));
    expect(totals['note.repeated']).toEqual(counted(1, 2));
  });

  test('the parts are counted in the bins of their baseline, and exported under their names', async () => {
    const name = `measured and exported, ${codegen}`;
    const features = { note: text() };
    const rows = Array.from({ length: 1000 }, (_, i) => ({ input: { note: 'ab '.repeat(i) } }));
    const baseline = await learnBaseline({ name, version: '1', features }, rows);
    const { predict, totals } = watch(features, codegen, { baseline, name });
    predict({ note: 'ab '.repeat(500) });
    predict({ note: 'ab '.repeat(2000) });
    predict({ note: null });
    predict({ note: 5 });
    expect(await binKinds(name, 'note.length')).toEqual({ range: 2, missing: 1, invalid: 1 });
    expect(totals()['note.words']).toEqual({ valued: 2, missing: 1, invalid: 1, outOfRange: 1 });
    predict.monitor.dispose();
  });
});

test('a thousand parts are counted, each in its place', () => {
  const names = Array.from({ length: 994 }, (_, i) => `c${i}`);
  const { predict, totals } = watch(
    { note: text(), input: columns((row: { input: Float64Array }) => row.input, names) },
    true,
  );
  predict({ note: 'x', input: Float64Array.from(names, (_, i) => (i % 3 === 0 ? Number.NaN : i)) });
  const { c0: first, c1: second, c993: last } = totals();
  expect([first, second, last]).toEqual([counted(0, 1), counted(1), counted(0, 1)]);
});
