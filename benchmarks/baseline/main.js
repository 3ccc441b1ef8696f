// npm run bench:baseline -- --python /tmp/peers/bin/python: what a baseline of a file costs, beside other tools; docs/baseline-cost.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commit, machine, versionOf } from '../src/harness/where.js';
import { driftCases, flightCases, largeCases, startCases } from './cases.js';
import { page } from './page.js';
import { inFolder, runCases } from './run-cases.js';
import { writeLarge, writeTable } from './write-large.js';

const HELP = `npm run bench:baseline -- --python PYTHON [options]

Measures time and peak memory of driftspan, the NumPy script, whylogs and Evidently on the same files, and writes
docs/baseline-cost.md. Half an hour and 3 GB of temporary files. Linux: peaks are read from /proc.

  --python PYTHON  an environment of benchmarks/detection/peers/requirements.txt:
                   python3.11 -m venv /tmp/peers
                   /tmp/peers/bin/pip install --no-deps -r benchmarks/detection/peers/requirements.txt
  --rounds N       of the flights (5)
  --large-rounds N of the large file (3); of what others do with it there is one
  --rows A,B,C     lengths of the large file (1000000,3000000,10000000)
  --limit-gib N    what a command may hold before it is killed (16)
  --quick          one round, large files of 100000 and 200000 rows; prints the page and writes nothing
  --page           only write the page again from docs/baseline-cost.json
`;
const FLIGHTS = fileURLToPath(new URL('../../examples/flight-delays/data/flights-2013.parquet', import.meta.url));
const REQUIREMENTS = new URL('../detection/peers/requirements.txt', import.meta.url);
const DOCS = new URL('../../docs/', import.meta.url);
const PEERS = ['whylogs', 'evidently', 'numpy', 'pandas', 'pyarrow'];
const LIMIT_SECONDS = 1800;

const { values: given } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    python: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    'large-rounds': { type: 'string', default: '3' },
    rows: { type: 'string', default: '1000000,3000000,10000000' },
    'limit-gib': { type: 'string', default: '16' },
    quick: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
const isUnable = !given.page && given.python === undefined;
if (given.help || isUnable) {
  if (isUnable && !given.help) console.error('--python is missing: the other tools are in Python.\n');
  console[given.help ? 'log' : 'error'](HELP);
  process.exit(given.help ? 0 : 2);
}

const json = new URL('baseline-cost.json', DOCS);
if (given.page) {
  writeFileSync(new URL('baseline-cost.md', DOCS), page(JSON.parse(readFileSync(json, 'utf8'))));
} else {
  const figures = await inFolder(measureAll);
  if (!given.quick) {
    writeFileSync(json, `${JSON.stringify(figures, null, 1)}\n`);
    writeFileSync(new URL('baseline-cost.md', DOCS), page(figures));
  }
  console.log(page(figures));
}

async function measureAll(folder) {
  const interpreter = given.python;
  const packages = peerVersions(interpreter);
  const rounds = given.quick ? 1 : Number(given.rounds);
  const lengths = given.quick ? [100_000, 200_000] : given.rows.split(',').map(Number);
  const limits = { limitBytes: Number(given['limit-gib']) * 2 ** 30, limitSeconds: LIMIT_SECONDS };
  const progress = group => (round, name) => process.stderr.write(`${group}, round ${round + 1}: ${name}\n`);
  const options = group => ({ rounds, limits, env: { TMPDIR: folder }, progress: progress(group) });
  const file = name => join(folder, name);

  const [csv, january, july] = [file('flights.csv'), file('january.parquet'), file('july.parquet')];
  await writeTable(`SELECT * FROM '${FLIGHTS}'`, csv, 'csv');
  await writeTable(`SELECT * FROM '${FLIGHTS}' WHERE month = 1`, january);
  await writeTable(`SELECT * FROM '${FLIGHTS}' WHERE month = 7`, july);
  const start = await runCases(startCases(interpreter), options('start'));
  const flights = await runCases(flightCases({ parquet: FLIGHTS, csv, folder, interpreter }), options('flights'));
  checkSame(['driftspan', 'driftspan-csv', 'numpy'].map(name => file(`out-${name}`)));
  const drift = await runCases(driftCases({ january, july, folder, interpreter }), options('drift'));
  const large = [];
  for (const rows of lengths) {
    const parquet = file('large.parquet');
    const shuffled = rows === lengths.at(-1) ? file('large-shuffled.parquet') : undefined;
    await writeLarge(parquet, rows);
    if (shuffled !== undefined) await writeLarge(shuffled, rows, { shuffled: true });
    const cases = await runCases(largeCases({ parquet, shuffled, folder, interpreter }), {
      ...options(`${rows} rows`),
      rounds: given.quick ? 1 : Number(given['large-rounds']),
      peerRounds: 1,
    });
    large.push({ rows, bytes: statSync(parquet).size, cases });
  }
  return {
    node: process.version,
    driftspan: JSON.parse(readFileSync(new URL('../../packages/driftspan/package.json', import.meta.url))).version,
    duckdb: versionOf('@duckdb/node-api'),
    python: execFileSync(interpreter, ['-c', 'import platform; print(platform.python_version())'], {
      encoding: 'utf8',
    }).trim(),
    packages,
    machine: machine(),
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
    limits: { gib: Number(given['limit-gib']), minutes: LIMIT_SECONDS / 60 },
    files: { parquetBytes: statSync(FLIGHTS).size, csvBytes: statSync(csv).size },
    start,
    flights,
    drift,
    large,
  };
}

/** Versions that the page names: those that are pinned, or nothing is measured. */
function peerVersions(interpreter) {
  const ask =
    'import json, sys; from importlib.metadata import version; print(json.dumps({name: version(name) for name in sys.argv[1:]}))';
  const met = JSON.parse(execFileSync(interpreter, ['-c', ask, ...PEERS], { encoding: 'utf8' }));
  const pinned = new Map(
    readFileSync(REQUIREMENTS, 'utf8')
      .split('\n')
      .map(line => line.split('==')),
  );
  for (const [name, version] of Object.entries(met)) {
    if (version !== pinned.get(name)) throw new Error(`${name}: met ${version}, expected ${pinned.get(name)}`);
  }
  return met;
}

/** What the page says: ours from Parquet, from CSV and the script's have the same features, whatever their order. */
function checkSame(files) {
  const [first, ...others] = files.map(name => {
    const { features } = JSON.parse(readFileSync(name, 'utf8'));
    return JSON.stringify(features.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  });
  if (others.some(other => other !== first)) throw new Error(`${files.join(', ')}: features differ`);
}
