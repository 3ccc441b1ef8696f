import { expect, it } from 'vitest';
import {
  bindBaseline,
  categorical,
  cellCount,
  defineModel,
  findBin,
  judgeFeature,
  learnBaseline,
  logAlpha,
  numeric,
  parseBaseline,
  stringifyBaseline,
  testsOf,
  worstVerdict,
} from '../src/index.js';
import { generator, range } from './generated-rows.js';

it('training data becomes a file, and a later batch is judged against it', async () => {
  const model = defineModel({
    name: 'flight-delay',
    version: '2013.01',
    features: { distance: numeric(), carrier: categorical() },
  });

  const next = generator(3);
  const rows = range(20_000).map(() => ({
    input: { distance: 200 + 2000 * next(), carrier: next() < 0.3 ? 'AA' : 'UA' },
  }));
  const file = stringifyBaseline(await learnBaseline(model, rows));

  const baseline = parseBaseline(file);
  bindBaseline(baseline, model);
  const tests = baseline.features.reduce((sum, feature) => sum + testsOf(feature), 0);
  const options = { logAlpha: logAlpha({ count: 1, periodMs: 30 * 86_400_000, lookEveryMs: 3_600_000, tests }) };

  const verdictOn = (distances: readonly number[]) => {
    const distance = baseline.features[0]!;
    if (distance.kind !== 'numeric') throw new Error('distance is numeric');
    const counts = new Float64Array(cellCount(distance));
    for (const x of distances) counts[findBin(distance.cuts, x)]!++;
    return judgeFeature(counts, distance, options).verdict;
  };

  const usual = verdictOn(range(1000).map(() => 200 + 2000 * next()));
  const kilometres = verdictOn(range(1000).map(() => (200 + 2000 * next()) * 1.609));
  expect([usual, kilometres, worstVerdict([usual, kilometres])]).toEqual(['ok', 'critical', 'critical']);
});
