import { expect, it } from 'vitest';
import { featureReader, numeric } from '../../src/index.js';

it('reads the property of the feature’s own name', () => {
  expect(featureReader<unknown>('x', numeric())({ x: 5 })).toBe(5);
  expect(featureReader<unknown>('x', numeric())({ y: 5 })).toBeUndefined();
});

it('reads getters and what a class gives its instances', () => {
  class Row {
    get x() {
      return 7;
    }
  }
  expect(featureReader<unknown>('x', numeric())(new Row())).toBe(7);
});

it('reads with select where there is one', () => {
  expect(featureReader('x', numeric({ select: (row: { y: number }) => row.y * 2 }))({ y: 4 })).toBe(8);
});

it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s is missing unless the row has it', name => {
  const read = featureReader<unknown>(name, numeric());
  expect(read({})).toBeUndefined();
  expect(read({ [name]: 3 })).toBe(3);
  expect(read(Object.assign(Object.create(null), { [name]: 4 }))).toBe(4);
});

it('a feature called constructor is missing in an instance too', () => {
  expect(featureReader<unknown>('constructor', numeric())(new Map())).toBeUndefined();
});

it('every property of a row that is null or undefined is missing', () => {
  expect(featureReader<unknown>('x', numeric())(null)).toBeUndefined();
  expect(featureReader<unknown>('toString', numeric())(undefined)).toBeUndefined();
});
