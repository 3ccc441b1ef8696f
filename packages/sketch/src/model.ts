import { SketchError, shown } from './errors.js';
import { isCategoryLimit, MAX_CATEGORY_LIMIT } from './feature/categorical.js';
import type { Feature, FeatureKind } from './feature/feature.js';
import { isWellFormed } from './well-formed.js';

/** A model with more features than this is a tensor; each costs up to 22 series (an option of the exporter reduces them). */
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
}

/**
 * The specification of a model, once, for training and serving.
 * Give the row type where `select` is used: `defineModel<Flight>({ … })`.
 *
 * @throws SketchError `ERR_MODEL` for an empty or overlong name, an unknown feature kind, `__proto__`, a feature named as an output,
 * or more than 1,000 features.
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
  if (spec.features === undefined) return;
  if (typeof spec.features !== 'object' || spec.features === null || Array.isArray(spec.features)) {
    throw new SketchError('ERR_MODEL', 'model.features', shown(spec.features), 'an object of features');
  }
  const names = Object.keys(spec.features);
  if (names.length > MAX_FEATURES) {
    throw new SketchError('ERR_MODEL', 'model.features', `${names.length} features`, `at most ${MAX_FEATURES}`);
  }
  for (const name of names) checkFeature(name, spec.features[name]);
}

function checkFeature(name: string, feature: Feature<never> | undefined): void {
  const where = `feature ${shown(name)}`;
  checkName(where, name);
  if (OUTPUT_FEATURES.has(name)) throw new SketchError('ERR_MODEL', where, 'the name of an output', 'another name');
  const kind: unknown = feature?.kind;
  if (kind !== 'numeric' && kind !== 'categorical') {
    throw new SketchError('ERR_MODEL', where, `kind ${shown(kind)}`, 'numeric() or categorical()');
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
