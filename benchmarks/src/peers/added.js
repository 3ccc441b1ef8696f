import { ratios } from '../harness/numbers.js';

/** What a wrapper adds to the bare call, ns of each round; undefined where it was not run. */
export function addedBy(runs, wrapper, input, mode) {
  const [own, bare] = [wrapper, 'bare'].map(name => runs[`${name}/${input}/${mode}`]);
  return own && bare && own.map((run, round) => run.median - bare[round].median);
}

/** The same as a multiple of what Driftspan adds in the same round: median, min and max. */
export function comparedWith(runs, wrapper, input, mode) {
  const [theirs, ours] = [wrapper, 'driftspan'].map(name => addedBy(runs, name, input, mode));
  return theirs && ours && ratios(theirs, ours);
}
