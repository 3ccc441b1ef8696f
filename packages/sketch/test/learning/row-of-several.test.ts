import { describe, expect, it } from 'vitest';
import { columns, defineModel, embedding, image, learnBaseline, numeric, stringifyBaseline } from '../../src/index.js';
import { BaselineLearner } from '../../src/learning/learner.js';
import { range } from '../generated-rows.js';
import { refusal } from '../refusal.js';

interface Batch {
  readonly id: number;
  readonly table: unknown;
  readonly vectors: unknown;
  readonly photos: unknown;
}

const MODEL = defineModel<Batch>({
  name: 'm',
  version: '1',
  features: {
    id: numeric(),
    table: columns(batch => batch.table as null, ['a', 'b']),
    vector: embedding({ select: batch => batch.vectors as null, projections: 2 }),
    photo: image({ select: batch => batch.photos as null, layout: 'hwc' }),
  },
});
const tensor = (dims: readonly number[], first: number) => ({
  dims,
  data: Float64Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => first + i),
});
/** `rows` rows in each tensor, all numbers of them different. */
const batchOf = (id: number, rows: number): Batch => ({
  id,
  table: tensor([rows, 2], 100 * id),
  vectors: tensor([rows, 3], 200 * id + 1),
  photos: tensor([rows, 2, 2, 1], 300 * id),
});
/** What `batchOf` has in one row, as a value of its own. */
const rowOf = (id: number, row: number): Batch => ({
  id,
  table: tensor([1, 2], 100 * id + 2 * row),
  vectors: tensor([1, 3], 200 * id + 1 + 3 * row),
  photos: tensor([1, 2, 2, 1], 300 * id + 4 * row),
});

describe('of a value that holds several rows', () => {
  it('one is learned, the same of every value, as if it had come alone', async () => {
    const wanted = (id: number) => (id * 7) % 5;
    let id = 0;
    const learner = new BaselineLearner(MODEL, { rowOfSeveral: () => wanted(id) });
    for (id of range(1000)) learner.add({ input: batchOf(id, 5) });
    const alone = await learnBaseline(
      MODEL,
      range(1000).map(i => ({ input: rowOf(i, wanted(i)) })),
    );
    expect(stringifyBaseline(learner.finish())).toBe(stringifyBaseline(alone));
  });

  it('the function is asked once a training row, with how many there are', () => {
    const asked: number[] = [];
    const learner = new BaselineLearner(MODEL, { rowOfSeveral: rows => asked.push(rows) && rows - 1 });
    for (const rows of [3, 1, 2, 8]) learner.add({ input: batchOf(1, rows) });
    expect(asked).toEqual([3, 2, 8]);
  });

  it('beside one that holds a row, or nothing, is taken with it', () => {
    const learner = new BaselineLearner(MODEL, { rowOfSeveral: () => 2 });
    for (const id of range(1000)) {
      learner.add({ input: { ...batchOf(id, 4), vectors: null, photos: id % 2 === 0 ? 'none' : tensor([2, 2], id) } });
    }
    const { features } = learner.finish();
    const absent = features.map(({ name, missing, invalid }) => [name, missing, invalid]);
    expect(absent).toContainEqual(['a', 0, 0]);
    expect(absent).toContainEqual(['vector.norm', 1000, 0]);
    expect(absent).toContainEqual(['photo.brightness', 0, 500]);
    expect(features.find(({ name }) => name === 'a')).toMatchObject({ min: 4, max: 99_904 });
  });

  it('is read once, also where it is a getter', () => {
    let reads = 0;
    const learner = new BaselineLearner(MODEL, { rowOfSeveral: () => 1 });
    const { table, ...rest } = batchOf(1, 3);
    learner.add({
      input: {
        ...rest,
        get table() {
          reads++;
          return table;
        },
      },
    });
    expect(reads).toBe(1);
  });
});

describe('a row is refused, and leaves everything as it was,', () => {
  const refused: readonly [what: string, input: Batch, row: (rows: number) => unknown, where: string, met: string][] = [
    [
      'for values of two sizes',
      { ...batchOf(1, 3), photos: tensor([4, 2, 2, 1], 0) },
      () => 0,
      'rows[1].input, feature "photo"',
      'a batch of 4',
    ],
    [
      'for an empty value',
      { ...batchOf(1, 3), table: tensor([0, 2], 0) },
      () => 0,
      'rows[1].input, feature "table"',
      'a batch of 0',
    ],
    ['for an index that is the number of rows', batchOf(1, 3), rows => rows, 'rowOfSeveral', '3'],
    ['for an index below 0', batchOf(1, 3), () => -1, 'rowOfSeveral', '-1'],
    ['for half an index', batchOf(1, 3), () => 0.5, 'rowOfSeveral', '0.5'],
    ['for no index', batchOf(1, 3), () => undefined, 'rowOfSeveral', 'undefined'],
  ];

  it.each(refused)('%s', async (_, input, rowOfSeveral, where, met) => {
    const learner = new BaselineLearner(MODEL, { rowOfSeveral: rowOfSeveral as () => number });
    learner.add({ input: rowOf(0, 0) });
    const error = refusal('ERR_ROWS', () => learner.add({ input }));
    expect([error.where, error.met]).toEqual([where, met]);
    for (const id of range(999, 1)) learner.add({ input: rowOf(id, 0) });
    const rows = range(1000).map(id => ({ input: rowOf(id, 0) }));
    expect(learner.finish()).toEqual(await learnBaseline(MODEL, rows));
  });

  it('for a tensor that the function gave away', () => {
    const given = tensor([3, 2], 0);
    const learner = new BaselineLearner(MODEL, {
      rowOfSeveral: () => {
        structuredClone(given.data.buffer, { transfer: [given.data.buffer] });
        return 1;
      },
    });
    const error = refusal('ERR_ROWS', () => learner.add({ input: { ...rowOf(0, 0), table: given } }));
    expect(error.where).toBe('rows[0].input, feature "table"');
    expect(learner.rows).toBe(0);
  });

  it('with the error of the function itself', () => {
    const broken = new Error('of the function');
    const learner = new BaselineLearner(MODEL, {
      rowOfSeveral: () => {
        throw broken;
      },
    });
    expect(() => learner.add({ input: batchOf(0, 2) })).toThrow(broken);
    expect(learner.rows).toBe(0);
  });

  it('without such a function as ever', () => {
    const error = refusal('ERR_ROWS', () => new BaselineLearner(MODEL).add({ input: batchOf(0, 2) }));
    expect([error.met, error.expected]).toEqual(['a batch of 2', 'one row: learn from each row of a batch by itself']);
  });

  it('and something else than a function at once', () => {
    const error = refusal('ERR_ROWS', () => new BaselineLearner(MODEL, { rowOfSeveral: 0 as never }));
    expect([error.where, error.met]).toEqual(['rowOfSeveral', '0']);
  });
});
