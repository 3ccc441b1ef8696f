// npm run outages [-- --rounds N] [-- --quick] [-- --page]: runs the outages and writes docs/outages.json and docs/outages.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findCollector } from '@driftspan/servers';
import { type Figures, type Round, roundOf } from './outages/figures.js';
import { outagesPage } from './outages/page.js';
import { badDay } from './outages/phases.js';
import { runOutages } from './outages/run-outages.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    quick: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`npm run outages [-- options]

Puts a process under load behind a real Collector that fails in every way, and writes docs/outages.md.

  --rounds N   rounds of about 4 minutes, in turns over JSON and protobuf (4)
  --quick      one short round, whose page is printed and not written
  --page       only write the page again from docs/outages.json`);
  process.exit(0);
}

/** The SDK's own defaults but for the interval: a minute is longer than a phase. */
const SETTINGS = { callsPerSecond: 1000, burst: 200, exportTimeoutMs: 10_000, metricIntervalMs: 1000 };
const SLOWER_THAN_TIMEOUT_MS = 12_000;
const LONG = { quiet: 10, killed: 30, fault: 15, slowerThanTimeoutMs: SLOWER_THAN_TIMEOUT_MS };
const SHORT = { quiet: 3, killed: 6, fault: 3, slowerThanTimeoutMs: SLOWER_THAN_TIMEOUT_MS };
const PROTOCOLS = ['http/json', 'http/protobuf'] as const;

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const json = join(docs, 'outages.json');

if (!values.page) {
  const figures = await measure(values.quick ? 1 : Number(values.rounds));
  if (values.quick) {
    console.log(outagesPage(figures));
    process.exit(0);
  }
  writeFileSync(json, `${JSON.stringify(figures, null, 1)}\n`);
}
writeFileSync(join(docs, 'outages.md'), outagesPage(JSON.parse(readFileSync(json, 'utf8')) as Figures));

async function measure(count: number): Promise<Figures> {
  const loadAverage = Math.round(10 * (loadavg()[0] ?? 0)) / 10;
  const rounds: Round[] = [];
  for (let index = 0; index < count; index++) {
    const protocol = PROTOCOLS[index % PROTOCOLS.length]!;
    const folder = mkdtempSync(join(tmpdir(), 'driftspan-outages-'));
    try {
      const outcome = await runOutages({
        phases: badDay(values.quick ? SHORT : LONG),
        loads: [{ service: 'load', protocol, callsPerSecond: SETTINGS.callsPerSecond, burst: SETTINGS.burst }],
        exportTimeoutMs: SETTINGS.exportTimeoutMs,
        metricIntervalMs: SETTINGS.metricIntervalMs,
        folder,
        progress: phase => console.error(`round ${index + 1} of ${count}, ${protocol}: ${phase}`),
      });
      rounds.push(roundOf(protocol, outcome));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return {
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      platform: `${process.platform} ${process.arch}`,
      loadAverage,
    },
    versions: {
      Node: process.versions.node,
      'OpenTelemetry SDK': versionOf('@opentelemetry/sdk-metrics'),
      Collector: collectorVersion(),
    },
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
    settings: SETTINGS,
    rounds,
  };
}

/** Packages do not export their package.json. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
      if (manifest['name'] === name) return manifest['version']!;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** A Collector that was built without a version of its own still names those of its parts. */
function collectorVersion(): string {
  const output = execFileSync(findCollector() ?? 'otelcol', ['components'], { encoding: 'utf8' });
  return /otlpreceiver v(\S+)/.exec(output)?.[1] ?? 'of an unknown version';
}

function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const hash = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain', '--', 'packages', 'e2e') === '' ? hash : `${hash} with uncommitted changes`;
  } catch {
    return 'unknown';
  }
}
