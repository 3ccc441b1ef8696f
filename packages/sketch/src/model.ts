import { SketchError, shown } from './errors.js';
import { isCategoryLimit, MAX_CATEGORY_LIMIT } from './feature/categorical.js';
import type { Feature, FeatureKind, Measures } from './feature/feature.js';
import { modelReadings } from './feature/readings.js';
import { sensitiveKeyBytes } from './sensitive/key.js';
import { isWellFormed } from './well-formed.js';

/** Parts counted. A model with more is a tensor; each costs up to 22 series (an option of the exporter reduces them). */
export const MAX_FEATURES = 1000;
/** Names become metric attributes; longer ones are a mistake or an attack. */
export const MAX_NAME_LENGTH = 256;
/** What {@link isName} accepts, in words. */
export const NAME_RULE = `a string of 1 to ${MAX_NAME_LENGTH} characters, not "__proto__"`;

/** What a model answers, judged as features under these names; no declared feature may take one. */
export const OUTPUT_FEATURES: ReadonlyMap<string, FeatureKind> = new Map([
  ['prediction.label', 'categorical'],
  ['prediction.confidence', 'numeric'],
  ['prediction.value', 'numeric'],
]);

/** Names of what is watched together begin so: a model with `joint: true` has no feature of such a name. */
export const JOINT_PREFIX = 'joint.';

export type ModelTask = 'classification' | 'regression' | 'ranking' | 'embedding';
export const MODEL_TASKS: ReadonlySet<string> = new Set<ModelTask>([
  'classification',
  'regression',
  'ranking',
  'embedding',
]);

export interface ModelSpec<Row> {
  readonly name: string;
  readonly version: string;
  /** Version of the feature transforms; a baseline made with another one is refused. */
  readonly transforms?: string;
  readonly task?: ModelTask;
  /** Set for a model behind a network: the span is CLIENT, with server.address and server.port. */
  readonly remote?: string;
  readonly features?: { readonly [name: string]: Feature<Row> };
  /**
   * Watches numeric features together too: pairs of them, up to 8, chosen when the baseline is learned, each counted and judged as
   * a numeric feature `joint.<a>~<b>`. Finds that their relation has changed while each by itself looks as ever. Off by default:
   * a pair costs 20 ns a row and up to 22 series. See `chooseProjections` for what it can't see.
   */
  readonly joint?: boolean;
  /**
   * The key under which the categories of sensitive features are hashed (HMAC-SHA256), a text or bytes, 16 bytes or more: the same where
   * the baseline is learned and where it is used. It is in no file and in no telemetry. Another key needs another baseline.
   */
  readonly sensitiveKey?: string | Uint8Array;
}

/**
 * The specification of a model, once, for training and serving.
 * Give the row type where `select` is used: `defineModel<Flight>({ … })`.
 *
 * @throws SketchError `ERR_MODEL` for an empty or overlong name, an unknown feature kind, `__proto__`, a feature named as an output
 * or, with `joint`, `joint.…`,
 * one named as a part of another, more than 1,000 features, parts counted, or a sensitive categorical feature without a `sensitiveKey`.
 */
// biome-ignore lint/suspicious/noExplicitAny: a model without `select` fits every row
export function defineModel<Row = any>(spec: ModelSpec<Row>): ModelSpec<Row> {
  checkModel(spec);
  return spec;
}

/** What `defineModel` checks; the monitor runs it again, since a specification may be written without it. */
export function checkModel<Row>(spec: ModelSpec<Row>): void {
  if (typeof spec !== 'object' || spec === null) {
    throw new SketchError('ERR_MODEL', 'model', shown(spec), 'an object with name and version');
  }
  checkName('model.name', spec.name);
  checkName('model.version', spec.version);
  if (spec.transforms !== undefined) checkName('model.transforms', spec.transforms);
  if (spec.task !== undefined && !isModelTask(spec.task)) {
    throw new SketchError(
      'ERR_MODEL',
      'model.task',
      shown(spec.task),
      'classification, regression, ranking or embedding',
    );
  }
  if (spec.remote !== undefined && !isRemote(spec.remote)) {
    throw new SketchError('ERR_MODEL', 'model.remote', shown(spec.remote), 'an absolute URL');
  }
  if (spec.joint !== undefined && typeof spec.joint !== 'boolean') {
    throw new SketchError('ERR_MODEL', 'model.joint', shown(spec.joint), 'true or false');
  }
  if (spec.sensitiveKey !== undefined) sensitiveKeyBytes(spec.sensitiveKey);
  if (spec.features === undefined) return;
  if (typeof spec.features !== 'object' || spec.features === null || Array.isArray(spec.features)) {
    throw new SketchError('ERR_MODEL', 'model.features', shown(spec.features), 'an object of features');
  }
  const names = Object.keys(spec.features);
  if (names.length > MAX_FEATURES) {
    throw new SketchError('ERR_MODEL', 'model.features', `${names.length} features`, `at most ${MAX_FEATURES}`);
  }
  for (const name of names) checkFeature(name, spec.features[name]);
  checkHasKey(spec);
  checkColumns(spec);
}

function checkFeature(name: string, feature: Feature<never> | undefined): void {
  const where = `feature ${shown(name)}`;
  checkName(where, name);
  const kind: unknown = feature?.kind;
  if (kind !== 'numeric' && kind !== 'categorical' && !isMeasures(feature?.measures)) {
    throw new SketchError('ERR_MODEL', where, `kind ${shown(kind)}`, 'numeric(), categorical() or a measured kind');
  }
  if (feature?.read !== undefined && typeof feature.read !== 'function') {
    throw new SketchError('ERR_MODEL', where, `select ${shown(feature.read)}`, 'a function of the row');
  }
  if (feature?.limit !== undefined && !isCategoryLimit(feature.limit)) {
    throw new SketchError(
      'ERR_MODEL',
      where,
      `limit ${shown(feature.limit)}`,
      `an integer from 1 to ${MAX_CATEGORY_LIMIT}`,
    );
  }
  for (const mark of ['sensitive', 'recorded'] as const) {
    const value: unknown = feature?.[mark];
    if (value !== undefined && typeof value !== 'boolean') {
      throw new SketchError('ERR_MODEL', where, `${mark} ${shown(value)}`, 'true or false');
    }
  }
}

function checkHasKey<Row>({ features, sensitiveKey }: ModelSpec<Row>): void {
  if (sensitiveKey !== undefined) return;
  const named = Object.entries(features!).find(([, { kind, sensitive }]) => kind === 'categorical' && sensitive);
  if (named === undefined) return;
  throw new SketchError(
    'ERR_MODEL',
    'model.sensitiveKey',
    'undefined',
    `a key for the categories of ${shown(named[0])}`,
  );
}

function isMeasures(measures: Measures<never> | undefined): boolean {
  return (
    typeof measures?.measure === 'function' &&
    Array.isArray(measures.parts) &&
    measures.parts.length > 0 &&
    measures.parts.every(part => typeof part === 'string')
  );
}

/** Features and parts of features share one space of names: that of the baseline and of the metrics. */
function checkColumns<Row>(spec: ModelSpec<Row>): void {
  const owners = new Map<string, string>();
  for (const { name: owner, columns } of modelReadings(spec)) {
    for (const { name } of columns) {
      const where = name === owner ? `feature ${shown(name)}` : `feature ${shown(owner)}, part ${shown(name)}`;
      checkName(where, name);
      if (OUTPUT_FEATURES.has(name)) throw new SketchError('ERR_MODEL', where, 'the name of an output', 'another name');
      if (spec.joint === true && name.startsWith(JOINT_PREFIX)) {
        throw new SketchError('ERR_MODEL', where, `the prefix ${shown(JOINT_PREFIX)}`, 'another: joint drift has it');
      }
      const other = owners.get(name);
      if (other !== undefined) {
        throw new SketchError('ERR_MODEL', where, `a name that ${shown(other)} has taken`, 'another name');
      }
      owners.set(name, owner);
    }
  }
  if (owners.size > MAX_FEATURES) {
    throw new SketchError(
      'ERR_MODEL',
      'model.features',
      `${owners.size} features, parts counted`,
      `at most ${MAX_FEATURES}`,
    );
  }
}

export function isModelTask(task: string): task is ModelTask {
  return MODEL_TASKS.has(task);
}

/** Whether a text can be a name: 1 to 256 characters of Unicode, and not `__proto__`. */
export function isName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name !== '' &&
    name.length <= MAX_NAME_LENGTH &&
    name !== '__proto__' &&
    isWellFormed(name)
  );
}

function checkName(where: string, name: unknown): void {
  if (!isName(name)) throw new SketchError('ERR_MODEL', where, shown(name), NAME_RULE);
}

/** `localhost:8080` parses, as a scheme without a host. */
function isRemote(url: unknown): boolean {
  return typeof url === 'string' && URL.canParse(url) && new URL(url).hostname !== '';
}
