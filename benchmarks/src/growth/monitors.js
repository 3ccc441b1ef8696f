// Monitors to be weighed and collected, on a clock that is turned by hand.
import { createMonitor } from '@driftspan/core';
import { ANSWERS } from './models.js';

/** The registry of all copies of core in this process: forgotten, so that what comes next is alone. */
const REGISTRY = Symbol.for('driftspan.registry.v1');
const MINUTE_MS = 60_000;
/** Calls of each monitor in a sub-window. */
const CALLS = 64;

/** Forgets every monitor of this process: what they counted is not collected either. */
export function forgetMonitors() {
  delete globalThis[REGISTRY];
}

/**
 * So many monitors of one model, each with a name and a baseline of its own.
 *
 * @param {Awaited<ReturnType<typeof import('./models.js').grown>>} model
 * @param {number} count
 * @param {readonly unknown[]} rows
 * @param {object} [further] options that go beside the model's; `baseline: undefined` for none.
 */
export function makeMonitors(model, count, rows, further = {}) {
  let now = 0;
  const constructionMs = [];
  const firstCallMs = [];
  const handles = [];
  for (let i = 0; i < count; i++) {
    const options = model.options(`growth-${i}`, { drift: { window: '1h' }, ...further, clock: () => now });
    const beganMs = performance.now();
    const handle = createMonitor(options);
    const madeMs = performance.now();
    handle.start(rows[0]).end(ANSWERS[0]);
    firstCallMs.push(performance.now() - madeMs);
    constructionMs.push(madeMs - beganMs);
    handles.push(handle);
  }
  return {
    handles,
    constructionMs,
    firstCallMs,
    /** Traffic of a sub-window for each, which then closes. Judging is left to who asks next. */
    turn: () => {
      for (const handle of handles)
        for (let k = 0; k < CALLS; k++) handle.start(rows[k % rows.length]).end(ANSWERS[k % ANSWERS.length]);
      now += MINUTE_MS;
    },
    dispose: () => {
      for (const handle of handles) handle.dispose();
    },
  };
}
