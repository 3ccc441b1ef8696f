import type { Baseline, FeatureBaseline } from '../baseline/baseline.js';
import { SketchError, shown } from '../errors.js';

/**
 * Checks that a baseline is one of the same model as `first`: its name and transforms, exactly its features, each of the same kind
 * and sensitive in both or in neither, with what is watched together or without, and under the same key. Versions may differ.
 *
 * @throws SketchError `ERR_BASELINE_MODEL`, `ERR_BASELINE_TRANSFORMS`, `ERR_BASELINE_FEATURE`, `ERR_BASELINE_KEY`; `met` is of `other`.
 */
export function checkSameModel(first: Baseline, other: Baseline, where: string): void {
  const [made, expected] = [other.model, first.model];
  if (made.name !== expected.name) {
    throw new SketchError('ERR_BASELINE_MODEL', `${where}.model.name`, shown(made.name), shown(expected.name));
  }
  if (made.transforms !== expected.transforms) {
    const at = `${where}.model.transforms`;
    throw new SketchError('ERR_BASELINE_TRANSFORMS', at, shown(made.transforms), shown(expected.transforms));
  }
  const kinds = new Map(first.features.map(feature => [feature.name, kindOf(feature)]));
  const found = new Map(other.features.map(feature => [feature.name, kindOf(feature)]));
  for (const name of new Set([...kinds.keys(), ...found.keys()])) {
    const [met, wanted] = [found.get(name), kinds.get(name)];
    if (met === wanted) continue;
    const at = `${where} feature ${shown(name)}`;
    throw new SketchError('ERR_BASELINE_FEATURE', at, met ?? 'no such feature', wanted ?? 'no such feature');
  }
  if ((first.joint === undefined) !== (other.joint === undefined)) {
    const [met, wanted] = [other, first].map(({ joint }) => (joint === undefined ? 'no joint drift' : 'joint drift'));
    throw new SketchError('ERR_BASELINE_FEATURE', `${where}.joint`, met!, wanted!);
  }
  if (first.sensitiveKeyId !== other.sensitiveKeyId) {
    const at = `${where}.sensitiveKeyId`;
    throw new SketchError('ERR_BASELINE_KEY', at, shown(other.sensitiveKeyId), shown(first.sensitiveKeyId));
  }
}

function kindOf({ kind, sensitive }: FeatureBaseline): string {
  return sensitive === true ? `sensitive ${kind}` : kind;
}
