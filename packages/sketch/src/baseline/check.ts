import { shown } from '../errors.js';
import { isModelTask, isName, MAX_FEATURES, MODEL_TASKS, NAME_RULE, OUTPUT_FEATURES } from '../model.js';
import { BASELINE_SCHEMA, type Baseline, type BaselineModel, type FeatureBaseline } from './baseline.js';
import { checkedLadder } from './check-dependence.js';
import { checkedFeature } from './check-feature.js';
import { checkedJoint } from './check-joint.js';
import { allDifferent, countAt, fieldsOf, listOf, refuse, textAt } from './fields.js';
import { hasHashedCategories } from './hashed-categories.js';
import { MIN_BASELINE_ROWS } from './limits.js';
import { checkedProvenance } from './provenance.js';

const FIELDS = [
  'schema',
  'model',
  'rows',
  'dependence',
  'provenance',
  'sensitiveKeyId',
  'features',
  'outputs',
  'joint',
];
const KEY_ID = /^[0-9a-f]{16}$/;

/**
 * A baseline out of an untrusted value: copied field by field, in one order, and deep-frozen.
 *
 * Unknown fields are refused rather than dropped: what a later version adds may change what the counts mean.
 * Nothing recurses deeper than the format does. `__proto__`, and fields that are inherited, are never read.
 */
export function checkedBaseline(value: unknown): Baseline {
  checkSchema(value);
  const fields = fieldsOf('baseline', value, FIELDS);
  const model = checkedModel(fields['model']);
  const rows = countAt('rows', fields['rows']);
  if (rows < MIN_BASELINE_ROWS) refuse('rows', shown(rows), `at least ${MIN_BASELINE_ROWS}`, 'ERR_BASELINE_TOO_SMALL');
  const dependence = fields['dependence'] === undefined ? undefined : checkedLadder(fields['dependence'], rows);
  const steps = dependence?.blockRows.length ?? 0;
  const provenance = fields['provenance'] === undefined ? undefined : checkedProvenance(fields['provenance']);
  const feature = (where: string, item: unknown) => checkedFeature(where, item, rows, steps);
  const features = listOf('features', fields['features'], MAX_FEATURES, feature);
  const outputs = listOf('outputs', fields['outputs'], OUTPUT_FEATURES.size, feature);
  if (features.length + outputs.length === 0) refuse('features', 'no feature and no output', 'at least one of either');
  checkNames(features, outputs);
  const keyId = checkedKeyId(fields['sensitiveKeyId'], features);
  const joint = fields['joint'] === undefined ? undefined : checkedJoint(fields['joint'], features, rows, steps);
  return Object.freeze({
    schema: BASELINE_SCHEMA,
    model,
    rows,
    ...(dependence === undefined ? {} : { dependence }),
    ...(provenance === undefined ? {} : { provenance }),
    ...(keyId === undefined ? {} : { sensitiveKeyId: keyId }),
    features: Object.freeze(features),
    outputs: Object.freeze(outputs),
    ...(joint === undefined ? {} : { joint }),
  });
}

/** First of all, so that a file of a later version says so instead of naming a field it may well have. */
function checkSchema(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('baseline', shown(value), 'an object');
  const schema = Object.hasOwn(value, 'schema') ? (value as { schema: unknown }).schema : undefined;
  if (schema !== BASELINE_SCHEMA) refuse('schema', shown(schema), shown(BASELINE_SCHEMA), 'ERR_BASELINE_SCHEMA');
}

function checkedModel(value: unknown): BaselineModel {
  const { name, version, transforms, task } = fieldsOf('model', value, ['name', 'version', 'transforms', 'task']);
  return Object.freeze({
    name: textAt('model.name', name, NAME_RULE, isName),
    version: textAt('model.version', version, NAME_RULE, isName),
    ...(transforms === undefined ? {} : { transforms: textAt('model.transforms', transforms, NAME_RULE, isName) }),
    ...(task === undefined ? {} : { task: textAt('model.task', task, [...MODEL_TASKS].join(', '), isModelTask) }),
  });
}

function checkedKeyId(value: unknown, features: readonly FeatureBaseline[]): string | undefined {
  if (hasHashedCategories(features)) {
    return textAt('sensitiveKeyId', value, '16 hex digits, as there are sensitive categories', text =>
      KEY_ID.test(text),
    );
  }
  return value === undefined ? value : refuse('sensitiveKeyId', shown(value), 'none: no category is sensitive');
}

function checkNames(features: readonly FeatureBaseline[], outputs: readonly FeatureBaseline[]): void {
  allDifferent(
    'features',
    features.map(feature => feature.name),
  );
  allDifferent(
    'outputs',
    outputs.map(output => output.name),
  );
  for (const [i, { name }] of features.entries()) {
    if (OUTPUT_FEATURES.has(name)) refuse(`features[${i}].name`, shown(name), 'another name: this one is of an output');
  }
  for (const [i, { name, kind, sensitive }] of outputs.entries()) {
    if (sensitive === true) refuse(`outputs[${i}].sensitive`, 'true', 'none: an output is never sensitive');
    if (OUTPUT_FEATURES.get(name) !== kind) {
      refuse(
        `outputs[${i}]`,
        `${kind} ${shown(name)}`,
        [...OUTPUT_FEATURES].map(([n, k]) => `${k} ${shown(n)}`).join(' or '),
      );
    }
  }
}
