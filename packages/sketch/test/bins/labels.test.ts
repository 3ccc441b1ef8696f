import { describe, expect, it } from 'vitest';
import { binIndexText, binLabels } from '../../src/bins/labels.js';
import { numericCuts } from '../../src/bins/numeric-cuts.js';
import { ascending, range, repeated } from '../generated-rows.js';

const labelsOf = (values: Iterable<number>) => binLabels(numericCuts(ascending(values)));

describe('labels', () => {
  it('name the index and both edges, the outer ones infinite', () => {
    const labels = labelsOf(range(32, 1));
    expect(labels.slice(0, 3)).toEqual(['00 (-inf,2.5]', '01 (2.5,4.5]', '02 (4.5,6.5]']);
    expect(labels.slice(14)).toEqual(['14 (28.5,30.5]', '15 (30.5,inf)']);
  });

  it('round edges to three digits, half away from zero, where that keeps every value in its bin', () => {
    const bounds = { cuts: [-1.125, 1.125, 1234567], below: [-2, 1, 1e6], above: [-1, 2, 2e6] };
    expect(binLabels(bounds)).toEqual(['00 (-inf,-1.13]', '01 (-1.13,1.13]', '02 (1.13,1230000]', '03 (1230000,inf)']);
  });

  it('use as many digits as it takes, the same for all edges', () => {
    expect(binLabels({ cuts: [10.00049, 20.12345], below: [10.0004, 15], above: [10.0005, 25] })).toEqual([
      '00 (-inf,10.00049]',
      '01 (10.00049,20.12345]',
      '02 (20.12345,inf)',
    ]);
  });

  it('never round an edge up to the value above it', () => {
    expect(labelsOf([0.9999999, 1])).toEqual(['00 (-inf,0.99999995]', '01 (0.99999995,inf)']);
  });

  it('tell adjacent doubles apart', () => {
    expect(labelsOf([1, 1 + Number.EPSILON, 1 + 2 * Number.EPSILON])).toEqual([
      '00 (-inf,1]',
      '01 (1,1.0000000000000002]',
      '02 (1.0000000000000002,inf)',
    ]);
  });

  it('write tiny and huge edges as JavaScript does', () => {
    expect(labelsOf([1e-7, 3e-7, 1e21, 3e21])).toEqual([
      '00 (-inf,2e-7]',
      '01 (2e-7,500000000000000000000]',
      '02 (500000000000000000000,2e+21]',
      '03 (2e+21,inf)',
    ]);
  });

  it('show a constant within its margin', () => {
    expect(labelsOf(repeated(3.5, 5))).toEqual(['00 (-inf,3.499997]', '01 (3.499997,3.500003]', '02 (3.500003,inf)']);
    expect(labelsOf(repeated(0.1, 5))[1]).toBe('01 (0.099999,0.100001]');
    expect(labelsOf(repeated(Number.MAX_VALUE, 5))).toHaveLength(2);
  });

  it('give a feature without values the whole line', () => {
    expect(labelsOf([])).toEqual(['00 (-inf,inf)']);
  });

  it('number bins with two digits, three from 100 on', () => {
    expect([0, 7, 42, 99, 100, 127].map(binIndexText)).toEqual(['00', '07', '42', '99', '100', '127']);
  });
});
