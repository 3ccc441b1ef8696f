// npm run bench: measures the suites, saves what they give in docs/benchmarks/, writes docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseFlags, UsageError } from './flags.js';
import { startProgress } from './harness/progress.js';
import { loadSaved, SAVED, save } from './harness/saved.js';
import { commit, machine, versionOf } from './harness/where.js';
import { duration } from './harness/words.js';
import { MODELS } from './models/models.js';
import { costSection, page, section } from './page.js';
import { loadSuites, SUITES } from './suites.js';

const ROOT = new URL('../../', import.meta.url);
const ROUNDS = 5;
const QUICK_ROUNDS = 2;
const sdk = versionOf('@opentelemetry/sdk-metrics');
const line = Number(sdk.split('.')[0]);

const HELP = `npm run bench [-- options]

Measures what Driftspan costs, beside the alternatives, each case in fresh processes or in turns with what it is
compared with, and writes docs/benchmarks.md and the table of README.md. 45 minutes in all; --list says how
long each suite takes.

  --only A,B       of ${SUITES.join(', ')}
  --models A,B     of the suite models only these, of ${Object.keys(MODELS).join(', ')}:
                   for a machine where one call of the largest takes minutes
  --rounds N       rounds of each suite (${ROUNDS}, fewer of some)
  --quick          a first answer, a minute a suite or less; prints and writes nothing
  --out DIR        saves the figures there, and leaves docs/ alone
  --page           only writes the page, its plots and the table again, from docs/benchmarks/
  --list           the suites, and what each took last time
  --compare REF    the calls of this working tree beside those of a git revision: two builds, in turns; 4 minutes
    --cases A,B    only these cases of the suite calls
    --json FILE    keeps the raw rounds

npm run compat -- --bench [-- options] does the same on Node 24 with OpenTelemetry 3.x.`;

const expectedSeconds = (saved, rounds) => (saved === undefined ? undefined : (saved.seconds * rounds) / saved.rounds);
const lastOf = suite => loadSaved()[suite.name]?.find(saved => saved.line === line);

async function list() {
  for (const { suite } of await loadSuites()) {
    const last = lastOf(suite);
    const took = last === undefined ? 'never measured' : `${duration(last.seconds)} for ${last.rounds} rounds`;
    console.log(`${suite.name.padEnd(10)} ${suite.title} (OpenTelemetry ${suite.lines.join(', ')}): ${took}`);
  }
}

/** What a suite measured, with where and when. */
async function measure(suite, { rounds: asked, quick, models }) {
  const rounds = asked ?? (quick ? QUICK_ROUNDS : (suite.rounds ?? ROUNDS));
  const progress = startProgress(suite.name, quick ? undefined : expectedSeconds(lastOf(suite), rounds));
  const started = Date.now();
  const result = await suite.run({ rounds, quick, models, tell: progress.tell });
  const seconds = Math.round((Date.now() - started) / 1000);
  progress.end(`done in ${duration(seconds)}`);
  const { accelerator } = result;
  return {
    suite: suite.name,
    line,
    node: process.version,
    opentelemetry: { api: versionOf('@opentelemetry/api'), sdk },
    machine: { ...machine(), ...(accelerator === undefined ? {} : { accelerator }) },
    commit: commit(),
    date: new Date(started).toISOString().slice(0, 10),
    seconds,
    rounds,
    result,
  };
}

/** Every chosen suite of this line. One that fails says so, and the rest goes on. Gives the names of those that failed. */
async function measureAll(flags) {
  const folder = flags.out === undefined ? SAVED : pathToFileURL(`${resolve(flags.out)}/`);
  const failed = [];
  for (const { suite } of await loadSuites(flags.only)) {
    if (!suite.lines.includes(line)) {
      process.stderr.write(`${suite.name}: not on OpenTelemetry ${line}.x\n`);
      continue;
    }
    try {
      const saved = await measure(suite, flags);
      if (!flags.quick || flags.out !== undefined) save(saved, folder);
      console.log(`\n${section(suite, [saved])}\n`);
    } catch (error) {
      failed.push(suite.name);
      process.stderr.write(`\n${suite.name}: failed\n${error.stack}\n`);
    }
  }
  return failed;
}

/** The page, its plots and the front page's table, from what is saved. */
async function writePage() {
  const { writeSvg } = await import('./harness/svg.js');
  const modules = await loadSuites();
  const saved = loadSaved();
  for (const { suite } of modules) {
    if (saved[suite.name] === undefined) continue;
    for (const [file, spec] of Object.entries(suite.plots?.(saved[suite.name]) ?? {}))
      await writeSvg(fileURLToPath(new URL(file, ROOT)), spec);
  }
  mkdirSync(SAVED, { recursive: true });
  const file = new URL('docs/benchmarks.md', ROOT);
  writeFileSync(file, page(modules, saved));
  execFileSync(process.execPath, ['scripts/readme.js'], { cwd: ROOT, stdio: 'inherit' });
  console.log(`docs/benchmarks.md is written, and of it in README.md:\n\n${costSection(modules, saved)}`);
}

async function main(argv) {
  const flags = parseFlags(argv);
  if (flags.help) return console.log(HELP);
  if (flags.list) return list();
  if (flags.compare !== undefined) {
    const { compare } = await import('./compare/compare.js');
    return compare(flags);
  }
  const failed = flags.page ? [] : await measureAll(flags);
  if (!flags.quick && flags.out === undefined) await writePage();
  if (failed.length === 0) return;
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
