/** Calls of one model that may wait at once and be told; more are run, and not told. */
const MAX_WAITING = 1024;
const MASK = MAX_WAITING - 1;
/**
 * Share of the calls whose wait is measured: a macrotask costs 150 ns, a fiftieth of the smallest model. By a coin for each, since
 * calls come in bursts, in which every eighth would always be the same.
 */
const SHARE = 1 / 8;

/**
 * How long calls wait before they run. The runtime puts each run into a macrotask of its own (`setImmediate`) and then blocks
 * the thread until it is done, so that a call waits for all that came before it. A macrotask of ours, put in just before theirs,
 * runs just before theirs: its time is when the model began to run.
 *
 *   run() ── setImmediate(ours) ── setImmediate(theirs) ┄┄ waits ┄┄ ours ── theirs: the native run
 */
export class Queue {
  // The times at which waiting calls were made, in a ring: macrotasks run in the order they were put in.
  readonly #since = new Float64Array(MAX_WAITING);
  readonly #record: (seconds: number) => void;
  #joined = 0;
  #left = 0;

  constructor(record: (seconds: number) => void) {
    this.#record = record;
  }

  /** A call is about to be put in; it may be one that is measured. */
  toss(): void {
    if (Math.random() < SHARE) this.join();
  }

  /** A call that is measured is about to be put in. */
  join(): void {
    if (this.#joined - this.#left === MAX_WAITING) return;
    this.#since[this.#joined++ & MASK] = performance.now();
    setImmediate(this.#leave);
  }

  // Made once: a closure a call would cost its memory.
  readonly #leave = (): void => {
    this.#record((performance.now() - this.#since[this.#left++ & MASK]!) / 1000);
  };
}
