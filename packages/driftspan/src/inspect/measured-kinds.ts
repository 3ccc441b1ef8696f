import type { Baseline, FeatureBaseline } from '@driftspan/sketch';

/** A feature as it was declared, as far as its parts in a baseline tell. */
export interface DeclaredFeature {
  readonly name: string;
  readonly kind: 'numeric' | 'categorical' | 'text' | 'dateTime' | 'image' | 'embedding' | 'tensor';
  readonly sensitive: boolean;
  /** What is counted of it, in the order of the baseline. */
  readonly parts: readonly FeatureBaseline[];
}

type MeasuredKind = Exclude<DeclaredFeature['kind'], 'numeric' | 'categorical'>;

/** Each kind by the parts that it has and no other: docs/feature-kinds.md. */
const PARTS: Readonly<Record<Exclude<MeasuredKind, 'embedding'>, readonly (readonly string[])[]>> = {
  text: [['length', 'words', 'punctuation', 'digits', 'nonAscii', 'repeated']],
  dateTime: [
    ['hour', 'weekday', 'age'],
    ['hour', 'weekday'],
  ],
  image: [['size', 'aspect', 'brightness', 'contrast']],
  tensor: [['mean', 'sd', 'min', 'max', 'zeros']],
};
/** How many projections an embedding may have. */
const MAX_PROJECTIONS = 64;

/**
 * The features of a baseline with measured ones put together again: `note.length`, `note.words`, … are `note`, a text. Where a model
 * declared each part by itself as a number, the baseline is the same and so is what is found here. In the order of their first parts.
 */
export function declaredFeatures(baseline: Baseline): readonly DeclaredFeature[] {
  const byName = new Map(baseline.features.map(feature => [feature.name, feature]));
  const taken = new Set<string>();
  const found: DeclaredFeature[] = [];
  for (const feature of baseline.features) {
    if (taken.has(feature.name)) continue;
    const measured = measuredFrom(feature, byName);
    const declared = measured ?? {
      name: feature.name,
      kind: feature.kind,
      sensitive: feature.sensitive === true,
      parts: [feature],
    };
    for (const part of declared.parts) taken.add(part.name);
    found.push(declared);
  }
  return found;
}

/** The measured feature that `first` is the first part of. */
function measuredFrom(
  first: FeatureBaseline,
  byName: ReadonlyMap<string, FeatureBaseline>,
): DeclaredFeature | undefined {
  for (const [kind, choices] of Object.entries(PARTS) as [keyof typeof PARTS, readonly (readonly string[])[]][]) {
    for (const parts of choices) {
      const name = ownerOf(first, parts[0]!);
      const all = name === undefined ? undefined : partsOf(name, parts, first, byName);
      if (all !== undefined) return { name: name!, kind, sensitive: first.sensitive === true, parts: all };
    }
  }
  const name = ownerOf(first, 'dimensions');
  if (name === undefined) return undefined;
  const projections = Array.from({ length: MAX_PROJECTIONS }, (_, i) => `projection.${i}`);
  const count = projections.findIndex(projection => !byName.has(`${name}.${projection}`));
  const parts = ['dimensions', 'norm', ...projections.slice(0, count === -1 ? MAX_PROJECTIONS : count)];
  const all = partsOf(name, parts, first, byName);
  return all === undefined ? undefined : { name, kind: 'embedding', sensitive: first.sensitive === true, parts: all };
}

function ownerOf({ name }: FeatureBaseline, part: string): string | undefined {
  const owner = name.endsWith(`.${part}`) ? name.slice(0, -part.length - 1) : '';
  return owner === '' ? undefined : owner;
}

/** All parts, numeric and as sensitive as the first, or undefined. */
function partsOf(
  name: string,
  parts: readonly string[],
  { sensitive }: FeatureBaseline,
  byName: ReadonlyMap<string, FeatureBaseline>,
): readonly FeatureBaseline[] | undefined {
  const found = parts.flatMap(part => byName.get(`${name}.${part}`) ?? []);
  const fit =
    found.length === parts.length && found.every(part => part.kind === 'numeric' && part.sensitive === sensitive);
  return fit ? found : undefined;
}
