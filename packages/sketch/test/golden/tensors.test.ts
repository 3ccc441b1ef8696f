import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tensor } from '../../src/index.js';
import { measured } from '../feature/measured.js';
import { TENSOR_CASES, type TensorCase, tensorOf } from './tensor-streams.js';

interface Golden extends TensorCase {
  readonly sample: number[];
  readonly every: number[];
}

// Baselines hold bins of these numbers: a faster loop may change none of their bits.
const golden: readonly Golden[] = JSON.parse(readFileSync(new URL('tensors.v1.json', import.meta.url), 'utf8'));

it('the file holds every case', () => {
  expect(golden.map(({ what, type, length }) => ({ what, type, length }))).toEqual(TENSOR_CASES);
});

it.each(golden)('$length numbers, $what, come to what they came to', spec => {
  const value = tensorOf(spec);
  expect(measured(tensor(), value)).toEqual([spec.sample]);
  expect(measured(tensor({ every: true }), value)).toEqual([spec.every]);
});
