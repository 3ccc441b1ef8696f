import type { ModelConfig, OnnxruntimeConfig } from '@driftspan/instrumentation-onnxruntime';
import { NodeError } from './errors.js';
import type { StartOptions } from './options.js';

/** What is said of one model; without it a session is watched with what can be made out by itself. */
export interface ConfiguredModel extends Omit<ModelConfig, 'baseline'> {
  /** A baseline; its file, relative to the configuration's own; or how many rows to learn it from. */
  baseline?: NonNullable<ModelConfig['baseline']> | string | URL;
}

/** What the module that DRIFTSPAN_CONFIG names has as its default export. Everything is optional. */
export interface DriftspanConfig extends Omit<OnnxruntimeConfig, 'enabled' | 'models'> {
  /** Options of `start()`; false: no SDK is started, since the application starts its own, with `metricProducer()` in a reader. */
  start?: StartOptions | false;
  /** false: sessions of onnxruntime-node are not watched. */
  onnxruntime?: boolean;
  /** By model name, by the end of a path (`sentiment/onnx/model.onnx`), or by file name without `.onnx`; false: not watched. */
  models?: { readonly [model: string]: ConfiguredModel | false };
}

/** Types a configuration; gives it back as it is. */
export function defineConfig(config: DriftspanConfig): DriftspanConfig {
  return config;
}

// Complete by type: a field that is added over there and not here does not compile.
const SHARED_FIELDS = {
  clock: true,
  codegen: true,
  drift: true,
  export: true,
  hash: true,
  learnFrom: true,
  limits: true,
  recordExceptions: true,
  redact: true,
  sampling: true,
  spans: true,
  tensors: true,
} as const;
const FIELDS: Readonly<Record<keyof DriftspanConfig, true>> = {
  ...SHARED_FIELDS,
  models: true,
  onnxruntime: true,
  resolveFrom: true,
  start: true,
};
const MODEL_FIELDS: Readonly<Record<keyof ConfiguredModel, true>> = {
  ...SHARED_FIELDS,
  baseline: true,
  columns: true,
  features: true,
  labels: true,
  name: true,
  output: true,
  predictionId: true,
  requireSameVersion: true,
  sensitiveKey: true,
  task: true,
  transforms: true,
  version: true,
};

/**
 * Fields that nobody reads are refused: with a misspelt one a model would be half watched. What stands in them is checked
 * by who takes it.
 *
 * @param where the file's base name.
 * @throws NodeError `ERR_CONFIG`
 */
export function checkConfig(where: string, config: unknown): asserts config is DriftspanConfig {
  checkFields(where, config, FIELDS);
  const { start, onnxruntime, models } = config as Record<keyof DriftspanConfig, unknown>;
  if (start !== undefined && start !== false && !isObject(start)) {
    refuse(`${where}: start`, start, 'the options of start(), or false');
  }
  if (onnxruntime !== undefined && typeof onnxruntime !== 'boolean') {
    refuse(`${where}: onnxruntime`, onnxruntime, 'true or false');
  }
  if (models === undefined) return;
  if (!isObject(models)) refuse(`${where}: models`, models, 'an object with a field for each model');
  for (const [name, model] of Object.entries(models)) {
    if (model !== false) checkFields(`${where}: models[${JSON.stringify(name)}]`, model, MODEL_FIELDS);
  }
}

function checkFields(where: string, value: unknown, fields: Readonly<Record<string, true>>): void {
  if (!isObject(value)) refuse(where, value, 'an object');
  for (const field of Object.keys(value)) {
    if (!Object.hasOwn(fields, field)) {
      throw new NodeError('ERR_CONFIG', where, `a field ${JSON.stringify(field)}`, Object.keys(fields).join(', '));
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(where: string, value: unknown, expected: string): never {
  const met = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
  throw new NodeError('ERR_CONFIG', where, met, expected);
}
