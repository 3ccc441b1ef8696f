// How one case compares with another: within a round, so that what the machine did meanwhile falls on both.
import { median } from '../src/harness/numbers.js';

/** Theirs as a multiple of ours, round by round; where theirs had fewer rounds, over those. */
export function compared(theirs, ours, key) {
  const ratios = theirs.map((round, i) => round[key] / ours[i][key]);
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios), rounds: ratios.length };
}

/** Less than that is a word more in a name, or noise. */
const SAME = 0.99;

/** Every figure in which another's is below ours by more than 1 %, by the median ratio; not of one that was killed. */
export function lost(group, names, first) {
  const found = [];
  for (const name of names) {
    const rounds = group[name];
    if (rounds.at(-1).ended !== 'done') continue;
    for (const key of ['seconds', 'peakBytes', 'resultBytes']) {
      const [theirs, ours] = [rounds, group[first]].map(all => median(all.map(round => round[key])));
      if (compared(rounds, group[first], key).median < SAME) found.push({ name, key, theirs, ours });
    }
  }
  return found;
}
