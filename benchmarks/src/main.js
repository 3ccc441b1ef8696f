// npm run bench [-- --rounds N] [-- --out FILE]: runs every case, writes docs/benchmarks/<line>.json and docs/benchmarks.md.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES } from './cases.js';
import { page } from './page.js';
import { PAIRS } from './pairs.js';
import { runPairs, runRounds } from './rounds.js';
import { commit, machine, versionOf } from './where.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`npm run bench [-- options]

Times every case in fresh processes, round after round in reversed order, and writes docs/benchmarks.md.

  --rounds N   rounds, each a fresh process a case (7; about 20 s a round)
  --page       only write the page again from the figures in docs/benchmarks/`);
  process.exit(0);
}

const docs = fileURLToPath(new URL('../../docs', import.meta.url));

if (!values.page) {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds: met ${values.rounds}, expected a whole number from 1`);
  const names = Object.keys(CASES);
  const started = Date.now();
  const tell = what => (round, name) =>
    process.stderr.write(`${what} ${round + 1}/${what === 'time' ? rounds : 3} ${name}\n`);
  const time = await runRounds(names, 'time', rounds, tell('time'));
  const bytes = await runRounds(names, 'bytes', 3, tell('bytes'));
  const pairs = await runPairs(Object.keys(PAIRS), rounds, tell('time'));
  const sdk = versionOf('@opentelemetry/sdk-metrics');
  const figures = {
    node: process.version,
    opentelemetry: { api: versionOf('@opentelemetry/api'), sdk },
    machine: machine(),
    commit: commit(),
    date: new Date(started).toISOString().slice(0, 10),
    seconds: Math.round((Date.now() - started) / 1000),
    rounds: { time, bytes, pairs },
  };
  mkdirSync(`${docs}/benchmarks`, { recursive: true });
  writeFileSync(`${docs}/benchmarks/opentelemetry-${sdk.split('.')[0]}.json`, `${JSON.stringify(figures, null, 1)}\n`);
}

const lines = readdirSync(`${docs}/benchmarks`)
  .filter(file => file.endsWith('.json'))
  .sort();
writeFileSync(
  `${docs}/benchmarks.md`,
  page(lines.map(file => JSON.parse(readFileSync(`${docs}/benchmarks/${file}`, 'utf8')))),
);
console.log(readFileSync(`${docs}/benchmarks.md`, 'utf8'));
