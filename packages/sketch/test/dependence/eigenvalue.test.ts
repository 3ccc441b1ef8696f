import { describe, expect, test } from 'vitest';
import { largestEigenpair } from '../../src/dependence/eigenvalue.js';
import { fixture } from '../reference/fixtures.js';

interface Case {
  readonly name: string;
  readonly size: number;
  readonly matrix: number[];
  readonly largest: number;
}

const cases = fixture<Case>('eigenvalues.json');

describe('the largest eigenvalue', () => {
  test.each(cases)('$name', ({ size, matrix, largest }) => {
    const norm = Math.max(...matrix.map(Math.abs));
    const { value, vector } = largestEigenpair(Float64Array.from(matrix), size);
    expect(Math.abs(value - largest)).toBeLessThanOrEqual(1e-13 * size * norm);
    // Its vector is of length 1, and the matrix makes it so many times as long.
    expect(Math.hypot(...vector)).toBeCloseTo(1, 13);
    for (let i = 0; i < size; i++) {
      const row = matrix.slice(i * size, (i + 1) * size);
      const image = row.reduce((sum, element, j) => sum + element * vector[j]!, 0);
      expect(Math.abs(image - value * vector[i]!)).toBeLessThanOrEqual(1e-13 * size * norm);
    }
  });

  test('of no matrix is 0, and so it is where none is positive', () => {
    expect(largestEigenpair(new Float64Array(0), 0)).toEqual({ value: 0, vector: new Float64Array(0) });
    expect(largestEigenpair(Float64Array.of(-2, 0, 0, -3), 2).value).toBe(0);
  });

  test('is that of one block of two, whichever it is', () => {
    const matrix = (a: number, b: number) => Float64Array.of(a, 0, 0, 0, b, 1, 0, 1, b);
    expect(largestEigenpair(matrix(5, 2), 3)).toEqual({ value: 5, vector: Float64Array.of(1, 0, 0) });
    expect(largestEigenpair(matrix(2, 5), 3).value).toBeCloseTo(6, 12);
  });
});
