// Builds the real Collector and the newer Prometheus that the fleet tests and examples start, into .tools/bin, once.
// A stamp beside each holds what it was built of; where that still holds, nothing is done.
//
//   npm run fleet-tools              build what is missing: about 4 minutes on 2 cores the first time
//   npm run fleet-tools -- --print   where each binary comes from, and build nothing
//
// Without Go: OTELCOL_BIN, PROMETHEUS_BIN and PROMTOOL_BIN name binaries that are there already.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, '.tools/bin');
const stamps = join(root, '.tools/stamps');

const BUILDER = 'go.opentelemetry.io/collector/cmd/builder@v0.156.0';
/** What a module v0.3xx.y calls itself: the module's minor is the release's major and minor. */
const PROMETHEUS_VERSION = '3.12.0';
/** remove_all_sd leaves out the cloud providers' clients: half the build, and only static targets are needed. */
const PROMETHEUS_TAGS = 'remove_all_sd,netgo';

const tools = [
  {
    name: 'the OpenTelemetry Collector',
    binaries: { otelcol: 'OTELCOL_BIN' },
    sources: ['e2e/otelcol/builder.yaml'],
    settings: [BUILDER],
    build: buildCollector,
  },
  {
    name: `Prometheus ${PROMETHEUS_VERSION}`,
    binaries: { prometheus: 'PROMETHEUS_BIN', promtool: 'PROMTOOL_BIN' },
    sources: ['e2e/prometheus/go.mod', 'e2e/prometheus/go.sum', 'e2e/prometheus/tools.go'],
    settings: [PROMETHEUS_VERSION, PROMETHEUS_TAGS],
    build: buildPrometheus,
  },
];

try {
  for (const tool of tools) provide(tool, process.argv.includes('--print'));
} catch (error) {
  console.error(`fleet-tools: ${error.message}`);
  process.exit(1);
}

function provide(tool, printOnly) {
  const names = Object.keys(tool.binaries);
  const variables = Object.values(tool.binaries);
  if (variables.every(variable => process.env[variable])) {
    console.log(`${tool.name}: ${variables.map(variable => `${variable}=${process.env[variable]}`).join(' ')}`);
    return;
  }
  const stamp = join(stamps, names[0]);
  const wanted = stampOf(tool);
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (built && names.every(name => existsSync(join(bin, name)))) {
    console.log(`${tool.name}: built, .tools/bin/{${names}}`);
    return;
  }
  if (printOnly) {
    console.log(`${tool.name}: not built`);
    return;
  }
  needGo(tool.name, variables);
  console.log(`${tool.name}: building .tools/bin/{${names}}`);
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'driftspan-tools-'));
  try {
    tool.build(folder);
    mkdirSync(bin, { recursive: true });
    mkdirSync(stamps, { recursive: true });
    for (const name of names) {
      // Beside its place first: a rename is whole or not at all, and works while the old one runs.
      cpSync(join(folder, 'out', name), join(bin, `${name}.new`));
      renameSync(join(bin, `${name}.new`), join(bin, name));
    }
    writeFileSync(stamp, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${tool.name}: built in ${Math.round((Date.now() - started) / 1000)} s`);
}

function buildCollector(folder) {
  cpSync(join(root, 'e2e/otelcol/builder.yaml'), join(folder, 'builder.yaml'));
  // Its output path, ./out, is relative to the folder in which the builder runs.
  go(['run', BUILDER, '--config', 'builder.yaml'], folder);
}

function buildPrometheus(folder) {
  const ldflags = `-s -w -X github.com/prometheus/common/version.Version=${PROMETHEUS_VERSION}`;
  for (const name of ['prometheus', 'promtool']) {
    go(
      [
        'build',
        '-mod=readonly',
        '-trimpath',
        '-buildvcs=false',
        '-tags',
        PROMETHEUS_TAGS,
        '-ldflags',
        ldflags,
        '-o',
        join(folder, 'out', name),
        `github.com/prometheus/prometheus/cmd/${name}`,
      ],
      join(root, 'e2e/prometheus'),
    );
  }
}

/** Runs Go; its output is shown only where it fails. */
function go(args, cwd) {
  const { status, stdout, stderr, error } = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status === 0) return;
  const output = `${stdout}${stderr}`.trim().split('\n').slice(-40).join('\n');
  throw new Error(`go ${args.slice(0, 2).join(' ')} failed with ${status}:\n${output}\n${hint(output)}`);
}

/** The two ways in which it fails on a machine that is not set up for it. */
function hint(output) {
  if (/requires go >= |go\.mod requires|toolchain not available|invalid go version/.test(output)) {
    return `This Go is too old: ${goVersion()}. Install the version that the message names, or let Go fetch it with GOTOOLCHAIN=auto.`;
  }
  if (/dial tcp|no such host|proxyconnect|i\/o timeout|connection refused|Forbidden|Bad Gateway/.test(output)) {
    return "The module proxy can't be reached: see `go env GOPROXY`.";
  }
  return '';
}

function needGo(name, variables) {
  if (goVersion() !== undefined) return;
  throw new Error(
    `no Go on the PATH to build ${name}: install Go (https://go.dev/dl), or set ${variables.join(' and ')} to binaries that are there`,
  );
}

function goVersion() {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function stampOf({ sources, settings }) {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(join(root, source))).update('\0');
  return `${settings.join(' ')} ${process.platform}-${process.arch} ${hash.digest('hex')}\n`;
}
