import { describe, expect, it } from 'vitest';
import {
  categorical,
  columns,
  defineModel,
  learnBaseline,
  type NumericBaseline,
  numeric,
  stringifyBaseline,
  type TrainingRow,
} from '../../src/index.js';
import { BaselineLearner } from '../../src/learning/learner.js';
import { FLIGHT_MODEL, flightRows } from '../flights.js';
import { range } from '../generated-rows.js';
import { refusal } from '../refusal.js';

const MODEL = defineModel<{ x: unknown }>({
  name: 'm',
  version: '1',
  features: { x: numeric({ select: row => row.x as number }) },
});
const rowOf = (x: unknown): TrainingRow<{ x: unknown }> => ({ input: { x } });

function learnerOf<Row>(
  model: ConstructorParameters<typeof BaselineLearner<Row>>[0],
  rows: Iterable<TrainingRow<Row>>,
): BaselineLearner<Row> {
  const learner = new BaselineLearner(model);
  for (const row of rows) learner.add(row);
  return learner;
}

describe('a learner', () => {
  it('gives what learnBaseline gives', async () => {
    const options = { provenance: { source: 'flights' }, timeOrdered: true };
    const learner = new BaselineLearner(FLIGHT_MODEL, options);
    for (const row of flightRows(3000)) learner.add(row);
    const baseline = await learnBaseline(FLIGHT_MODEL, flightRows(3000), options);
    expect(stringifyBaseline(learner.finish())).toBe(stringifyBaseline(baseline));
  });

  it('counts the rows that were added', () => {
    const learner = new BaselineLearner(FLIGHT_MODEL);
    expect(learner.rows).toBe(0);
    for (const row of flightRows(7)) learner.add(row);
    expect(learner.rows).toBe(7);
  });

  it('goes on after it was asked too early', () => {
    const learner = learnerOf(MODEL, range(999).map(rowOf));
    expect(refusal('ERR_BASELINE_TOO_SMALL', () => learner.finish()).met).toBe('999 rows');
    learner.add(rowOf(999));
    expect(learner.finish().rows).toBe(1000);
  });

  it('goes on after there was nothing to learn', () => {
    const learner = new BaselineLearner(defineModel({ name: 'm', version: '1' }));
    for (const input of range(1000)) learner.add({ input });
    refusal('ERR_MODEL', () => learner.finish());
    learner.add({ input: 0, output: { value: 3 } });
    expect(learner.finish().outputs.map(({ name, missing }) => [name, missing])).toEqual([['prediction.value', 1000]]);
  });

  it.each(['finish', 'toBytes'] as const)('ends with %s', end => {
    const learner = learnerOf(MODEL, range(1000).map(rowOf));
    learner[end]();
    for (const late of [
      () => learner.add(rowOf(1)),
      () => learner.addInput({ x: 1 }),
      () => learner.addOutput(undefined),
      () => learner.finish(),
      () => learner.toBytes(),
    ]) {
      expect(refusal('ERR_ROWS', late).where).toBe('learner');
    }
  });

  it('refuses what learnBaseline refuses at once', () => {
    refusal('ERR_MODEL', () => new BaselineLearner({ name: '', version: '1' }));
    const options = { provenance: { createdAt: 'yesterday' } };
    refusal('ERR_BASELINE_PROVENANCE', () => new BaselineLearner(MODEL, options));
  });
});

describe('a row that is refused', () => {
  const model = defineModel<{ x: number; pair: number[] | { data: number[]; dims: number[] } }>({
    name: 'm',
    version: '1',
    features: {
      x: numeric(),
      c: categorical({ select: row => row.x % 3 }),
      pair: columns(row => row.pair, ['p', 'q']),
    },
  });
  const good = (i: number) => ({ input: { x: i, pair: [i, -i] }, output: { value: i }, time: 60_000 * i });
  const batch = { data: [1, 2, 3, 4], dims: [2, 2] };
  const broken = new Error('a getter of the row');
  const bad: readonly [what: string, row: (i: number) => unknown][] = [
    ['no object', () => 5],
    ['without input', () => ({ output: {}, time: 0 })],
    ['with a batch', i => ({ ...good(i), input: { x: i, pair: batch } })],
    ['with a time that goes back', i => ({ ...good(i), time: 60_000 * (i - 2) })],
    ['without a time', i => ({ ...good(i), time: undefined })],
    ['with a time that is none', i => ({ ...good(i), time: new Date(Number.NaN) })],
  ];

  it.each(bad)('%s leaves everything as it was', async (_, row) => {
    const learner = new BaselineLearner(model);
    for (const i of range(1200)) {
      learner.add(good(i));
      if (i % 100 === 50) {
        const error = refusal('ERR_ROWS', () => learner.add(row(i + 1) as ReturnType<typeof good>));
        expect(error.where).toContain(`rows[${i + 1}]`);
      }
    }
    expect(learner.finish()).toEqual(await learnBaseline(model, range(1200).map(good)));
  });

  it('with the error of a getter of its own leaves everything as it was', async () => {
    const learner = learnerOf(model, range(1100).map(good));
    const row = {
      input: { x: 1, pair: [1, 1] },
      get output(): never {
        throw broken;
      },
    };
    expect(() => learner.add(row)).toThrow(broken);
    expect(learner.finish()).toEqual(await learnBaseline(model, range(1100).map(good)));
  });
});

describe('inputs and outputs that come apart', () => {
  const output = (i: number) => ({ label: i % 3 === 0, value: i });

  it('give the baseline of rows that came whole, where the rows have no order', async () => {
    const learner = new BaselineLearner(MODEL);
    for (const i of range(1200)) {
      learner.addInput({ x: i });
      // Outputs come three calls later, and the last two of them never.
      if (i >= 3) learner.addOutput(output(i - 3));
    }
    learner.addOutput(output(1197));
    const rows = range(1200).map(x => ({ input: { x }, output: x < 1198 ? output(x) : undefined }));
    expect(learner.finish()).toEqual(await learnBaseline(MODEL, rows));
  });

  it('are refused where there is an output more than inputs, and go on', () => {
    const learner = learnerOf(MODEL, range(1000).map(rowOf));
    const error = refusal('ERR_ROWS', () => learner.addOutput({ value: 1 }));
    expect([error.met, error.expected]).toEqual(['1001 outputs', 'at most 1000, as many as inputs']);
    learner.addInput({ x: 1 });
    learner.addOutput({ value: 1 });
    expect((learner.finish().outputs[0] as NumericBaseline).missing).toBe(1000);
  });

  it('that are late are still taken after the learner was asked too early', () => {
    const learner = new BaselineLearner(MODEL);
    for (const x of range(999)) learner.addInput({ x });
    refusal('ERR_BASELINE_TOO_SMALL', () => learner.finish());
    learner.addInput({ x: 1 });
    for (const value of range(1000)) learner.addOutput({ value });
    expect((learner.finish().outputs[0] as NumericBaseline).missing).toBe(0);
  });
});
