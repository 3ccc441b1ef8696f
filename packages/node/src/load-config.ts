import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadBaseline } from '@driftspan/files';
import type { ModelConfig, OnnxruntimeConfig } from '@driftspan/instrumentation-onnxruntime';
import { type ConfiguredModel, checkConfig, type DriftspanConfig } from './config.js';
import { text } from './environment.js';
import { NodeError } from './errors.js';

const VARIABLE = 'DRIFTSPAN_CONFIG';

/** A configuration with its baselines in the place of their files. */
export interface LoadedConfig extends Omit<DriftspanConfig, 'models'> {
  models?: NonNullable<OnnxruntimeConfig['models']>;
}

/**
 * The configuration that DRIFTSPAN_CONFIG names, an empty one where it is unset: a path relative to the working directory, a
 * file URL or a package; `.js`, `.mjs`, `.cjs`, `.json`, and `.ts` where this Node loads it. Paths in it are relative to its
 * folder. Baselines are read here, so that the application begins with them.
 *
 * @throws NodeError (by rejection) `ERR_CONFIG`, with what was wrong as its cause.
 */
export async function loadConfig(): Promise<LoadedConfig> {
  const named = text(VARIABLE);
  if (named === undefined) return {};
  const file = locate(named);
  const config = await read(file);
  const where = basename(file);
  checkConfig(where, config);
  const folder = dirname(file);
  const { models, ...loaded }: DriftspanConfig = config;
  // Anything else is told by who takes it.
  if (Array.isArray(loaded.resolveFrom)) loaded.resolveFrom = loaded.resolveFrom.map(place => resolve(folder, place));
  if (models === undefined) return loaded;
  const withBaselines: Record<string, ModelConfig | false> = {};
  for (const [name, model] of Object.entries(models)) {
    withBaselines[name] =
      model === false ? false : await withBaseline(`${where}: models[${JSON.stringify(name)}].baseline`, model, folder);
  }
  return { ...loaded, models: withBaselines };
}

async function withBaseline(
  where: string,
  { baseline, ...model }: ConfiguredModel,
  folder: string,
): Promise<ModelConfig> {
  if (baseline === undefined) return model;
  const isFile = typeof baseline === 'string' || baseline instanceof URL;
  return { ...model, baseline: isFile ? await baselineOf(where, baseline, folder) : baseline };
}

/** The file's absolute path: a file of that name comes before a package of that name. */
function locate(named: string): string {
  const folder = process.cwd();
  try {
    if (named.startsWith('file:')) return fileURLToPath(named);
    const file = resolve(folder, named);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
    return createRequire(join(folder, 'package.json')).resolve(named);
  } catch (cause) {
    throw new NodeError('ERR_CONFIG', VARIABLE, JSON.stringify(named), 'a file, a file URL or a package', cause);
  }
}

async function read(file: string): Promise<unknown> {
  try {
    // As a module it would need an import attribute, which the lines of Node write in two ways.
    if (extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8'));
    const { default: config } = (await import(pathToFileURL(file).href)) as { default?: unknown };
    // A compiler to CommonJS puts the default export one level deeper.
    const isCompiled = typeof config === 'object' && config !== null && '__esModule' in config && 'default' in config;
    return isCompiled ? config.default : config;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError('ERR_CONFIG', VARIABLE, `${basename(file)}, where ${what}`, 'a module that loads', cause);
  }
}

async function baselineOf(where: string, file: string | URL, folder: string) {
  const isUrl = file instanceof URL || file.startsWith('file:');
  try {
    return await loadBaseline(isUrl ? new URL(file) : resolve(folder, file));
  } catch (cause) {
    throw new NodeError(
      'ERR_CONFIG',
      where,
      cause instanceof Error ? cause.message : String(cause),
      'a baseline',
      cause,
    );
  }
}
