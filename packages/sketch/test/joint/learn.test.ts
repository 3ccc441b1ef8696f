import { describe, expect, it } from 'vitest';
import {
  bindBaseline,
  categorical,
  countSorted,
  judgeFeature,
  learnBaseline,
  type NumericBaseline,
  numeric,
  parseBaseline,
  stringifyBaseline,
  testsOf,
} from '../../src/index.js';
import { projected } from '../../src/joint/projection.js';
import { BaselineLearner } from '../../src/learning/learner.js';
import { mergeBaselineParts } from '../../src/parts/merge-parts.js';
import { refusal, rejection } from '../refusal.js';
import { jointModel, jointRows } from './rows.js';

describe('a baseline of a model that watches features together', () => {
  it('has the projections of the pairs that go together, counted as they are defined', async () => {
    const rows = jointRows(4, 2000, [0, 2, 0.7], [1, 3, -0.4]);
    const { joint } = await learnBaseline(jointModel(4), rows);
    expect(joint!.map(({ name, kind, terms: [[a], [b]] }) => [name, kind, a, b])).toEqual([
      ['joint.x0~x2', 'numeric', 'x0', 'x2'],
      ['joint.x1~x3', 'numeric', 'x1', 'x3'],
    ]);
    for (const { terms, cuts, counts, missing, invalid, min, max } of joint!) {
      const [[a], [b]] = terms;
      const numbers = rows.map(({ input }) => projected(terms, input[a] ?? Number.NaN, input[b] ?? Number.NaN));
      const present = Float64Array.from(numbers.filter(Number.isFinite)).sort();
      expect(countSorted(cuts, present)).toEqual(counts);
      expect([missing, invalid]).toEqual([numbers.length - present.length, 0]);
      expect([min, max]).toEqual([present[0], present.at(-1)]);
    }
    expect(joint!.map(({ missing }) => missing)).toEqual([100, 0]);
  });

  it('is the same but for them as one that does not', async () => {
    const rows = jointRows(4, 1000, [0, 1, 0.9]);
    const { joint, ...rest } = await learnBaseline(jointModel(4), rows);
    expect(joint).toHaveLength(2);
    expect(rest).toEqual(await learnBaseline(jointModel(4, false), rows));
  });

  it('has an empty list where there are no two numbers to watch', async () => {
    const model = { ...jointModel(1), features: { x0: numeric(), c: categorical() } };
    const baseline = await learnBaseline(model, jointRows(1, 1000));
    expect(baseline.joint).toEqual([]);
    expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    expect(bindBaseline(baseline, model)).toBeUndefined();
  });

  it('leaves a row out of a projection where a value of it is invalid', async () => {
    const rows = jointRows(2, 1000, [0, 1, 0.5]).map(({ input }, i) =>
      i % 10 === 0 ? { input: { ...input, x1: Number.POSITIVE_INFINITY } } : { input },
    );
    const [pair] = (await learnBaseline(jointModel(2), rows)).joint!;
    expect([pair!.missing, pair!.invalid]).toEqual([150, 0]);
  });

  it('knows how dependent projections are, as of every feature', async () => {
    const model = jointModel(2);
    const rows = jointRows(2, 8000, [0, 1, 0.5]).map(({ input }, i) => ({
      input: { x0: input['x0']!, x1: input['x1']! + 3 * Math.sin(i / 300) },
    }));
    const baseline = await learnBaseline(model, rows, { timeOrdered: true });
    const [pair] = baseline.joint!;
    expect(pair!.dependence!.lambda).toHaveLength(baseline.dependence!.blockRows.length);
    expect(Math.max(...pair!.dependence!.lambda)).toBeGreaterThan(20);
    const shuffled = await learnBaseline(model, rows);
    expect(shuffled.joint![0]!.dependence).toBeUndefined();
  });

  it('tells a relation that has turned round from one that holds, where no feature does', async () => {
    const { features, joint } = await learnBaseline(jointModel(2), jointRows(2, 10_000, [0, 1, 0.8]));
    const [pair] = joint!;
    const window = jointRows(2, 1000, [0, 1, -0.8]).map(({ input }) => ({
      a: input['x0'] ?? Number.NaN,
      b: input['x1']!,
    }));
    const verdict = (feature: NumericBaseline, numbers: readonly number[]) => {
      const present = Float64Array.from(numbers.filter(Number.isFinite)).sort();
      const cells = [...countSorted(feature.cuts, present), numbers.length - present.length, 0];
      return judgeFeature(cells, feature, { logAlpha: -15 }).verdict;
    };
    const [x0, x1] = features as [NumericBaseline, NumericBaseline];
    expect(
      verdict(
        x0,
        window.map(({ a }) => a),
      ),
    ).toBe('ok');
    expect(
      verdict(
        x1,
        window.map(({ b }) => b),
      ),
    ).toBe('ok');
    expect(
      verdict(
        pair!,
        window.map(({ a, b }) => projected(pair!.terms, a, b)),
      ),
    ).toBe('critical');
    expect(testsOf(pair!)).toBe(2);
  });
});

describe('a stream', () => {
  const rows = jointRows(3, 6000, [0, 1, 0.8]);
  const learn = (exactRows: number, times: boolean) => {
    const learner = new BaselineLearner(jointModel(3), {}, { exactRows, k: 4096 });
    for (const [i, row] of rows.entries()) learner.add(times ? { ...row, time: i * 60_000 } : row);
    return learner.finish();
  };

  it.each([true, false])('keeps the projections that its first rows chose (times: %s)', times => {
    const [whole, stream] = [learn(6000, times), learn(2000, times)];
    const first = new BaselineLearner(jointModel(3));
    for (const row of rows.slice(0, 2000)) first.add(row);
    expect(stream.joint!.map(({ terms }) => terms)).toEqual(first.finish().joint!.map(({ terms }) => terms));
    expect(stream.joint!.map(({ name }) => name)).toEqual(whole.joint!.map(({ name }) => name));
    expect(stream.joint![0]!.missing).toBe(300);
  });

  it('counts a projection as the rows that are kept would be counted', () => {
    const [pair] = learn(2000, false).joint!;
    const numbers = rows.map(({ input }) => projected(pair!.terms, input['x0'] ?? Number.NaN, input['x1']!));
    const present = Float64Array.from(numbers.filter(Number.isFinite)).sort();
    expect(pair!.counts.reduce((sum, count) => sum + count, 0)).toBe(present.length);
    expect([pair!.min, pair!.max]).toEqual([present[0], present.at(-1)]);
    for (const [i, count] of countSorted(pair!.cuts, present).entries()) {
      expect(Math.abs(count - pair!.counts[i]!)).toBeLessThan(0.01 * present.length);
    }
  });
});

describe('what can not be', () => {
  it('joint drift is not learned in parts', () => {
    const learner = new BaselineLearner(jointModel(2));
    expect(refusal('ERR_MODEL', () => learner.toBytes()).where).toBe('model.joint');
    for (const row of jointRows(2, 1000)) learner.add(row);
    expect(learner.finish().joint).toHaveLength(1);
    const part = new BaselineLearner(jointModel(2, false)).toBytes();
    expect(refusal('ERR_MODEL', () => mergeBaselineParts(jointModel(2), [part])).where).toBe('model.joint');
  });

  it('joint is true or false', () => {
    for (const joint of [1, 'true', null, {}]) {
      expect(refusal('ERR_MODEL', () => new BaselineLearner({ ...jointModel(2), joint } as never)).where).toBe(
        'model.joint',
      );
    }
  });

  it('a feature can not have a name as projections do, unless there are none', async () => {
    const features = { 'joint.x': numeric() };
    const error = await rejection('ERR_MODEL', learnBaseline({ ...jointModel(2), features }, []));
    expect([error.where, error.met]).toEqual(['feature "joint.x"', 'the prefix "joint."']);
    await rejection('ERR_BASELINE_TOO_SMALL', learnBaseline({ ...jointModel(2), features, joint: false }, []));
    await rejection(
      'ERR_BASELINE_TOO_SMALL',
      learnBaseline({ ...jointModel(2), features: { jointly: numeric() } }, []),
    );
  });

  it('a model with joint drift and a baseline without, or the other way round, do not go together', async () => {
    const rows = jointRows(2, 1000);
    const [joint, plain] = [await learnBaseline(jointModel(2), rows), await learnBaseline(jointModel(2, false), rows)];
    expect(bindBaseline(joint, jointModel(2))).toBeUndefined();
    expect(bindBaseline(plain, jointModel(2, false))).toBeUndefined();
    const { joint: _, ...silent } = jointModel(2);
    expect(bindBaseline(plain, silent)).toBeUndefined();
    for (const [baseline, model, met, expected] of [
      [plain, jointModel(2), 'no joint drift', 'joint drift'],
      [joint, jointModel(2, false), 'joint drift', 'no joint drift'],
      [joint, silent, 'joint drift', 'no joint drift'],
    ] as const) {
      const error = refusal('ERR_BASELINE_FEATURE', () => bindBaseline(baseline, model));
      expect([error.where, error.met, error.expected]).toEqual(['baseline.joint', met, expected]);
    }
  });
});
