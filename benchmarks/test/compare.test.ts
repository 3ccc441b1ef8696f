import { expect, test } from 'vitest';
import { compareTable, oneIn, verdict } from '../src/compare/table.js';
import { commitOf } from '../src/compare/trees.js';

test('a side is slower only if every round says so', () => {
  const range = (min: number, max: number) => verdict({ min, max });
  expect([range(1.01, 1.2), range(0.8, 0.99), range(0.9, 1.1), range(1, 1.1)]).toEqual([
    'slower in every round',
    'faster in every round',
    'not told apart',
    'not told apart',
  ]);
});

test('the ratio is taken within each round', () => {
  const cases = {
    watched: { time: { old: [100, 400, 200], new: [110, 440, 240] }, bytes: { old: 1057.4, new: 1105 } },
  };
  const [, , row] = compareTable(cases, { watched: { title: 'watched' } }).split('\n');
  expect(row).toBe('| watched | 200 ns | 240 ns | 1.10 × | 1.10 × – 1.20 × | slower in every round | 1057 | 1105 |');
});

test('seven rounds of two that are alike lie on one side once in 64 times', () => {
  expect(oneIn(7)).toBe(64);
});

test('a revision that git does not know is refused', () => {
  expect(() => commitOf('no-such-revision')).toThrow(
    '--compare: met no-such-revision, expected a commit, branch or tag',
  );
  // Nor is it taken for an option of git.
  expect(() => commitOf('--all')).toThrow('--compare: met --all');
});
