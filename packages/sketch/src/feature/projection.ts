/** Each is a numeric feature, of up to 22 series. */
export const MAX_PROJECTIONS = 64;

/*
 * Random projections with signs ±1 (Achlioptas 2003): projection k of a vector x is Σ s(i, k) x[i], where s(i, k) is +1 where
 * bit k mod 32 is set, else -1, of
 *
 *   mix(2 i + floor(k / 32) + 1),   mix: the finaliser of MurmurHash3,
 *
 * 32-bit unsigned arithmetic alone, as of NumPy's uint32; no table and no state. So every process and language has the same
 * signs, and a shorter vector has the first signs of a longer one.
 */

/** Writes `count` projections of the first `length` numbers to `out`, from `at` on. About 2 ns a number and projection. */
export function projectInto(numbers: Float64Array, length: number, out: Float64Array, at: number, count: number): void {
  out.fill(0, at, at + count);
  for (let i = 0; i < length; i++) {
    const x = numbers[i]!;
    let bits = mix(2 * i + 1);
    for (let k = 0; k < count; k++) {
      if (k === 32) bits = mix(2 * i + 2);
      out[at + k]! += ((bits & 1) * 2 - 1) * x;
      bits >>>= 1;
    }
  }
}

/** MurmurHash3's 32-bit finaliser (Appleby, public domain): each bit of the answer depends on every bit of x. */
export function mix(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
