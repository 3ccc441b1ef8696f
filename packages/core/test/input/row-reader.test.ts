import {
  type Baseline,
  categorical,
  columns,
  dateTime,
  embedding,
  type Feature,
  image,
  learnBaseline,
  type ModelSpec,
  numeric,
  tensor,
  text,
} from '@driftspan/sketch';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeCounting } from '../../src/counting.js';
import { driftSettings } from '../../src/drift/options.js';
import { Faults } from '../../src/faults.js';
import { unhandledDuring } from '../wrap/unhandled.js';

function countingOf(model: ModelSpec<never>, baseline?: Baseline) {
  const options = { model, readers: {}, settings: driftSettings({}), codegen: false, batch: false };
  return makeCounting(options, baseline, new Faults('test'));
}

/** What a record holds of a row of one feature `x`, or of a few. */
function valuesOf(features: Feature<never> | Record<string, Feature<never>>, row: unknown) {
  const declared = ('kind' in features ? { x: features } : features) as Record<string, Feature<never>>;
  const model: ModelSpec<never> = { name: 'm', version: '1', features: declared };
  return countingOf(model).reader.values(row);
}
const only = (input: Record<string, unknown>) => ({ input, missing: [], invalid: [] });

describe('a value is recorded as it counts', () => {
  test.each<[string, Feature<never>, unknown, unknown]>([
    ['a number as it is', numeric(), 1.5, 1.5],
    ['true as 1', numeric(), true, 1],
    ['a bigint as a number', numeric(), 7n, 7],
    ['a bigint beyond 2^53 as its text', numeric(), 2n ** 60n, '1152921504606846976'],
    ['a category by its text', categorical(), 'AA', 'AA'],
    ['a number as a category by its text', categorical(), 7, '7'],
    ['an empty category', categorical(), '', ''],
  ])('%s', (_what, feature, value, recorded) => {
    expect(valuesOf(feature, { x: value })).toEqual(only({ x: recorded }));
  });

  test('what `select` reads', () => {
    expect(valuesOf(numeric({ select: (row: { deep: { n: number } }) => row.deep.n }), { deep: { n: 3 } })).toEqual(
      only({ x: 3 }),
    );
  });

  test('features keep the order in which they were declared', () => {
    const { input } = valuesOf({ z: numeric(), a: categorical(), m: numeric() }, { a: 'a', m: 2, z: 1 });
    expect(Object.keys(input)).toEqual(['z', 'a', 'm']);
  });

  test('a text is recorded with its parts', () => {
    expect(valuesOf(text(), { x: 'It is 7!' }).input).toEqual({
      x: 'It is 7!',
      'x.length': 8,
      'x.words': 3,
      'x.punctuation': 1 / 8,
      'x.digits': 1 / 8,
      'x.nonAscii': 0,
      'x.repeated': 0,
    });
  });

  test.each<[string, unknown, string]>([
    ['a Date', new Date('2013-01-31T17:30Z'), '2013-01-31T17:30:00.000Z'],
    ['milliseconds', Date.parse('2013-01-31T17:30Z'), '2013-01-31T17:30:00.000Z'],
    ['a text', '2013-01-31T17:30', '2013-01-31T17:30'],
  ])('%s is a time, with its parts', (_what, value, iso) => {
    expect(valuesOf(dateTime(), { x: value })).toEqual(only({ x: iso, 'x.hour': 17.5, 'x.weekday': 4 }));
  });
});

describe('of numbers in bulk there are parts, shape and type, and no element', () => {
  const SECRET = 1234.5678;
  const numbers = Float32Array.from({ length: 300 }, (_, i) => (i === 150 ? SECRET : i % 7));
  test.each<[string, Feature<never>, unknown, Record<string, unknown>]>([
    [
      'an embedding',
      embedding({ projections: 0 }),
      numbers,
      { 'x.dimensions': 300, 'x.shape': [300], 'x.type': 'Float32Array' },
    ],
    [
      'a tensor',
      tensor(),
      { dims: [3, 100], type: 'float32', data: numbers },
      { 'x.shape': [3, 100], 'x.type': 'float32' },
    ],
    [
      'an image',
      image(),
      { data: new Uint8Array(300), width: 10, height: 10 },
      { 'x.size': 100, 'x.shape': [10, 10], 'x.type': 'Uint8Array' },
    ],
    [
      'a plain array',
      embedding({ projections: 0 }),
      [3, 4],
      { 'x.dimensions': 2, 'x.norm': 5, 'x.shape': [2], 'x.type': 'array' },
    ],
  ])('%s', (_what, feature, value, expected) => {
    const { input, missing, invalid } = valuesOf(feature, { x: value });
    expect(input).toMatchObject(expected);
    expect([missing, invalid]).toEqual([[], []]);
    expect(input).not.toHaveProperty('x');
    for (const told of Object.values(input)) expect(Array.isArray(told) ? told.length : 1).toBeLessThanOrEqual(3);
  });

  test('columns are the numbers of a batch of one row', () => {
    const feature = columns((row: Float32Array) => ({ dims: [1, 2], data: row }), ['a', 'b']);
    expect(valuesOf(feature, Float32Array.of(1, 2))).toEqual(only({ a: 1, b: 2 }));
  });

  test.each<[string, Feature<never>, unknown]>([
    ['columns', columns((row: { x: never }) => row.x, ['a', 'b']), { dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ['embeddings', embedding(), { dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
  ])('%s of several rows are shape and type alone', (_what, feature, x) => {
    expect(valuesOf(feature, { x })).toEqual(only({ 'x.shape': [2, 2], 'x.type': 'Float32Array' }));
  });

  test('a tensor on a graphics card is missing, and its data is never touched', () => {
    const value = {
      location: 'gpu-buffer',
      dims: [1, 3],
      type: 'float32',
      get data(): never {
        throw new Error('downloaded');
      },
    };
    expect(valuesOf(tensor(), { x: value })).toEqual({
      input: { 'x.shape': [1, 3], 'x.type': 'float32' },
      missing: ['x'],
      invalid: [],
    });
  });
});

describe('what is missing is named', () => {
  test.each<[string, Feature<never>, unknown]>([
    ['a number', numeric(), undefined],
    ['NaN', numeric(), Number.NaN],
    ['a category', categorical(), null],
    ['a text', text(), undefined],
    ['a time', dateTime(), Number.NaN],
    ['an image', image(), null],
  ])('%s', (_what, feature, value) => {
    expect(valuesOf(feature, { x: value })).toMatchObject({ input: {}, missing: ['x'], invalid: [] });
  });

  test('a part of what is there is named by its own name', () => {
    expect(valuesOf(text(), { x: '' })).toEqual({
      input: { x: '', 'x.length': 0, 'x.words': 0 },
      missing: ['x.punctuation', 'x.digits', 'x.nonAscii', 'x.repeated'],
      invalid: [],
    });
  });

  test.each([null, undefined])('of a row that is %o everything is', row => {
    expect(valuesOf({ a: numeric(), b: text() }, row)).toEqual({ input: {}, missing: ['a', 'b'], invalid: [] });
  });

  test('a name that every object has, where the row has none of its own', () => {
    expect(valuesOf({ constructor: categorical(), toString: numeric() }, {})).toEqual({
      input: {},
      missing: ['constructor', 'toString'],
      invalid: [],
    });
  });
});

describe('what is invalid is named with its type, never its value', () => {
  test.each<[string, Feature<never>, unknown, string]>([
    ['a numeric text', numeric(), '4111111111111111', 'x: string'],
    ['infinity', numeric(), Number.NEGATIVE_INFINITY, 'x: Infinity'],
    ['an object', numeric(), { secret: 1 }, 'x: object'],
    ['a category that is an object', categorical(), ['secret'], 'x: object'],
    ['a symbol', categorical(), Symbol('secret'), 'x: symbol'],
    ['a text that is a number', text(), 42, 'x: number'],
    ['a time that is any text', dateTime(), 'the secret day', 'x: string'],
    ['a tensor whose sizes do not fit', tensor(), { dims: [2], data: Float32Array.of(1) }, 'x: object'],
    ['an image of infinity', embedding({ projections: 0 }), [Number.POSITIVE_INFINITY], 'x.norm: Infinity'],
  ])('%s', (_what, feature, value, told) => {
    const values = valuesOf(feature, { x: value });
    expect(values.invalid).toEqual([told]);
    expect(JSON.stringify(values)).not.toMatch(/secret|4111|42/);
  });

  test('a reader that throws costs its own feature only', () => {
    const throws = numeric({
      select: () => {
        throw new Error('the secret');
      },
    });
    expect(valuesOf({ a: numeric(), b: throws, c: numeric() }, { a: 1, c: 3 })).toEqual({
      input: { a: 1, c: 3 },
      missing: [],
      invalid: ['b: threw'],
    });
  });

  test('a reader that gives a promise which rejects ends no process', async () => {
    const feature = numeric({ select: (() => Promise.reject(new Error('no'))) as never });
    const raised = await unhandledDuring(() => {
      expect(valuesOf(feature, {}).invalid).toEqual(['x: object']);
    });
    expect(raised).toEqual([]);
  });
});

describe('what may not stand in a record is not even read', () => {
  const unreadable = {
    get a(): never {
      throw new Error('read');
    },
    b: 1,
  };
  test.each<[string, Feature<never>]>([
    ['a sensitive feature', { ...numeric(), sensitive: true }],
    ['a sensitive text', { ...text(), sensitive: true }],
    ['a feature that is only counted', { ...numeric(), recorded: false }],
  ])('%s', (_what, feature) => {
    expect(valuesOf({ a: feature, b: numeric() }, unreadable)).toEqual(only({ b: 1 }));
  });

  test('what is not declared', () => {
    expect(valuesOf({ b: numeric() }, { b: 1, secret: 'x' })).toEqual(only({ b: 1 }));
  });
});

describe('the cells of a row', () => {
  const model = {
    name: 'm',
    version: '1',
    features: {
      n: numeric(),
      c: categorical(),
      t: text(),
      when: dateTime(),
      emb: embedding({ projections: 1 }),
      batch: columns((row: { batch: never }) => row.batch, ['b0', 'b1']),
    },
  } as const satisfies ModelSpec<never>;
  let baseline: Baseline;
  beforeAll(async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({
      input: {
        n: i % 97,
        c: 'abc'[i % 3]!,
        t: 'x '.repeat(i % 11),
        when: i * 3_600_000,
        emb: [i % 5, (i % 7) - 3],
        batch: { dims: [2], data: [i % 13, i] },
      } as never,
    }));
    baseline = await learnBaseline(model as ModelSpec<never>, rows);
  });

  const odd = fc.constantFrom<unknown>(undefined, null, Number.NaN, Number.POSITIVE_INFINITY, 'text', Symbol('s'), {});
  const number = fc.oneof(fc.integer({ min: -10, max: 2010 }), fc.double(), odd);
  const row = fc.record({
    n: number,
    c: fc.oneof(fc.constantFrom('a', 'b', 'zz', 1), odd),
    t: fc.oneof(fc.string(), odd),
    when: fc.oneof(fc.date(), number),
    emb: fc.oneof(fc.array(fc.double(), { maxLength: 3 }), odd),
    batch: fc.oneof(
      fc.tuple(number, number).map(data => ({ dims: [1, 2], data })),
      odd,
    ),
  });

  test('are those in which counting the row counts', () => {
    fc.assert(
      fc.property(row, input => {
        const { countRow, reader, ring, plans } = countingOf(model as ModelSpec<never>, baseline);
        countRow(input);
        const counted = plans.flatMap(({ cell, valued }) => {
          const found: number[] = [];
          // Bins, missing and invalid: what lies out of the range is counted beside.
          for (let i = 0; i < valued + 2; i++) {
            for (let times = ring.cells[cell + i]!; times > 0; times--) found.push(cell + i);
          }
          return found;
        });
        expect(reader.cells(input, [])).toEqual(counted);
      }),
    );
  });

  test('a value of several rows, or of none, has none', () => {
    const { reader, plans } = countingOf(model as ModelSpec<never>, baseline);
    const empty = { dims: [0, 2], data: [] };
    const two = { dims: [2, 2], data: [1, 2, 3, 4] };
    for (const batch of [empty, two]) {
      const cells = reader.cells({ n: 1, batch }, []);
      for (const { name, cell, valued } of plans) {
        const own = cells.filter(at => at >= cell && at < cell + valued + 3);
        expect(own).toHaveLength(name === 'b0' || name === 'b1' ? 0 : 1);
      }
    }
  });

  test('without a baseline there are none, and nothing is read', () => {
    const { reader } = countingOf(model as ModelSpec<never>);
    expect(reader.cells(new Proxy({}, { get: () => expect.fail('read') }), [])).toEqual([]);
  });

  test('are added to those that are there', () => {
    const { reader } = countingOf(model as ModelSpec<never>, baseline);
    expect(reader.cells({}, [-1])[0]).toBe(-1);
  });
});
