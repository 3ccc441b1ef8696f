import { type Baseline, categorical, defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkContract } from '../../src/contract/check-contract.js';
import { Sample } from '../../src/contract/sample.js';

interface Row {
  readonly even: number | null;
  readonly heavy: number;
  readonly kind: string;
}

const MODEL = defineModel<Row>({
  name: 'm',
  version: '1',
  features: { even: numeric(), heavy: numeric(), kind: categorical() },
});

/** Numerical Recipes' generator: the same draws on every machine. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** One value in twenty is missing, one category in fifty is too rare to be kept, and one column has a tail that falls as 1/x. */
function rowOf(draw: () => number): Row {
  const which = draw();
  return {
    even: draw() < 0.05 ? null : draw(),
    heavy: 1 / draw(),
    kind: which < 0.02 ? `rare ${Math.floor(draw() * 1e6)}` : which < 0.5 ? 'a' : 'b',
  };
}

const NONE = () => false;

describe('samples as in training', () => {
  let baseline: Baseline;
  beforeAll(async () => {
    const draw = draws(1);
    baseline = await learnBaseline(
      MODEL,
      Array.from({ length: 5000 }, () => ({ input: rowOf(draw) })),
    );
  });

  const kept = (rows: number, draw: () => number): boolean => {
    const sample = new Sample(baseline, MODEL);
    for (let i = 0; i < rows; i++) sample.add({ input: rowOf(draw) });
    const features = sample.finish(name => name);
    const facts = { rows, source: 'sample', features, absent: [], extra: [], noNumbers: new Map() };
    return checkContract(baseline, facts, { mayBeMissing: NONE, mayLieOutside: NONE, showValues: false }).kept;
  };

  it.each([1, 7, 20, 100, 500])('break the contract no more than once in a thousand times, %d rows each', rows => {
    const draw = draws(rows);
    const samples = 2000;
    let broken = 0;
    for (let i = 0; i < samples; i++) if (!kept(rows, draw)) broken++;
    // Of 2,000 at 0.001, chance gives more than 9 in one of 20,000 runs.
    expect(broken).toBeLessThanOrEqual(9);
  });
});
