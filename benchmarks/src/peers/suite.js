import { readFileSync } from 'node:fs';
import { ratios } from '../harness/numbers.js';
import { NO_COLLECTION, runRounds } from '../harness/rounds.js';
import { thirdParty } from '../harness/third-party.js';
import { plots } from './plots.js';
import { wrapperRuns } from './runs.js';
import { facts, section } from './section.js';
import { SKETCH_TITLES } from './titles.js';
import { BATCH_ENVIRONMENT } from './tracing.js';

/** Bytes hardly differ from run to run. */
const BYTES_ROUNDS = 2;
/** While trying: the small input in every mode, the image where it tells most. */
const QUICK = /\/row\/|^(bare|openinference|driftspan)\/image\/unsampled/;

/** @type {import('../suites.js').Suite} Wrappers and sketches of others, in the same rounds as Driftspan. */
export const suite = {
  name: 'peers',
  title: 'Beside what else there is',
  // The wrappers need version 1.9 of the API.
  lines: [2],

  async run({ rounds, quick, tell }) {
    const folder = await thirdParty();
    const { dependencies } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
    const length = quick ? ['short'] : [];
    const wrappers = await runRounds({
      script: new URL('run-wrapper.js', import.meta.url),
      names: wrapperRuns().filter(run => !quick || QUICK.test(run)),
      rounds,
      args: length,
      env: { ...process.env, ...BATCH_ENVIRONMENT },
      tell,
    });
    const sketch = { script: new URL('run-sketch.js', import.meta.url), names: Object.keys(SKETCH_TITLES), tell };
    const time = await runRounds({ ...sketch, rounds, args: ['time', ...length] });
    const bytes = await runRounds({
      ...sketch,
      rounds: quick ? 1 : BYTES_ROUNDS,
      args: ['bytes'],
      // Code that is dropped while it is weighed would be taken off a sketch's bytes.
      execArgv: [...NO_COLLECTION, '--no-flush-bytecode'],
    });
    return { versions: dependencies, wrappers, sketches: { time, bytes } };
  },

  section,
  facts,
  plots,
};

/** @param {import('../harness/saved.js').Saved} saved */
export function budgets({ result }) {
  const perRound = name => result.sketches.time[name].map(({ ns }) => sum(Object.values(ns)));
  return [
    {
      what: 'one number into a DDSketch ÷ one number, read and counted',
      limit: 2,
      atLeast: true,
      value: ratios(perRound('ddsketch'), perRound('driftspan')),
    },
  ];
}

const sum = values => values.reduce((a, b) => a + b, 0);
