import { expect, it } from 'vitest';
import { correlation } from '../../src/joint/correlation.js';

const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
const of = (...values: number[]) => Float64Array.from(values);

it('a column goes with itself and against its negative', () => {
  const column = of(0.1, -0.7, 0.3, 1.9, -1.6);
  expect(correlation(column, column)).toEqual({ rho: 1, rows: 5 });
  expect(
    correlation(
      column,
      column.map(x => -x),
    ),
  ).toEqual({ rho: -1, rows: 5 });
});

it('rows in which either is not finite are left out', () => {
  const found = correlation(of(1, none, 2, 4, 3, 9), of(1, 7, 2, infinite, 3, none));
  expect(found.rows).toBe(3);
  expect(found.rho).toBeCloseTo(1, 15);
});

it('columns that share no row, or one, have none', () => {
  expect(correlation(of(), of())).toEqual({ rho: 0, rows: 0 });
  expect(correlation(of(1, none), of(none, 1))).toEqual({ rho: 0, rows: 0 });
  expect(correlation(of(1, 5), of(2, none))).toEqual({ rho: 0, rows: 1 });
});

it('one that never moves where the other has a value has none, whatever its mean rounds to', () => {
  const constant = Float64Array.from({ length: 1000 }, (_, i) => (i < 10 ? i : 0.1));
  const other = Float64Array.from({ length: 1000 }, (_, i) => (i < 10 ? none : i % 7));
  expect(correlation(constant, other)).toEqual({ rho: 0, rows: 990 });
});
