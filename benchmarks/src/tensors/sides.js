// What the tensors of this folder are made of, and what stands beside our feature kinds: a plain loop.
import { createMonitor, defineModel, embedding, image, tensor } from '@driftspan/core';
import { learnBaseline, measureValue } from '@driftspan/sketch';

const KINDS = { tensor, image, embedding };

/** Numbers from -0.5 to 0.5, the same in every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32 - 0.5;
  };
}

/** Bits of a 16-bit float from 0.5 to 1, with a sign. */
const halfBits = u => ((u < 0 ? 0x8000 : 0) | (14 << 10) | Math.floor(Math.abs(u) * 2048)) & 0xffff;

const ARRAYS = {
  float32: { array: Float32Array, of: u => u },
  float64: { array: Float64Array, of: u => u },
  float16: { array: Uint16Array, of: halfBits },
  uint8: { array: Uint8Array, of: u => Math.floor((u + 0.5) * 256) },
  int64: { array: BigInt64Array, of: u => BigInt(Math.round(u * 1e6)) },
};

/** A tensor of those sizes; a share of `zeros` of its numbers is 0. */
export function tensorOf({ type, dims, zeros = 0 }, seed) {
  const next = random(seed);
  const chance = random(seed + 1);
  const { array, of } = ARRAYS[type];
  const length = dims.reduce((a, b) => a * b, 1);
  const data = array.from({ length }, () => of(zeros > 0 && chance() + 0.5 < zeros ? 0 : next()));
  return { data, dims, type, location: 'cpu' };
}

/** A plain JavaScript sum: the yardstick. */
export function plainSum(data) {
  let sum = data[0];
  for (let k = 1; k < data.length; k++) sum += data[k];
  return sum;
}

/** Values of the baseline, as large as the kind needs them. */
const SMALL = { tensor: [64], image: [8, 8, 3], embedding: undefined };

/** A model that does nothing, watched, with one feature of the kind and a baseline for it: what a call comes to. */
export async function watched({ kind, type, dims }, options = {}) {
  const model = defineModel({
    name: kind,
    version: '1',
    features: { value: KINDS[kind]({ select: input => input, ...options }) },
  });
  const rows = Array.from({ length: 1000 }, (_, i) => ({ input: tensorOf({ type, dims: SMALL[kind] ?? dims }, i) }));
  const monitor = createMonitor({ model, baseline: await learnBaseline(model, rows) });
  return monitor.wrap(input => input.dims);
}

/** Measures a value by a feature kind and gives what it comes to, in one array that is used again. */
export function measurer(kind, options) {
  const { measures } = KINDS[kind](options);
  const out = new Float64Array(measures.parts.length);
  const take = () => {};
  return value => {
    if (!measureValue(measures, value, undefined, out, take)) throw new Error('a value of a wrong type');
    return out;
  };
}
