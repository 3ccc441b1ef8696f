import { type Baseline, learnBaseline, type ModelSpec } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { columns, embedding, monitor, monitorBatch, numeric, text } from '../../src/index.js';
import { normals, uniforms } from '../drift/stream.js';
import { collected, dropped } from '../record/collected.js';
import { CorrelatedRows, jointModel, learned } from './correlated-rows.js';

let made = 0;

/** A model of `x` and `y`, which go together, and of `more` features, and what 1,000 of their rows teach. */
async function pairOf(more: ModelSpec<never>['features'] = {}) {
  const features = { x: numeric(), y: numeric(), ...more };
  const model = { name: `joint ${made++}`, version: '1', features, joint: true } as ModelSpec<unknown>;
  const next = normals(uniforms(1));
  const inputs = Array.from({ length: 1000 }, () => {
    const x = next();
    return { x, y: x + next() };
  });
  return {
    model,
    inputs,
    baseline: await learnBaseline(
      model,
      inputs.map(input => ({ input })),
    ),
  };
}

/** What a watched function counted of each feature. */
function watch(model: ModelSpec<unknown>, baseline: Baseline | undefined, codegen: boolean) {
  const predict = monitor((input: unknown) => input, {
    model,
    codegen,
    ...(baseline === undefined ? {} : { baseline }),
  });
  const totals = () => Object.fromEntries(predict.monitor.report().features.map(({ name, totals: t }) => [name, t]));
  return { predict, totals };
}

/** Counts by bin of a feature, missing and invalid last, as exported. */
async function bins(model: string, feature: string): Promise<unknown[]> {
  const series = await collected(model, 'ml.feature.bins');
  return series.filter(({ attributes }) => attributes['ml.feature.name'] === feature).map(({ value }) => value);
}

const counted = (valued: number, missing = 0, invalid = 0) => ({ valued, missing, invalid, outOfRange: 0 });

describe.each([true, false])('with codegen %s', codegen => {
  it('the training rows, served, are counted as they were learned', async () => {
    const model = jointModel(`joint learned and served, ${codegen}`, 9);
    const baseline = await learned(model, new CorrelatedRows(9, -0.6, 1), 3000);
    const { predict } = watch(model as ModelSpec<unknown>, baseline, codegen);
    const again = new CorrelatedRows(9, -0.6, 1);
    for (let i = 0; i < 3000; i++) predict(again.row());
    expect(baseline.joint).toHaveLength(4);
    for (const { name, counts, missing, invalid } of baseline.joint!) {
      expect(await bins(model.name, name)).toEqual([...counts, missing, invalid]);
    }
  });

  it('a pair is missing where either is missing, invalid or can not be read', async () => {
    const { model, baseline } = await pairOf();
    const { predict, totals } = watch(model, baseline, codegen);
    for (const x of [0, Number.NaN, null, undefined, Number.POSITIVE_INFINITY, '1', {}]) predict({ x, y: 0 });
    predict({
      x: 0,
      get y() {
        throw new Error('getter');
      },
    });
    predict(null);
    predict({ x: Number.MAX_VALUE, y: -Number.MAX_VALUE });
    expect(totals()['joint.x~y']).toMatchObject({ valued: 1, missing: 9, invalid: 0 });
  });

  it('booleans and bigints are numbers in it too', async () => {
    const { model, baseline } = await pairOf();
    const { predict, totals } = watch(model, baseline, codegen);
    for (const x of [true, 1n, 1]) for (const y of [false, 0n, 0]) predict({ x, y });
    expect(totals()['joint.x~y']).toEqual(counted(9));
    const filled = (await bins(model.name, 'joint.x~y')).filter(count => count !== 0);
    expect(filled).toEqual([9]);
  });

  it('features far apart, read by functions of their own, are watched together', async () => {
    const model = jointModel(`joint of 150, ${codegen}`, 150) as ModelSpec<unknown>;
    const source = new CorrelatedRows(150, 0, 1);
    const swapped = () => {
      const { x1, x149, ...rest } = source.row();
      return { ...rest, x1: x149, x149: x1! + 2 * rest['x0']! };
    };
    const rows = Array.from({ length: 1000 }, () => ({ input: swapped() }));
    const baseline = await learnBaseline(model, rows);
    expect(baseline.joint![0]!.name).toBe('joint.x0~x149');
    const { predict } = watch(model, baseline, codegen);
    for (const { input } of rows) predict(input);
    const { counts } = baseline.joint![0]!;
    expect(await bins(model.name, 'joint.x0~x149')).toEqual([...counts, 0, 0]);
  });

  it('a reader that calls the model takes no number from the row under way', async () => {
    const { model, baseline, inputs } = await pairOf();
    const { predict } = watch(model, baseline, codegen);
    const inner = { x: 5, y: 5 };
    for (const { x, y } of inputs) {
      let called = false;
      predict({
        x,
        get y() {
          if (!called) {
            called = true;
            predict(inner);
          }
          return y;
        },
      });
    }
    const once = watch(
      { ...model, name: `${model.name} again` },
      { ...baseline, model: { ...baseline.model, name: `${model.name} again` } },
      codegen,
    );
    for (const input of inputs) {
      once.predict(input);
      once.predict(inner);
    }
    expect(await bins(model.name, 'joint.x~y')).toEqual(await bins(`${model.name} again`, 'joint.x~y'));
    expect(await dropped(model.name)).toEqual({});
  });

  it('parts of a value and other features are watched together', async () => {
    const features = { note: text(), size: numeric() };
    const model = { name: `joint of parts, ${codegen}`, version: '1', features, joint: true } as ModelSpec<unknown>;
    const next = uniforms(3);
    const rows = Array.from({ length: 1000 }, () => {
      const words = 1 + Math.floor(next() * 50);
      return { input: { note: 'ab, '.repeat(words), size: words + 3 * next() } };
    });
    const baseline = await learnBaseline(model, rows);
    const across = baseline.joint!.find(({ terms }) => terms.some(([name]) => name === 'size'))!;
    const { predict, totals } = watch(model, baseline, codegen);
    for (const { input } of rows) predict(input);
    for (const { name, counts, missing, invalid } of baseline.joint!) {
      expect(await bins(model.name, name)).toEqual([...counts, missing, invalid]);
    }
    predict({ note: 5, size: 1 });
    expect(totals()[across.name]).toMatchObject({ valued: 1000, missing: 1, invalid: 0 });
  });

  it('each row of a tensor is projected, and never with what the call has beside it', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const features = {
      input: columns((row: { input: never }) => row.input, names),
      beside: numeric(),
      other: numeric(),
    };
    const model = { name: `joint of tensors, ${codegen}`, version: '1', features, joint: true } as ModelSpec<unknown>;
    const next = normals(uniforms(4));
    const drawn = Array.from({ length: 1000 }, () => {
      const [a, b] = [next(), next()];
      return [a, a + b, b, next()];
    });
    const rows = drawn.map(values => ({
      input: {
        input: { data: Float64Array.from(values), dims: [1, 4] },
        beside: values[0]! + values[1]!,
        other: values[3]!,
      },
    }));
    const baseline = await learnBaseline(model, rows);
    expect(baseline.joint!.map(({ terms: [[a], [b]] }) => [a, b].filter(name => names.includes(name)).length)).toEqual(
      expect.arrayContaining([0, 2]),
    );
    expect(baseline.joint!.some(({ terms: [[a], [b]] }) => names.includes(a) !== names.includes(b))).toBe(false);
    const { predict, totals } = watch(model, baseline, codegen);
    predict({ input: { data: Float64Array.from(drawn.flat()), dims: [1000, 4] }, beside: 1, other: 2 });
    for (const { name, counts, terms } of baseline.joint!) {
      if (names.includes(terms[0][0])) expect(await bins(model.name, name)).toEqual([...counts, 0, 0]);
      else expect(totals()[name]).toEqual(counted(1));
    }
  });

  it('projections of a file that mixes a value of several rows with others are missing for it', async () => {
    const features = { input: columns((row: { input: never }) => row.input, ['a', 'b']), beside: numeric() };
    const model = { name: `joint mixed, ${codegen}`, version: '1', features, joint: true } as ModelSpec<unknown>;
    const next = normals(uniforms(5));
    const rows = Array.from({ length: 1000 }, () => ({ input: { input: [next(), next()], beside: next() } }));
    const good = await learnBaseline(model, rows);
    const [joint] = good.joint!;
    const mixed = { ...joint!, name: 'joint.mixed', terms: [joint!.terms[0], ['beside', 1, 0]] as const };
    const { predict, totals } = watch(model, { ...good, joint: [mixed] }, codegen);
    predict({ input: [0, 0], beside: 0 });
    predict({ input: { data: new Float64Array(6), dims: [3, 2] }, beside: 0 });
    predict({ input: { data: new Float64Array(0), dims: [0, 2] }, beside: 0 });
    expect(totals()['joint.mixed']).toEqual(counted(1, 2));
    expect(totals()['a']).toEqual(counted(4));
  });
});

it('rows of a batch are projected one by one', async () => {
  const { model, baseline, inputs } = await pairOf();
  const predict = monitorBatch((rows: unknown[]) => rows, { model, baseline });
  for (let i = 0; i < 1000; i += 50) predict(inputs.slice(i, i + 50));
  const [joint] = baseline.joint!;
  expect(await bins(model.name, 'joint.x~y')).toEqual([...joint!.counts, 0, 0]);
});

it('without a baseline there is nothing to project', () => {
  const { predict, totals } = watch(jointModel('joint without baseline', 2) as ModelSpec<unknown>, undefined, true);
  predict({ x0: 1, x1: 2 });
  expect(Object.keys(totals())).toEqual(['x0', 'x1']);
});

it('embeddings of one call are not watched together with its numbers', async () => {
  const { baseline } = await pairOf({ vector: embedding({ select: () => [1, 2], projections: 1 }) });
  expect(baseline.joint!.map(({ name }) => name)).toEqual(['joint.x~y']);
});
