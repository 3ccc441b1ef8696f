/** Long enough that a call of 8 µs is past its first thousands, before the compiler has seen to it. */
const ENOUGH_MS = 50;

/**
 * About how long a call takes, ms: of as many as take 50 ms together.
 *
 * @param {(calls: number) => Promise<unknown>} side makes that many calls.
 * @param {number} [first] calls at least.
 */
export async function callTimeMs(side, first = 1) {
  for (let calls = first; ; calls *= 2) {
    const startMs = performance.now();
    await side(calls);
    const elapsedMs = performance.now() - startMs;
    if (elapsedMs >= ENOUGH_MS) return elapsedMs / calls;
  }
}
