// npm run bench -- --compare REF: the calls of a git revision and of the working tree, beside each other.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CASES } from '../calls/titles.js';
import { UsageError } from '../flags.js';
import { startProgress } from '../harness/progress.js';
import { NO_COLLECTION, runRounds } from '../harness/rounds.js';
import { commit, machine, versionOf } from '../harness/where.js';
import { compareTable, oneIn } from './table.js';
import { commitOf, layOut, ROOT } from './trees.js';

const ROUNDS = 7;
const QUICK_ROUNDS = 3;
/** What tells most about the hot path, where nobody chooses; each case is compared with itself, so that no bare call is needed. */
const DEFAULT_CASES = [
  'watched',
  'watched-loop',
  'watched-sampled',
  'watched-root',
  'watched-sync',
  'watched-sync-loop',
];

/** @param {{ compare: string, cases?: string[], rounds?: number, quick: boolean, json?: string }} flags */
export async function compare({ compare: ref, cases = DEFAULT_CASES, rounds, quick, json }) {
  const unknown = cases.filter(name => CASES[name] === undefined);
  if (unknown.length > 0)
    throw new UsageError(`--cases: met ${unknown.join(', ')}, expected some of ${Object.keys(CASES).join(', ')}`);
  const old = commitOf(ref);
  const progress = startProgress('compare');
  const trees = { old: await layOut(old, progress.tell), new: ROOT };
  const most = rounds ?? (quick ? QUICK_ROUNDS : ROUNDS);
  const measured = await measure(trees, cases, { rounds: most, quick }, progress.tell);
  progress.end(`old is ${old.slice(0, 12)} (${ref}), new is ${commit()}`);
  if (json !== undefined) {
    const sdk = versionOf('@opentelemetry/sdk-metrics');
    const figures = { old, new: commit(), node: process.version, sdk, machine: machine(), cases: measured };
    writeFileSync(json, `${JSON.stringify(figures, null, 1)}\n`);
  }
  console.log(`${compareTable(measured, CASES)}

${most} rounds; two that are alike lie on one side in every round once in ${oneIn(most)} times.`);
}

/** Both sides of every case in fresh processes, in an order that is reversed each round. */
async function measure(trees, cases, { rounds, quick }, tell) {
  const names = cases.flatMap(name => Object.keys(trees).map(side => `${side} ${name}`));
  const scripts = Object.fromEntries(
    Object.entries(trees).map(([side, tree]) => [side, pathToFileURL(join(tree, 'benchmarks/src/calls/run-case.js'))]),
  );
  const run = (args, rounds, execArgv) =>
    runRounds({
      script: name => scripts[name.split(' ')[0]],
      names,
      rounds,
      argsOf: name => [name.split(' ')[1], ...args],
      execArgv,
      tell,
    });
  const time = await run(quick ? ['time', 'short'] : ['time'], rounds);
  const bytes = await run(['bytes'], 1, NO_COLLECTION);
  return Object.fromEntries(
    cases.map(name => {
      const both = of => ({ old: of(`old ${name}`), new: of(`new ${name}`) });
      return [
        name,
        {
          time: both(key => time[key].map(({ median }) => median)),
          bytes: both(key => bytes[key][0].bytes),
        },
      ];
    }),
  );
}
