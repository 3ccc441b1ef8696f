// How fast the machine is at the moment.

const STEPS = 50_000;
const TRIES = 25;
/** 256 KiB: more than a core's first cache holds, and less than its second. */
const PLACES = 2 ** 15;
const kept = new Float64Array(PLACES);

/**
 * Nanoseconds a step of work that is the same each time, arithmetic and numbers here and there in memory, nothing on the heap: the median of 25 tries
 * of some 50 µs, after three times as many for the compiler. It grows where others use what the cores share.
 */
export function yardstick() {
  const tries = new Float64Array(TRIES);
  for (let i = -3 * TRIES; i < TRIES; i++) {
    const startMs = performance.now();
    work(i & 1023);
    if (i >= 0) tries[i] = ((performance.now() - startMs) * 1e6) / STEPS;
  }
  return tries.sort()[TRIES >> 1];
}

function work(seed) {
  let state = seed;
  for (let i = 0; i < STEPS; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    kept[state >>> 17] += state & 15;
  }
}

/**
 * Runs what is timed, and gives what it gives, with the longest yardstick of before and after it: see `runRounds`. What takes long may call the
 * function that it is given, where it can pause, for one in between.
 */
export async function besideYardstick(timed) {
  let longest = 0;
  const look = () => {
    longest = Math.max(longest, yardstick());
  };
  look();
  const figures = await timed(look);
  look();
  return { ...figures, yardstick: longest };
}
