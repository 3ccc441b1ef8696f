import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServerError } from './errors.js';

/** Where binaries are looked for. */
export interface Places {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `npm run fleet-tools` puts what it builds. */
  readonly built: string;
}

/** The same from `src/` and from `dist/`. */
const HERE: Places = { env: process.env, built: fileURLToPath(new URL('../../../.tools/bin', import.meta.url)) };

/**
 * The Collector: OTELCOL_BIN, this repository's own, then `otelcol` and `otelcol-contrib` on the PATH.
 *
 * @throws ServerError `ERR_SERVER_BINARY` for a variable that names no executable
 */
export function findCollector(places: Places = HERE): string | undefined {
  return (
    named('OTELCOL_BIN', places) ??
    built('otelcol', places) ??
    onPath('otelcol', places) ??
    onPath('otelcol-contrib', places)
  );
}

/**
 * Prometheus: PROMETHEUS_BIN, this repository's own, then the PATH.
 *
 * @throws ServerError `ERR_SERVER_BINARY` for a variable that names no executable
 */
export function findPrometheus(places: Places = HERE): string | undefined {
  return named('PROMETHEUS_BIN', places) ?? built('prometheus', places) ?? onPath('prometheus', places);
}

/**
 * promtool: PROMTOOL_BIN, the one beside `findPrometheus()`, then the PATH.
 *
 * @throws ServerError `ERR_SERVER_BINARY` for a variable that names no executable
 */
export function findPromtool(places: Places = HERE): string | undefined {
  const prometheus = findPrometheus(places);
  return named('PROMTOOL_BIN', places) ?? (prometheus && promtoolBeside(prometheus)) ?? onPath('promtool', places);
}

/**
 * Every Prometheus at hand, for tests that must hold on each version: what PROMETHEUS_BIN names, the built one and the
 * one on the PATH, each file once.
 *
 * @throws ServerError `ERR_SERVER_BINARY` for a variable that names no executable
 */
export function findEveryPrometheus(places: Places = HERE): string[] {
  return distinct([named('PROMETHEUS_BIN', places), built('prometheus', places), onPath('prometheus', places)]);
}

/**
 * As `findEveryPrometheus`, for promtool; those beside each Prometheus count too.
 *
 * @throws ServerError `ERR_SERVER_BINARY` for a variable that names no executable
 */
export function findEveryPromtool(places: Places = HERE): string[] {
  const beside = findEveryPrometheus(places).map(promtoolBeside);
  return distinct([named('PROMTOOL_BIN', places), ...beside, built('promtool', places), onPath('promtool', places)]);
}

/** The path, or an error that says how one comes to be there. @throws ServerError `ERR_SERVER_BINARY` */
export function required(path: string | undefined, what: string, variable: string): string {
  if (path !== undefined) return path;
  const expected = `one on the PATH or named by ${variable}; \`npm run fleet-tools\` builds it where Go is at hand`;
  throw new ServerError('ERR_SERVER_BINARY', what, 'no binary', expected);
}

/** A variable that is set and wrong must not give way to another version without a word. */
function named(variable: string, { env }: Places): string | undefined {
  const path = env[variable];
  if (path === undefined || path === '') return undefined;
  if (executable(path) !== undefined) return path;
  throw new ServerError('ERR_SERVER_BINARY', variable, JSON.stringify(path), 'the path of an executable file');
}

function built(name: string, places: Places): string | undefined {
  return executable(join(places.built, name));
}

function onPath(name: string, { env }: Places): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const found = folder === '' ? undefined : executable(join(folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function promtoolBeside(prometheus: string): string | undefined {
  return executable(join(dirname(prometheus), 'promtool'));
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

function distinct(paths: readonly (string | undefined)[]): string[] {
  const byFile = new Map<string, string>();
  for (const path of paths) {
    const file = path === undefined ? undefined : realpathSync(path);
    if (file !== undefined && !byFile.has(file)) byFile.set(file, path!);
  }
  return [...byFile.values()];
}
