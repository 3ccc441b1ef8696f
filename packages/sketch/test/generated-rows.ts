/** The same numbers in every language: x ← 1664525 x + 1013904223 (mod 2^32), given as x / 2^32 in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Ascending doubles, as the cutting of bins takes them. */
export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values, value => value + 0).sort();
}

/** `value` standing `times` times. */
export function repeated<T>(value: T, times: number): T[] {
  return new Array<T>(times).fill(value);
}

/** `first`, `first + 1`, …: `length` of them. */
export function range(length: number, first = 0): number[] {
  return Array.from({ length }, (_, i) => first + i);
}

export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const next = generator(seed);
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
