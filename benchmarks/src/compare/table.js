import { median, ratios } from '../harness/numbers.js';
import { ns, table, times } from '../harness/words.js';

/**
 * What can be said of the two sides' rounds: 'faster' or 'slower' where every round says so, else that they can't be told apart.
 *
 * @param {{ min: number, max: number }} ratio new ÷ old.
 */
export function verdict({ min, max }) {
  if (max < 1) return 'faster in every round';
  if (min > 1) return 'slower in every round';
  return 'not told apart';
}

/** How often rounds of two sides that are alike all lie on one side: one in this many. */
export const oneIn = rounds => 2 ** (rounds - 1);

/**
 * @param {Record<string, { time: { old: number[], new: number[] }, bytes: { old: number, new: number } }>} cases
 * @param {Record<string, { title: string }>} titles
 */
export function compareTable(cases, titles) {
  return table(
    ['a call', 'old', 'new', 'new ÷ old', 'rounds', '', 'bytes old', 'bytes new'],
    Object.entries(cases).map(([name, { time, bytes }]) => {
      const ratio = ratios(time.new, time.old);
      return [
        titles[name].title,
        ns(median(time.old)),
        ns(median(time.new)),
        times(ratio.median),
        `${times(ratio.min)} – ${times(ratio.max)}`,
        verdict(ratio),
        bytes.old.toFixed(0),
        bytes.new.toFixed(0),
      ];
    }),
  );
}
