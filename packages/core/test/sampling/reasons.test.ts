import { expect, test } from 'vitest';
import { DRIFTED, ERROR, MISSING, reasonNames, SAMPLED, SLOW, TRIED } from '../../src/sampling/reasons.js';

test('reasons are named in one order, whatever came first', () => {
  expect(reasonNames(SLOW | SAMPLED | MISSING)).toEqual(['sampled', 'missing', 'slow']);
  expect(reasonNames(511)).toEqual([
    'sampled',
    'missing',
    'invalid',
    'out_of_range',
    'unseen',
    'drifted',
    'error',
    'low_confidence',
    'slow',
  ]);
});

test('a lost coin is no reason', () => {
  expect(reasonNames(0)).toEqual([]);
  expect(reasonNames(TRIED)).toEqual([]);
  expect(reasonNames(TRIED | DRIFTED | ERROR)).toEqual(['drifted', 'error']);
});
