import { SketchError, shown } from '../errors.js';
import { modelReadings } from '../feature/readings.js';
import { checkModel, type ModelSpec } from '../model.js';
import { sensitiveKeyId } from '../sensitive/key.js';
import type { Baseline } from './baseline.js';
import { hasHashedCategories } from './hashed-categories.js';

export interface BindOptions {
  /** Also asks for the same `version`. Off by default, so that a canary and the model it may replace share a baseline. */
  readonly requireSameVersion?: boolean;
}

/**
 * Checks that a baseline belongs to a model: made for its name, with its version of the transforms (none only with none), for
 * exactly its features, parts of measured ones too, each of the same kind and sensitive on both sides or on neither, with joint drift if
 * the model asks for that, and under its key if there are categories to hash. The order of features doesn't matter.
 *
 * @throws SketchError `ERR_BASELINE_MODEL`, `ERR_BASELINE_TRANSFORMS`, `ERR_BASELINE_FEATURE`, `ERR_BASELINE_KEY`, with
 * `requireSameVersion` `ERR_BASELINE_VERSION`; `ERR_MODEL` for a model that `defineModel` would refuse. `met` is the baseline's side, `expected` the model's.
 */
export function bindBaseline<Row>(baseline: Baseline, model: ModelSpec<Row>, options: BindOptions = {}): void {
  checkModel(model);
  const made = baseline.model;
  if (made.name !== model.name) throw mismatch('ERR_BASELINE_MODEL', 'baseline.model.name', made.name, model.name);
  if (made.transforms !== model.transforms) {
    throw mismatch('ERR_BASELINE_TRANSFORMS', 'baseline.model.transforms', made.transforms, model.transforms);
  }
  if (options.requireSameVersion === true && made.version !== model.version) {
    throw mismatch('ERR_BASELINE_VERSION', 'baseline.model.version', made.version, model.version);
  }
  bindFeatures(baseline, model);
  bindJoint(baseline, model);
  bindKey(baseline, model);
}

function bindFeatures<Row>(baseline: Baseline, model: ModelSpec<Row>): void {
  const learned = new Map(baseline.features.map(feature => [feature.name, kindOf(feature)]));
  const declared = new Map(
    modelReadings(model).flatMap(({ columns }) => columns.map(column => [column.name, kindOf(column)])),
  );
  for (const name of new Set([...declared.keys(), ...learned.keys()])) {
    const [met, expected] = [learned.get(name), declared.get(name)];
    if (met !== expected) {
      const where = `baseline feature ${shown(name)}`;
      throw new SketchError('ERR_BASELINE_FEATURE', where, met ?? 'no such feature', expected ?? 'no such feature');
    }
  }
}

function kindOf({ kind, sensitive }: { readonly kind: string; readonly sensitive?: boolean }): string {
  return sensitive === true ? `sensitive ${kind}` : kind;
}

/** The features are the same on both sides. With another key no category would be found, and all would drift. */
function bindKey<Row>(baseline: Baseline, { sensitiveKey }: ModelSpec<Row>): void {
  const met = baseline.sensitiveKeyId;
  const expected = hasHashedCategories(baseline.features) ? sensitiveKeyId(sensitiveKey!) : undefined;
  if (met !== expected) throw mismatch('ERR_BASELINE_KEY', 'baseline.sensitiveKeyId', met, expected);
}

function bindJoint<Row>(baseline: Baseline, model: ModelSpec<Row>): void {
  const [learned, declared] = [baseline.joint !== undefined, model.joint === true];
  if (learned === declared) return;
  const [met, expected] = [learned, declared].map(joint => (joint ? 'joint drift' : 'no joint drift'));
  throw new SketchError('ERR_BASELINE_FEATURE', 'baseline.joint', met!, expected!);
}

function mismatch(
  code: 'ERR_BASELINE_KEY' | 'ERR_BASELINE_MODEL' | 'ERR_BASELINE_TRANSFORMS' | 'ERR_BASELINE_VERSION',
  where: string,
  met: string | undefined,
  expected: string | undefined,
): SketchError {
  return new SketchError(code, where, shown(met), shown(expected));
}
