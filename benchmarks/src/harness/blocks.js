// Sides that take turns within one process, so that whatever the machine does falls on all of them.

/**
 * Times the sides in blocks that take turns; which one begins changes each time.
 *
 * @param {Record<string, (calls: number) => unknown>} sides each makes that many calls; one that gives a promise is awaited.
 * @param {object} options
 * @param {number} options.calls a block.
 * @param {number} options.blocks of each side.
 * @param {number} [options.warmUp] blocks of each side before, not given; as many as `blocks`.
 * @returns {Promise<Record<string, number[]>>} by side, ns a call of each block.
 */
export async function inTurns(sides, { calls, blocks, warmUp = blocks }) {
  const names = Object.keys(sides);
  const reversed = [...names].reverse();
  const times = Object.fromEntries(names.map(name => [name, []]));
  for (let i = -warmUp; i < blocks; i++) {
    for (const name of i % 2 === 0 ? names : reversed) {
      const ns = await block(sides[name], calls);
      if (i >= 0) times[name].push(ns);
    }
  }
  return times;
}

async function block(side, calls) {
  const startMs = performance.now();
  const result = side(calls);
  if (typeof result?.then === 'function') await result;
  return ((performance.now() - startMs) * 1e6) / calls;
}
