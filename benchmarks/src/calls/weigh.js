import { median } from '../harness/numbers.js';

/** Weighed one by one. */
const WEIGHED_BATCHES = 10;
/** Before that: V8 compiles the last time on a thread of its own, and takes up what it made when it gets round to it. */
const WARM_UP_MS = 500;

/**
 * Heap growth of a batch, while nothing is collected: the young generation is large enough for 8 MB a batch, by flags of the parent
 * (`NO_COLLECTION`). The median of the batches: what V8 compiles meanwhile, or a collection of a case that takes more, falls on few of them. The same
 * to 100 bytes each time.
 */
export async function weigh(batch) {
  const warmMs = performance.now() + WARM_UP_MS;
  while (performance.now() < warmMs) {
    await batch();
    await new Promise(resolve => setImmediate(resolve));
  }
  globalThis.gc();
  const used = new Float64Array(WEIGHED_BATCHES + 1);
  for (let i = 0; i <= WEIGHED_BATCHES; i++) {
    await batch();
    used[i] = process.memoryUsage().heapUsed;
  }
  return median(used.subarray(1).map((bytes, i) => bytes - used[i]));
}
