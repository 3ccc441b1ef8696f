// node benchmarks/verdicts/all.js [--quick] [--jobs N] [--seed N]: every simulation of this folder, N processes at a time (1); then
// the plots and the page, unless quick.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Those that take longest first, so that none is left alone at the end. */
const SCRIPTS = [
  'same',
  'outer',
  'inner',
  'dependence',
  'practical',
  'tail',
  'delays',
  'shifts',
  'thresholds',
  'two-bins',
];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
});
const passedOn = [...(values.quick ? ['--quick'] : []), ...(values.seed === undefined ? [] : ['--seed', values.seed])];

async function run(name, options) {
  const file = fileURLToPath(new URL(`${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file, ...options], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`${name}: met exit status ${status}, expected 0`);
}

const waiting = [...SCRIPTS];
async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await run(name, passedOn);
}
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
if (!values.quick) for (const name of ['plots', 'page']) await run(name, []);
