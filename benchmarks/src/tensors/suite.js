import { ratios } from '../harness/numbers.js';
import { NO_COLLECTION, runRounds } from '../harness/rounds.js';
import { CASES, QUICK } from './cases.js';
import { section } from './section.js';

const script = new URL('run-case.js', import.meta.url);

/** @type {import('../suites.js').Suite} */
export const suite = {
  name: 'tensors',
  title: 'Bulk tensors',
  lines: [2, 3],
  section,

  async run({ rounds, quick, tell }) {
    const names = quick ? QUICK : Object.keys(CASES);
    const time = await runRounds({ script, names, rounds, args: ['time', ...(quick ? ['short'] : [])], tell });
    // Bytes are the same in every round.
    const bytes = await runRounds({ script, names, rounds: 1, args: ['bytes'], execArgv: NO_COLLECTION, tell });
    return { time, bytes };
  },
};

/** Of one case the times of a side ÷ those of the plain sum beside it, round by round. */
export const besideSum = (rounds, side) =>
  ratios(
    rounds.map(round => round[side]),
    rounds.map(round => round.sum),
  );

/** @param {import('../harness/saved.js').Saved} saved */
export function budgets({ result: { time } }) {
  const image = time['floats-150528'];
  return [
    {
      what: 'a tensor of 150,528 floats counted ÷ a plain JavaScript sum over it',
      front: 'a tensor of 150,528 floats, counted, as a share of a plain JavaScript sum over it',
      limit: 0.1,
      value: besideSum(image, 'default'),
    },
    {
      what: 'the same with `every: true`, all elements looked at',
      limit: 3,
      value: besideSum(image, 'every'),
    },
  ];
}
