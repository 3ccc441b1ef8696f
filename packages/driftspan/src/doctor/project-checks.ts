import { duration, printable } from '../terminal/words.js';
import { type Check, failed, none, ok, type Surroundings, warning } from './check.js';
import { runNode } from './child.js';
import { type InstalledPackage, resolvedFrom } from './installed-packages.js';

const LIST_BACKENDS =
  "const o = require(require('node:module').createRequire(process.cwd() + '/package.json').resolve('onnxruntime-node'));" +
  'process.stdout.write(JSON.stringify(o.listSupportedBackends ? o.listSupportedBackends().map(b => b.name) : []))';

/** Loads the runtime in a process of its own: a native library may do anything. */
export async function onnxruntimeCheck(
  packages: readonly InstalledPackage[],
  surroundings: Surroundings,
): Promise<Check> {
  const name = 'onnxruntime-node';
  const installed = resolvedFrom(surroundings.cwd, name, packages);
  if (installed === undefined) return none(name, 'is not installed here: monitors watch models of any kind');
  const { status, stdout, stderr } = await runNode(['--input-type=commonjs', '-e', LIST_BACKENDS], surroundings);
  if (status === null) {
    const words = `${installed.version} did not load within ${duration(surroundings.timeoutMs)}`;
    return warning(name, words, '--timeout gives it longer');
  }
  if (status !== 0) {
    const words = `${installed.version} does not load: ${firstError(stderr)}`;
    return failed(name, words, 'install it with its install scripts, or npm rebuild onnxruntime-node');
  }
  const backends = (JSON.parse(stdout) as readonly string[]).join(', ');
  return ok(name, `${installed.version}${backends === '' ? '' : `, providers: ${backends}`}`);
}

/** Runs `register` as the application would, with exporters off, so that a mistake shows here and not at the next start. */
export async function configCheck(packages: readonly InstalledPackage[], surroundings: Surroundings): Promise<Check> {
  const name = 'DRIFTSPAN_CONFIG';
  const named = surroundings.env['DRIFTSPAN_CONFIG']?.trim();
  if (named === undefined || named === '')
    return none(name, 'is not set: register watches every session with what it can make out');
  if (resolvedFrom(surroundings.cwd, '@driftspan/node', packages) === undefined) {
    return warning(
      name,
      `${named} is set, and @driftspan/node, which reads it, is not installed here`,
      'npm install @driftspan/node',
    );
  }
  const off = {
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_SDK_DISABLED: '',
    DRIFTSPAN_DISABLED: '',
  };
  const { status, stderr } = await runNode(['--import', '@driftspan/node/register', '-e', ''], surroundings, off);
  if (status === null)
    return failed(
      name,
      `${named} did not load within ${duration(surroundings.timeoutMs)}`,
      'a configuration should only describe: no server, no timer',
    );
  if (status !== 0) return failed(name, `${named}: ${firstError(stderr)}`, 'docs/onnxruntime.md says what it may hold');
  return ok(
    name,
    `${named} loads, and its baselines can be read; whether they fit is seen when a session of the model is made`,
  );
}

function firstError(stderr: string): string {
  const lines = stderr.split('\n').filter(line => line.trim() !== '');
  const found = lines.find(line => /^(?:driftspan:|\w*Error\b)/.test(line)) ?? lines[0] ?? 'no reason given';
  return printable(found.replace(/^driftspan: /, '').slice(0, 400));
}
