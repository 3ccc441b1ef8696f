import {
  BASELINE_SCHEMA,
  type Baseline,
  type FeatureBaseline,
  type JointBaseline,
  type Provenance,
} from '../baseline/baseline.js';
import { checkedBaseline } from '../baseline/check.js';
import { hasHashedCategories } from '../baseline/hashed-categories.js';
import { MIN_BASELINE_ROWS } from '../baseline/limits.js';
import type { DependenceLadder } from '../dependence/dependence.js';
import { SketchError } from '../errors.js';
import type { ModelSpec } from '../model.js';
import { sensitiveKeyId } from '../sensitive/key.js';

/** What was learned, ready to be written down. */
export interface Learned {
  readonly rows: number;
  readonly dependence: DependenceLadder | undefined;
  readonly provenance: Provenance | undefined;
  readonly features: readonly FeatureBaseline[];
  readonly outputs: readonly FeatureBaseline[];
  /** Of a model that watches features together. */
  readonly joint: readonly JointBaseline[] | undefined;
}

/**
 * @param columns how many features there are, and outputs with a value.
 * @throws SketchError `ERR_BASELINE_TOO_SMALL` under 1,000 rows, `ERR_MODEL` without anything to learn.
 */
export function checkEnough(rows: number, columns: number): void {
  if (rows < MIN_BASELINE_ROWS) {
    throw new SketchError('ERR_BASELINE_TOO_SMALL', 'rows', `${rows} rows`, `at least ${MIN_BASELINE_ROWS}`);
  }
  if (columns === 0) {
    throw new SketchError(
      'ERR_MODEL',
      'model.features',
      'no feature, and rows without output',
      'at least one of either',
    );
  }
}

/** The baseline of a model, checked as one from a file is. */
export function assembled<Row>(model: ModelSpec<Row>, learned: Learned): Baseline {
  const { name, version, transforms, task, sensitiveKey } = model;
  const { rows, dependence, provenance, features, outputs, joint } = learned;
  return checkedBaseline({
    schema: BASELINE_SCHEMA,
    model: { name, version, transforms, task },
    rows,
    dependence,
    provenance,
    sensitiveKeyId: hasHashedCategories(features) ? sensitiveKeyId(sensitiveKey!) : undefined,
    features,
    outputs,
    joint,
  });
}
