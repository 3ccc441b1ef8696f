import { describe, expect, it } from 'vitest';
import {
  bindBaseline,
  categorical,
  columns,
  dateTime,
  defineModel,
  embedding,
  type Feature,
  image,
  learnBaseline,
  type ModelSpec,
  modelReadings,
  type NumericBaseline,
  numeric,
  parseBaseline,
  stringifyBaseline,
  tensor,
  text,
} from '../../src/index.js';
import { range, repeated } from '../generated-rows.js';
import { refusal, rejection } from '../refusal.js';

type Features = { readonly [name: string]: Feature<never> };
const modelOf = (features: Features): ModelSpec<never> => ({ name: 'm', version: '1', features });
const columnNames = (features: Features) =>
  modelReadings(modelOf(features)).flatMap(reading => reading.columns.map(({ name }) => name));
const tabular = (...names: string[]) => columns(() => null, names);

describe('a feature is counted', () => {
  it('as itself if it is a number or a category', () => {
    const [distance, carrier] = modelReadings(modelOf({ distance: numeric(), carrier: categorical({ limit: 5 }) }));
    expect(distance!.columns).toEqual([{ name: 'distance', kind: 'numeric', limit: undefined, sensitive: false }]);
    expect(carrier!.columns).toEqual([{ name: 'carrier', kind: 'categorical', limit: 5, sensitive: false }]);
    expect([distance!.measures, carrier!.measures]).toEqual([undefined, undefined]);
  });

  it('by its parts if it is measured, in the place of its declaration', () => {
    expect(
      columnNames({
        first: numeric(),
        note: text(),
        photo: image(),
        vector: embedding({ projections: 1 }),
        input: tensor(),
        seen: dateTime({ asOf: () => 0 }),
        last: numeric(),
      }),
    ).toEqual([
      'first',
      ...['length', 'words', 'punctuation', 'digits', 'nonAscii', 'repeated'].map(part => `note.${part}`),
      ...['size', 'aspect', 'brightness', 'contrast'].map(part => `photo.${part}`),
      ...['dimensions', 'norm', 'projection.0'].map(part => `vector.${part}`),
      ...['mean', 'sd', 'min', 'max', 'zeros'].map(part => `input.${part}`),
      ...['hour', 'weekday', 'age'].map(part => `seen.${part}`),
      'last',
    ]);
    expect(columnNames({ seen: dateTime() })).toEqual(['seen.hour', 'seen.weekday']);
  });

  it('by names of their own if they are the columns of a tensor', () => {
    expect(columnNames({ input: tabular('distance', 'hour') })).toEqual(['distance', 'hour']);
    // The name of the tensor is nobody's.
    expect(columnNames({ input: tabular('input') })).toEqual(['input']);
  });
});

describe('a model is refused', () => {
  it.each<[string, Features, string]>([
    [
      'a part has the name of a feature before it',
      { 'note.length': numeric(), note: text() },
      'feature "note", part "note.length"',
    ],
    ['a part has the name of a feature behind it', { note: text(), 'note.length': numeric() }, 'feature "note.length"'],
    ['two tensors have a column of one name', { a: tabular('x'), b: tabular('y', 'x') }, 'feature "b", part "x"'],
    ['a tensor has two columns of one name', { a: tabular('x', 'x') }, 'feature "a", part "x"'],
    ['a column is called as an output', { a: tabular('prediction.label') }, 'feature "a", part "prediction.label"'],
    ['a column is called __proto__', { a: tabular('__proto__') }, 'feature "a", part "__proto__"'],
    ['a column has no name', { a: tabular('') }, 'feature "a", part ""'],
    ['a tensor has no columns', { a: tabular() }, 'feature "a"'],
    ['the names of columns are no texts', { a: tabular(5 as never) }, 'feature "a"'],
    ['a measured kind measures nothing', { a: { kind: 'text' } }, 'feature "a"'],
    [
      'a measured kind has no function',
      { a: { kind: 'text', measures: { parts: ['a'], measure: 5 as never } } },
      'feature "a"',
    ],
  ])('where %s', (_what, features, where) => {
    expect(refusal('ERR_MODEL', () => defineModel(modelOf(features))).where).toBe(where);
  });

  it('where the name of a part is too long', () => {
    const features = (length: number) => ({ ['x'.repeat(length)]: dateTime() });
    refusal('ERR_MODEL', () => defineModel(modelOf(features(249))));
    expect(defineModel(modelOf(features(248))).name).toBe('m');
  });

  it('with more than 1,000 features, parts counted', () => {
    const texts = (count: number) => Object.fromEntries(range(count).map(i => [`t${i}`, text()]));
    const error = refusal('ERR_MODEL', () => defineModel(modelOf(texts(167))));
    expect([error.where, error.met]).toEqual(['model.features', '1002 features, parts counted']);
    expect(defineModel(modelOf({ ...texts(166), a: tabular('1', '2', '3', '4') })).name).toBe('m');
  });
});

describe('a baseline', () => {
  interface Row {
    readonly note: string | null;
    readonly input: readonly number[];
    readonly at: number;
  }
  const model = defineModel<Row>({
    name: 'm',
    version: '1',
    features: {
      at: numeric(),
      note: text(),
      input: columns(row => row.input, ['a', 'b']),
      seen: dateTime({ select: row => row.at, asOf: row => row.at + 5000 }),
    },
  });
  const rows = range(1000).map(i => ({
    input: { note: i % 10 === 0 ? null : 'x'.repeat(i % 7), input: [i, -i], at: i * 3_600_000 },
  }));

  it('has each part as a numeric feature, in the order of declaration', async () => {
    const baseline = await learnBaseline(model, rows);
    expect(baseline.features.map(({ name, kind }) => [name, kind])).toEqual(
      modelReadings(model).flatMap(reading => reading.columns.map(({ name }) => [name, 'numeric'])),
    );
    const by = Object.fromEntries(baseline.features.map(feature => [feature.name, feature as NumericBaseline]));
    expect(by['note.length']).toMatchObject({ min: 0, max: 6, missing: 100, invalid: 0 });
    // An empty text has no shares.
    expect(by['note.repeated']!.missing).toBe(100 + rows.filter(({ input }) => input.note === '').length);
    expect(by['a']).toMatchObject({ min: 0, max: 999 });
    expect(by['b']).toMatchObject({ min: -999, max: 0 });
    expect(by['seen.age']).toMatchObject({ min: 5, max: 5 });
    for (const { counts, missing, invalid } of Object.values(by)) {
      expect(counts.reduce((sum, count) => sum + count, missing + invalid)).toBe(1000);
    }
    expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    expect(bindBaseline(baseline, model)).toBeUndefined();
  });

  it('does not bind to a model that measures something else', async () => {
    const baseline = await learnBaseline(model, rows);
    const other = (features: ModelSpec<Row>['features'] & object) => ({
      ...model,
      features: { ...model.features, ...features },
    });
    const refused = (features: ModelSpec<Row>['features'] & object) =>
      refusal('ERR_BASELINE_FEATURE', () => bindBaseline(baseline, other(features))).where;
    expect(refused({ note: numeric({ select: () => 1 }) })).toBe('baseline feature "note"');
    expect(refused({ seen: dateTime({ select: row => row.at }) })).toBe('baseline feature "seen.age"');
    expect(refused({ input: columns(row => row.input, ['a', 'c']) })).toBe('baseline feature "c"');
    expect(refused({ vector: embedding({ projections: 0 }) })).toBe('baseline feature "vector.dimensions"');
    // Where a part is what another model calls a feature of its own, it is the same thing.
    expect(bindBaseline(baseline, other({ input: columns(row => row.input, ['b', 'a']) }))).toBeUndefined();
  });

  it('counts a value that throws or is of a wrong type as invalid in every part', async () => {
    const odd = defineModel<{ i: number }>({
      name: 'm',
      version: '1',
      features: {
        thrown: text({
          select: () => {
            throw new Error('no');
          },
        }),
        wrong: text({ select: row => row.i as never }),
        throwing: tensor({
          select: () => ({
            dims: [1],
            get data(): unknown {
              throw new Error('no');
            },
          }),
        }),
      },
    });
    const { features } = await learnBaseline(
      odd,
      range(1000).map(i => ({ input: { i } })),
    );
    expect(features).toHaveLength(17);
    for (const { missing, invalid } of features) expect([missing, invalid]).toEqual([0, 1000]);
  });

  it.each([
    [{ data: new Float32Array(4), dims: [2, 2] }, 'a batch of 2'],
    [{ data: new Float32Array(0), dims: [0, 2] }, 'a batch of 0'],
  ])('is not learned of a batch in one tensor, case %#', async (batch, met) => {
    const spec = defineModel<{ x: typeof batch }>({
      name: 'm',
      version: '1',
      features: { input: columns(row => row.x, ['a', 'b']) },
    });
    const one = { data: new Float32Array(2), dims: [1, 2] };
    const error = await rejection(
      'ERR_ROWS',
      learnBaseline(
        spec,
        [...repeated(one, 3), batch].map(x => ({ input: { x } })),
      ),
    );
    expect([error.where, error.met]).toEqual(['rows[3].input, feature "input"', met]);
  });
});
