// The cases of a call, by name: what each is called, under which parent it runs, and how it is fed.

/**
 * @typedef {object} Case
 * @property {string} title
 * @property {'unsampled' | 'sampled' | 'none'} parent of the call: from upstream, or none, where the root sampler at 1 % is asked.
 * @property {boolean} [sync] the model returns its answer, not a promise.
 * @property {boolean} [awaited] of a synchronous one: each after an `await` of its own.
 * @property {boolean} [hot] one row over and over, not 1,024 in turn.
 * @property {boolean} [transferred] an `ArrayBuffer` was transferred in the process before.
 * @property {string} [bare] the case that its added cost is beside, where that is neither `bare` nor `bare-sync`.
 */

/** @type {Record<string, Case>} */
export const CASES = {
  bare: { title: 'the bare call', parent: 'unsampled' },
  watched: { title: 'Driftspan, parent unsampled', parent: 'unsampled' },
  'watched-loop': { title: 'Driftspan, `codegen: false`, parent unsampled', parent: 'unsampled' },
  'watched-hot': { title: 'Driftspan, parent unsampled, one row over and over', parent: 'unsampled', hot: true },
  'watched-transferred': {
    title: 'Driftspan, parent unsampled, where an `ArrayBuffer` was transferred before',
    parent: 'unsampled',
    transferred: true,
  },
  'bare-reading': { title: 'a bare call whose model reads all 20 numbers', parent: 'unsampled', bare: 'bare-reading' },
  'watched-reading': {
    title: 'Driftspan, a model that reads all 20 numbers, parent unsampled',
    parent: 'unsampled',
    bare: 'bare-reading',
  },
  'watched-sampled': { title: 'Driftspan, parent sampled', parent: 'sampled' },
  'watched-sampled-loop': { title: 'Driftspan, `codegen: false`, parent sampled', parent: 'sampled' },
  'watched-root': { title: 'Driftspan, no parent, root sampler at 1 %', parent: 'none' },
  'watched-root-loop': { title: 'Driftspan, `codegen: false`, no parent, root sampler at 1 %', parent: 'none' },
  'hand-unsampled': { title: 'hand-written span, parent unsampled', parent: 'unsampled' },
  'hand-sampled': { title: 'hand-written span of 6 attributes, parent sampled', parent: 'sampled' },
  'hand-root': { title: 'hand-written span, no parent, root sampler at 1 %', parent: 'none' },
  histograms: { title: '`histogram.record` for each of the 20 features', parent: 'unsampled' },
  'bare-sync': { title: 'the bare synchronous call', parent: 'unsampled', sync: true },
  'watched-sync': { title: 'Driftspan, synchronous, parent unsampled', parent: 'unsampled', sync: true },
  'watched-sync-loop': {
    title: 'Driftspan, synchronous, `codegen: false`, parent unsampled',
    parent: 'unsampled',
    sync: true,
  },
  'bare-sync-awaited': {
    title: 'an `await` of nothing and the bare synchronous call',
    parent: 'unsampled',
    sync: true,
    awaited: true,
    bare: 'bare-sync-awaited',
  },
  'watched-sync-awaited': {
    title: 'an `await` of nothing and Driftspan, synchronous, parent unsampled',
    parent: 'unsampled',
    sync: true,
    awaited: true,
    bare: 'bare-sync-awaited',
  },
  clock: { title: 'two looks at the clock and nothing else', parent: 'unsampled', sync: true },
};

/** What an added cost is added to. */
export const bareOf = name => CASES[name].bare ?? (CASES[name].sync ? 'bare-sync' : 'bare');
