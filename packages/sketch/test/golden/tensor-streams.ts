import { generator } from '../generated-rows.js';

export interface TensorCase {
  readonly what: string;
  readonly type: 'float32' | 'uint8' | 'float64';
  readonly length: number;
}

/** What each draw makes of its place and of a number from 0 to 1. */
const KINDS: Readonly<Record<string, (i: number, u: number) => number>> = {
  uniform: (_, u) => u - 0.5,
  'half zeros': (_, u) => Math.max(0, u - 0.5),
  'rising, with -0': (i, u) => (u < 0.1 ? -0 : i / 1000),
  // The number that the others of its chunk are compared with is far from them: two passes.
  'flat but for the last of 4,096': i => (i % 4096 === 4095 ? 1000 : 0.1),
  bytes: (_, u) => Math.floor(u * 256),
  'dark bytes': (_, u) => Math.max(0, Math.floor(u * 256) - 128),
  'flat bytes but for the last of 4,096': i => (i % 4096 === 4095 ? 255 : 3),
  doubles: (_, u) => u * 6e10 - 2e10,
};

const LENGTHS = [1, 2, 3, 511, 512, 1001, 4095, 4098, 10_007, 150_528];

export const TENSOR_CASES: readonly TensorCase[] = Object.keys(KINDS).flatMap(what =>
  LENGTHS.map(length => ({
    what,
    type: what.includes('bytes') ? 'uint8' : what === 'doubles' ? 'float64' : 'float32',
    length,
  })),
);

export function tensorOf({ what, type, length }: TensorCase): Float32Array | Float64Array | Uint8Array {
  const next = generator(length);
  const value = (_: unknown, i: number) => KINDS[what]!(i, next());
  if (type === 'uint8') return Uint8Array.from({ length }, value);
  return type === 'float32' ? Float32Array.from({ length }, value) : Float64Array.from({ length }, value);
}
