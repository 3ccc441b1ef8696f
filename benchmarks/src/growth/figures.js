// What the page and the budgets read out of one line's raw rounds.
import { spread } from '../harness/numbers.js';
import { BUDGETED, monitorsOf, sizesOf } from './cases.js';
import { slopeOf } from './slope.js';

/** ns that watching adds to a call, by round. */
export const addedNs = (rounds, side) => rounds.map(({ call }) => call[side] - call.bare);

/** Of rounds: what `of` gives for each, as median, smallest and largest. */
export const over = (rounds, of) => spread(rounds.map(of));

/** ns of one value, over the 20 categorical features of a row, by round; of strings that live on, or `fresh` ones. */
export const valueNs = (rounds, fresh) =>
  rounds.map(times => (fresh ? times.fresh - times.noneFresh : times.kept - times.none) / 20);

/** ns of one label, by round. */
export const labelNs = rounds => rounds.map(({ none, kept }) => kept - none);

/** Bytes of a feature in a state, by round: heap and array buffers. */
export const featureBytes = (rounds, state, size) =>
  rounds.map(({ memory }) => (memory[state].heap + memory[state].buffers) / size);

/*
 * What one numeric feature of 16 bins keeps in typed arrays:
 *
 *   ring     60 closed sub-windows of 19 counts (16 bins, missing, invalid, out of range) and 2 moments
 *   besides  the open sub-window, totals since construction, cuts, the baseline's counts, the judge's scratch
 */
const CELLS = 19;
const MOMENTS = 2;
const SLOTS = 60;
export const RING_BYTES = SLOTS * CELLS * Uint32Array.BYTES_PER_ELEMENT;
export const MOMENT_BYTES = SLOTS * MOMENTS * Float64Array.BYTES_PER_ELEMENT;

/**
 * Bytes of array buffers that one numeric feature more adds to a monitor, by round: between the largest model and one of a tenth, so that what a
 * monitor holds by itself is not in it. Undefined where those were not measured.
 */
export function bufferBytes(part) {
  const sizes = sizesOf(part, 'numeric');
  const [large, largest] = sizes.at(-1) ?? [];
  const [small, fewer] = sizes.find(([size]) => size === large / 10) ?? [];
  if (small === undefined) return undefined;
  return largest.map(
    ({ memory }, round) => (memory.known.buffers - fewer[round].memory.known.buffers) / (large - small),
  );
}

/** ms of the longest slice of one collection of 100 models of 50 features, by round, without garbage collection: of both kinds of collection the longer. */
export function budgetedSlices(part) {
  const [, features] = BUDGETED.split('x').map(Number);
  const [[, rounds] = []] = monitorsOf(part, features);
  return rounds?.map(({ collection }) => Math.max(collection.quiet.workMs, collection.judging.workMs));
}

/** Samples of the soak that are left out of its slope: rings, pending outcomes and code fill up meanwhile. */
export const SETTLING = 10;

/** Bytes a million calls by which each measure of memory rises once everything is full, with its 95 % interval. */
export function slopes({ samples }) {
  const settled = samples.slice(SETTLING);
  const millions = settled.map(({ calls }) => calls / 1e6);
  const of = measure => slopeOf(millions, settled.map(measure));
  return {
    heap: of(({ heapUsed }) => heapUsed),
    buffers: of(({ arrayBuffers }) => arrayBuffers),
    external: of(({ external }) => external),
    rss: of(({ rss }) => rss),
  };
}
