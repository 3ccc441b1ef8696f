import { shown } from '../errors.js';
import type { JointTerm, Projection } from '../joint/projection.js';
import { JOINT_PREFIX } from '../model.js';
import type { FeatureBaseline, JointBaseline } from './baseline.js';
import { checkedFeature, NUMERIC_FIELDS } from './check-feature.js';
import { allDifferent, fieldsOf, listOf, numberAt, refuse, textAt } from './fields.js';

/** Projections at most: learning chooses up to 8; a file made elsewhere may have more. */
export const MAX_PROJECTIONS = 32;

/** What is watched together of the `features` of an untrusted baseline of `rows` rows, measured at `steps` block lengths. */
export function checkedJoint(
  value: unknown,
  features: readonly FeatureBaseline[],
  rows: number,
  steps: number,
): readonly JointBaseline[] {
  const names = new Set(features.map(({ name }) => name));
  // A term's weight and centre are its feature's 1 / sd and mean, which nobody is told of a sensitive one.
  const numeric = new Set(
    features.filter(({ kind, sensitive }) => kind === 'numeric' && sensitive !== true).map(({ name }) => name),
  );
  const joint = listOf('joint', value, MAX_PROJECTIONS, (where, item) => {
    const { terms, ...counted } = fieldsOf(where, item, [...NUMERIC_FIELDS, 'terms']);
    const feature = checkedFeature(where, counted, rows, steps);
    if (feature.kind !== 'numeric') return refuse(`${where}.kind`, shown(feature.kind), '"numeric"');
    if (feature.sensitive === true) return refuse(`${where}.sensitive`, 'true', 'none');
    if (!feature.name.startsWith(JOINT_PREFIX) || names.has(feature.name)) {
      refuse(`${where}.name`, shown(feature.name), `a name of its own that begins with ${shown(JOINT_PREFIX)}`);
    }
    const joined: JointBaseline = {
      ...feature,
      terms: checkedTerms(`${where}.terms`, terms, numeric),
    };
    return Object.freeze(joined);
  });
  allDifferent(
    'joint',
    joint.map(({ name }) => name),
  );
  return Object.freeze(joint);
}

function checkedTerms(where: string, value: unknown, numeric: ReadonlySet<string>): Projection['terms'] {
  const terms = listOf(where, value, 2, (at, term) => checkedTerm(at, term, numeric));
  const [a, b] = terms;
  if (a === undefined || b === undefined) return refuse(where, `${terms.length} terms`, '2');
  if (a[0] === b[0]) refuse(`${where}[1]`, shown(b[0]), `another feature than ${where}[0]`);
  return Object.freeze([a, b] as const);
}

function checkedTerm(where: string, value: unknown, numeric: ReadonlySet<string>): JointTerm {
  const parts = listOf(where, value, 3, (_, part) => part);
  if (parts.length !== 3) refuse(where, `${parts.length} items`, 'name, weight and centre');
  const name = textAt(`${where}[0]`, parts[0], 'the name of a numeric feature that is not sensitive', text =>
    numeric.has(text),
  );
  const weight = numberAt(`${where}[1]`, parts[1]);
  if (weight === 0) refuse(`${where}[1]`, '0', 'a weight');
  return Object.freeze([name, weight, numberAt(`${where}[2]`, parts[2])] as const);
}
