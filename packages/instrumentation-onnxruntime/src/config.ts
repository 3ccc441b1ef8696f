import type { ModelSpec, MonitorOptions, OutputReaders } from '@driftspan/core';
import { InstrumentationError, shown } from './errors.js';
import type { Feeds, Results } from './runtime.js';

type Options = MonitorOptions<[Feeds, ...unknown[]], Results, Feeds>;

/** Options that stand for every session, and that a model's own configuration overrides. */
export interface SharedConfig
  extends Pick<
    Options,
    'drift' | 'export' | 'sampling' | 'redact' | 'recordExceptions' | 'limits' | 'spans' | 'codegen' | 'clock'
  > {
  /**
   * Rows of each model's first traffic that are taken for normal and made its baseline; default 5,000. false: no baseline, and so
   * no bins and no verdicts. For development or one process; replicas, and the next start, cut bins of their own.
   */
  learnFrom?: number | false;
  /** `none`: inputs that nobody declared are not counted. Default `counts`: as bins, never a value. */
  tensors?: 'counts' | 'none';
  /** false: the model's bytes are not hashed for `artifact.hash`. */
  hash?: boolean;
}

/** What an application says of one model. */
export interface ModelConfig extends SharedConfig, Pick<Options, 'baseline' | 'requireSameVersion' | 'predictionId'> {
  /** Stronger than what the file says, and than its name. */
  name?: string;
  version?: string;
  transforms?: string;
  task?: NonNullable<ModelSpec<Feeds>['task']>;
  sensitiveKey?: NonNullable<ModelSpec<Feeds>['sensitiveKey']>;
  /** Features declared over the feeds: counted, judged, and recorded in sampled predictions. Instead of what is counted by itself. */
  features?: NonNullable<ModelSpec<Feeds>['features']>;
  /** Names for the columns of an input `[batch, columns]`, instead of `<input>.0`, `<input>.1` … */
  columns?: { readonly [input: string]: readonly string[] };
  /** Names of the classes, by index. */
  labels?: readonly string[];
  /** How results are read, instead of what is made out by itself; `none`: not at all. */
  output?: OutputConfig | 'none';
}

/** How results are read: the names of outputs, or readers of one's own. */
export interface OutputConfig extends Pick<OutputReaders<Results, Feeds>, 'confidence' | 'rows'> {
  /** An output `[batch, classes]`, probabilities or not: the largest gives the label, its softmax the confidence. */
  logits?: string;
  /** An output `[batch]` of classes, or a reader. */
  label?: string | NonNullable<OutputReaders<Results, Feeds>['label']>;
  /** An output `[batch]` or `[batch, 1]` of numbers, or a reader. */
  value?: string | NonNullable<OutputReaders<Results, Feeds>['value']>;
}

export interface OnnxruntimeConfig extends SharedConfig {
  /** Default true: watches from construction on. */
  enabled?: boolean;
  /** By model name, by the end of a path (`sentiment/onnx/model.onnx`, `model.onnx`), or by file name without `.onnx`; false: not watched. */
  models?: { readonly [model: string]: ModelConfig | false };
  /** Further folders or files from which onnxruntime-node is resolved; one that finds none is warned of. */
  resolveFrom?: readonly string[];
}

const SHARED_KEYS = [
  'drift',
  'export',
  'sampling',
  'redact',
  'recordExceptions',
  'limits',
  'spans',
  'codegen',
  'clock',
  'learnFrom',
  'tensors',
  'hash',
] as const;

/** Default of `learnFrom`: 300 rows in each of 16 bins, so that the baseline's own noise adds 0.003 to a PSI. */
export const LEARN_FROM = 5000;

/** What one session is watched with: the model's own configuration, found by the first name that has one, over what stands for all; false for not at all. */
export function modelConfig(
  config: OnnxruntimeConfig,
  path: string | undefined,
  names: readonly (string | undefined)[],
): ModelConfig | false {
  const models = config.models ?? {};
  const [first, ...rest] = names;
  const name = [first, pathEnd(path, Object.keys(models)), ...rest].find(
    candidate => candidate !== undefined && Object.hasOwn(models, candidate),
  );
  const own: ModelConfig | false = name === undefined ? {} : models[name]!;
  if (own === false) return false;
  const shared: Record<string, unknown> = {};
  for (const key of SHARED_KEYS) if (config[key] !== undefined) shared[key] = config[key];
  return { ...shared, ...own };
}

/** The longest of the ends that a path has, whole names only. */
function pathEnd(path: string | undefined, ends: readonly string[]): string | undefined {
  if (path === undefined) return undefined;
  const whole = `/${path.replaceAll('\\', '/')}`;
  const found = ends.filter(end => whole.endsWith(`/${end.replaceAll('\\', '/')}`));
  return found.sort((a, b) => b.length - a.length)[0];
}

/** The shape of a configuration; what it holds of a monitor's options is checked when a session is made. @throws InstrumentationError `ERR_ONNXRUNTIME_CONFIG` */
export function checkConfig(config: OnnxruntimeConfig): void {
  if (!isObject(config)) refuse('config', config, 'an object');
  checkShared('config', config);
  if (config.enabled !== undefined && typeof config.enabled !== 'boolean') {
    refuse('config.enabled', config.enabled, 'true or false');
  }
  if (config.resolveFrom !== undefined && !isTexts(config.resolveFrom)) {
    refuse('config.resolveFrom', config.resolveFrom, 'an array of paths');
  }
  if (config.models === undefined) return;
  if (!isObject(config.models)) refuse('config.models', config.models, 'an object of models');
  for (const [name, model] of Object.entries(config.models)) {
    if (model !== false) checkModelConfig(`models[${shown(name)}]`, model);
  }
}

function checkModelConfig(where: string, model: ModelConfig): void {
  if (!isObject(model)) refuse(where, model, 'an object, or false');
  checkShared(where, model);
  for (const key of ['name', 'version', 'transforms'] as const) {
    if (model[key] !== undefined && (typeof model[key] !== 'string' || model[key] === '')) {
      refuse(`${where}.${key}`, model[key], 'a text');
    }
  }
  for (const key of ['features', 'columns'] as const) {
    if (model[key] !== undefined && !isObject(model[key])) refuse(`${where}.${key}`, model[key], 'an object');
  }
  for (const [input, names] of Object.entries(model.columns ?? {})) {
    if (!isTexts(names)) refuse(`${where}.columns[${shown(input)}]`, names, 'an array of names');
  }
  if (model.labels !== undefined && !isTexts(model.labels))
    refuse(`${where}.labels`, model.labels, 'an array of names');
  if (model.output !== undefined && model.output !== 'none') checkOutput(`${where}.output`, model.output);
}

function checkOutput(where: string, output: OutputConfig): void {
  if (!isObject(output)) refuse(where, output, "an object, or 'none'");
  if (output.logits !== undefined && typeof output.logits !== 'string') {
    refuse(`${where}.logits`, output.logits, 'the name of an output');
  }
  for (const key of ['label', 'value'] as const) {
    const reader: unknown = output[key];
    if (reader !== undefined && typeof reader !== 'string' && typeof reader !== 'function') {
      refuse(`${where}.${key}`, reader, 'the name of an output, or a function');
    }
  }
}

function checkShared(where: string, shared: SharedConfig): void {
  const { learnFrom, tensors, hash } = shared;
  if (learnFrom !== undefined && learnFrom !== false && !(Number.isInteger(learnFrom) && learnFrom >= 1000)) {
    refuse(`${where}.learnFrom`, learnFrom, 'a whole number from 1000, or false');
  }
  if (tensors !== undefined && tensors !== 'counts' && tensors !== 'none') {
    refuse(`${where}.tensors`, tensors, "'counts' or 'none'");
  }
  if (hash !== undefined && typeof hash !== 'boolean') refuse(`${where}.hash`, hash, 'true or false');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(text => typeof text === 'string');
}

function refuse(where: string, value: unknown, expected: string): never {
  throw new InstrumentationError('ERR_ONNXRUNTIME_CONFIG', where, shown(value), expected);
}
