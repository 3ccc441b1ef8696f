// What is still held after a collection, in bytes. Needs --expose-gc.

/** Collections until nothing more goes: what a finaliser or a weak reference let go of is found by the next. */
const COLLECTIONS = 3;

/** Heap and array buffers of this process, in bytes, with all garbage gone. */
export async function held() {
  for (let i = 0; i < COLLECTIONS; i++) {
    globalThis.gc();
    // Finalisers run in a task of their own.
    await new Promise(resolve => setImmediate(resolve));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}

/**
 * What `make` leaves behind and holds on to, in bytes.
 *
 * @param {() => unknown} make what it gives is held while it is weighed, and given on.
 */
export async function retainedBy(make) {
  const before = await held();
  const made = await make();
  const after = await held();
  return { made, heap: after.heap - before.heap, buffers: after.buffers - before.buffers };
}
