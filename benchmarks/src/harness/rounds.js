// Every case in a fresh process, round after round.
import { fileURLToPath } from 'node:url';
import { runChild } from './children.js';

/** So large a young generation that nothing is collected while bytes are counted, and a collection on demand. */
export const NO_COLLECTION = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];

/** A process whose yardstick took this much of the fastest was disturbed. */
const DISTURBED = 1.1;
/** How often all that were disturbed are run again. */
const MORE_PASSES = 3;

/**
 * Runs `node script name ...args` for each name in a fresh process, in an order that is reversed each round: what the machine does meanwhile falls
 * on all alike. A child prints one line of JSON last. Where that has a `yardstick`, and it took more than 1.1 of the fastest of all, the machine was
 * busy with something else: when all rounds are done the process is run again, up to three times, and the figures with the fastest yardstick stay. By it
 * alone, not by the figures, is told which.
 *
 * @param {object} options
 * @param {URL | ((name: string) => URL)} options.script or which one runs a name.
 * @param {readonly string[]} options.names
 * @param {number} options.rounds
 * @param {readonly string[]} [options.args] after the name.
 * @param {(name: string) => readonly string[]} [options.argsOf] all arguments of a name, instead of the name and `args`.
 * @param {readonly string[]} [options.execArgv] flags of Node.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {(text: string, done?: number) => void} options.tell told before each child; `done` is the share of this run that is behind.
 * @returns {Promise<Record<string, any[]>>} by name what its children printed, one a round, in order. Rejects if a child failed.
 */
export async function runRounds({ script, names, rounds, args = [], argsOf, execArgv = [], env, cwd, tell }) {
  const results = Object.fromEntries(names.map(name => [name, []]));
  async function child(name) {
    const file = fileURLToPath(typeof script === 'function' ? script(name) : script);
    const given = argsOf?.(name) ?? [name, ...args];
    const { stdout } = await runChild(process.execPath, [...execArgv, file, ...given], { env, cwd });
    return lastLine(stdout, name);
  }
  let behind = 0;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      tell(`round ${round + 1}/${rounds} ${[name, ...args].join(' ')}`, behind++ / (rounds * names.length));
      results[name].push(await child(name));
    }
  }
  await runDisturbedAgain(results, child, tell);
  return results;
}

async function runDisturbedAgain(results, child, tell) {
  const all = Object.entries(results).flatMap(([name, rounds]) => rounds.map((_figures, round) => ({ name, round })));
  const stickOf = ({ name, round }) => results[name][round].yardstick;
  for (let pass = 0; pass < MORE_PASSES; pass++) {
    const fastest = Math.min(...all.map(stickOf));
    // Where there is no yardstick the comparison is false.
    const disturbed = all.filter(place => stickOf(place) > DISTURBED * fastest);
    for (const [i, place] of disturbed.entries()) {
      const { name, round } = place;
      tell(`again, the machine was busy: ${i + 1}/${disturbed.length} ${name}`, 1);
      const figures = await child(name);
      if (figures.yardstick < stickOf(place)) results[name][round] = figures;
    }
  }
}

/** The JSON that a child printed last. */
export function lastLine(stdout, name) {
  const line = stdout.trim().split('\n').at(-1);
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`${name}: met ${JSON.stringify(line.slice(0, 200))}, expected JSON on the last line`, { cause });
  }
}
