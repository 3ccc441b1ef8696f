import { expect, it } from 'vitest';
import { projected } from '../../src/joint/projection.js';

const HALF = [
  ['a', 0.5, 1],
  ['b', -2, 3],
] as const;

it('a projection adds what each column weighs, less its centre', () => {
  expect(projected(HALF, 5, 2)).toBe(0.5 * 4 + -2 * -1);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'it is missing where either is %d',
  absent => {
    expect(projected(HALF, absent, 1)).toBeNaN();
    expect(projected(HALF, 1, absent)).toBeNaN();
    expect(projected(HALF, absent, absent)).toBeNaN();
  },
);

it('it is missing where the sum overflows', () => {
  expect(projected(HALF, 1, Number.MAX_VALUE)).toBeNaN();
  expect(projected(HALF, Number.MAX_VALUE, 1)).toBe(0.5 * Number.MAX_VALUE + 4);
});
