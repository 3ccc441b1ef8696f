import { expect, it } from 'vitest';
import {
  baselineCells,
  findBin,
  judgeFeature,
  learnBaseline,
  logAlpha,
  type NumericBaseline,
  testsOf,
  text,
} from '../../src/index.js';
import { generator, range } from '../generated-rows.js';
import { measured } from './measured.js';

const WORDS = 'the flight was late and nobody told us why but crew were kind food cold seats fine again never'.split(
  ' ',
);
const ENDS = ['.', '.', '.', '!', '?', '...', ', really.', ' :-)'];

/** Reviews of 3 to 40 words in sentences. */
function reviews(count: number, seed: number): string[] {
  const next = generator(seed);
  const one = (): string => {
    let review = '';
    for (let left = 3 + Math.floor(next() * 38); left > 0; left--) {
      review += WORDS[Math.floor(next() * WORDS.length)];
      if (left === 1 || next() < 0.12) review += ENDS[Math.floor(next() * ENDS.length)];
      if (left > 1) review += ' ';
    }
    return review;
  };
  return range(count).map(one);
}

it('an upstream step that strips the punctuation is critical in the punctuation, and in nothing that it left alone', async () => {
  const model = { name: 'reviews', version: '1', features: { review: text() } };
  const baseline = await learnBaseline(
    model,
    reviews(10_000, 1).map(review => ({ input: { review } })),
  );
  const features = baseline.features as readonly NumericBaseline[];
  const tests = features.reduce((sum, feature) => sum + testsOf(feature), 0);
  // One false alarm a month, a look a minute.
  const options = { logAlpha: logAlpha({ count: 1, periodMs: 30 * 86_400_000, lookEveryMs: 60_000, tests }) };
  const verdicts = (texts: readonly string[]) =>
    Object.fromEntries(
      features.map((feature, k) => {
        const cells = baselineCells(feature).map(() => 0);
        for (const value of texts) {
          const x = measured(text(), value)![0]![k]!;
          cells[Number.isNaN(x) ? feature.counts.length : findBin(feature.cuts, x)]!++;
        }
        return [feature.name, judgeFeature(cells, feature, options).verdict];
      }),
    );

  const before = reviews(300, 2);
  expect(new Set(Object.values(verdicts(before)))).toEqual(new Set(['ok']));
  const stripped = before.map(review => review.replace(/[^\w\s]/g, ''));
  expect(verdicts(stripped)).toMatchObject({
    'review.punctuation': 'critical',
    'review.words': 'ok',
    'review.digits': 'ok',
    'review.nonAscii': 'ok',
  });
});
