import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bindBaseline, learnBaseline, parseBaseline, stringifyBaseline } from '../../src/index.js';
import { GOLDEN_MODEL, goldenRows } from './rows.js';

// A new version of the format gets a file of its own; this one stays, and stays readable.
const text = readFileSync(new URL('driftspan.baseline.v1.json', import.meta.url), 'utf8');

it('the version 1 file is read, and written again byte for byte', () => {
  const baseline = parseBaseline(text);
  expect(baseline.rows).toBe(2000);
  expect(baseline.features).toHaveLength(10);
  expect(stringifyBaseline(baseline)).toBe(text);
});

it('the version 1 file is what the same rows still give', async () => {
  const provenance = { source: 'test/golden/rows.ts', createdAt: '2013-02-01T00:00:00Z' };
  expect(stringifyBaseline(await learnBaseline(GOLDEN_MODEL, goldenRows(), { provenance }))).toBe(text);
});

it('the version 1 file binds to its model', () => {
  expect(bindBaseline(parseBaseline(text), GOLDEN_MODEL, { requireSameVersion: true })).toBeUndefined();
});

it('the ids of the version 1 file are these', () => {
  const { features, outputs } = parseBaseline(text);
  expect([...features, ...outputs].map(({ name, id }) => [name, id])).toEqual([
    ['uniform', '7c0cbaddd47fda89'],
    ['tiny', '2580147d19267419'],
    ['signed', '72f27ef319cd795b'],
    ['integers', '4870e4d848b28588'],
    ['zeros', 'dd6a1213873d214e'],
    ['constant', '851717a3b029bd67'],
    ['absent', 'c33b44d836d22307'],
    ['extreme', '4ea861c00173f533'],
    ['carrier', '01df86b59fed7ec2'],
    ['awkward\n"name"', '1f5a323dc38c43ac'],
    ['prediction.label', '54bad227c2f8d9c9'],
    ['prediction.confidence', 'b14d4b071711aef5'],
  ]);
});
