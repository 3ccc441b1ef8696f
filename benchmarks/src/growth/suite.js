import { runRounds } from '../harness/rounds.js';
import { budgets } from './budgets.js';
import { CASES, QUICK, SOAK_CALLS } from './cases.js';
import { plots } from './plots.js';
import { section } from './section.js';

export { budgets };

const script = name => new URL(`${name}.js`, import.meta.url);
/** What is held is weighed after a collection. */
const GC = ['--expose-gc'];

/** What a call, a collection, an export and the memory come to as models, features, categories and rows become many, and as calls go on. */
export const suite = {
  name: 'growth',
  title: 'As it grows',
  lines: [2, 3],
  rounds: 3,

  async run({ rounds, quick, tell }) {
    const result = {};
    for (const [part, names] of Object.entries(quick ? QUICK : CASES)) {
      result[part] = await runRounds({
        script: script(`run-${part}`),
        names,
        // Bytes are the same in every round, but for the digits of a time.
        rounds: part === 'wire' ? 1 : rounds,
        execArgv: GC,
        tell,
      });
    }
    const calls = quick ? SOAK_CALLS.quick : SOAK_CALLS.full;
    const soak = await runRounds({
      script: script('soak'),
      names: ['soak'],
      rounds: 1,
      args: [`${calls}`],
      execArgv: GC,
      tell,
    });
    return { ...result, soak: soak.soak[0] };
  },

  section,
  plots,
};
