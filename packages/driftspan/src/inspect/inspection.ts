import { basename } from 'node:path';
import {
  type Baseline,
  type BinKind,
  baselineCells,
  cellNames,
  type FeatureBaseline,
  valuedCells,
} from '@driftspan/sketch';
import { CliError } from '../errors.js';
import { nearest } from '../terminal/nearest.js';
import { judgedFeatures, type WindowOutlook, windowOutlooks } from './detectable.js';
import { declaredFeatures } from './measured-kinds.js';

/** What `driftspan inspect --json` gives of a file. Shares are of all rows. */
export interface Inspection {
  /** The base name. */
  readonly file: string;
  readonly model: Baseline['model'];
  readonly rows: number;
  readonly provenance?: Baseline['provenance'];
  readonly sensitiveKeyId?: string;
  readonly dependence?: {
    /** The rows had times, and not only an order. */
    readonly timed: boolean;
    readonly spanMs?: number;
    readonly rowsPerDay?: number;
    readonly blocks: readonly { readonly rows: number; readonly lengthMs?: number }[];
  };
  readonly features: readonly InspectedFeature[];
  readonly windows: readonly WindowOutlook[];
}

export interface InspectedFeature {
  readonly name: string;
  /** As it is counted. */
  readonly kind: FeatureBaseline['kind'];
  readonly role: 'feature' | 'joint' | 'output';
  /** The feature it is a part of, and that one's kind: `note`, `text`. */
  readonly partOf?: { readonly name: string; readonly kind: string };
  readonly sensitive: boolean;
  readonly id: string;
  readonly values: number;
  readonly missing: number;
  readonly invalid: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly sd?: number;
  /** The longest λ measured: so many neighbouring values count as one. Absent where they looked independent. */
  readonly lambda?: number;
  /** In cell order; bins and categories as metrics name them. */
  readonly cells: readonly {
    readonly bin: string;
    readonly kind: BinKind;
    readonly count: number;
    readonly share: number;
  }[];
}

const DAY_MS = 86_400_000;

/**
 * What is in a baseline. `names` leaves those features alone: whole names, or that of a measured feature for all its parts.
 *
 * @throws CliError `ERR_USAGE` for a name that the baseline does not have
 */
export function inspectionOf(path: string, baseline: Baseline, names: readonly string[] = []): Inspection {
  const chosen = names.length === 0 ? judgedFeatures(baseline) : chosenFeatures(path, baseline, names);
  const { model, rows, provenance, sensitiveKeyId, dependence } = baseline;
  const owners = new Map(
    declaredFeatures(baseline).flatMap(({ name, kind, parts }) =>
      parts.length === 1 && parts[0]!.name === name ? [] : parts.map(part => [part.name, { name, kind }] as const),
    ),
  );
  return {
    file: basename(path),
    model,
    rows,
    ...(provenance === undefined ? {} : { provenance }),
    ...(sensitiveKeyId === undefined ? {} : { sensitiveKeyId }),
    ...(dependence === undefined ? {} : { dependence: describedDependence(rows, dependence) }),
    features: chosen.map(feature => inspected(baseline, feature, owners.get(feature.name))),
    windows: windowOutlooks(baseline, chosen),
  };
}

function describedDependence(rows: number, { blockRows, blockMs, spanMs }: NonNullable<Baseline['dependence']>) {
  return {
    timed: blockMs !== undefined,
    ...(spanMs === undefined ? {} : { spanMs, rowsPerDay: (rows * DAY_MS) / spanMs }),
    blocks: blockRows.map((rowsOfBlock, i) => ({
      rows: rowsOfBlock,
      ...(blockMs === undefined ? {} : { lengthMs: blockMs[i]! }),
    })),
  };
}

function inspected(
  { rows, joint, outputs }: Baseline,
  feature: FeatureBaseline,
  partOf: InspectedFeature['partOf'],
): InspectedFeature {
  const counts = baselineCells(feature);
  const role = outputs.includes(feature) ? 'output' : joint?.some(pair => pair === feature) ? 'joint' : 'feature';
  const values = counts.slice(0, valuedCells(feature)).reduce((sum, count) => sum + count, 0);
  const plain = feature.kind === 'numeric' && feature.sensitive !== true && values > 0;
  return {
    name: feature.name,
    kind: feature.kind,
    role,
    ...(partOf === undefined ? {} : { partOf }),
    sensitive: feature.sensitive === true,
    id: feature.id,
    values,
    missing: feature.missing,
    invalid: feature.invalid,
    ...(plain ? { min: feature.min, max: feature.max, mean: feature.mean, sd: feature.sd } : {}),
    ...(feature.dependence === undefined ? {} : { lambda: Math.max(...feature.dependence.lambda) }),
    cells: cellNames(feature).map(([bin, kind], cell) => ({
      bin,
      kind,
      count: counts[cell]!,
      share: counts[cell]! / rows,
    })),
  };
}

function chosenFeatures(path: string, baseline: Baseline, names: readonly string[]): readonly FeatureBaseline[] {
  const all = judgedFeatures(baseline);
  return names.flatMap(name => {
    const parts = declaredFeatures(baseline).find(declared => declared.name === name)?.parts;
    const found = all.filter(feature => feature.name === name);
    if (found.length > 0) return found;
    if (parts !== undefined) return parts;
    const meant = nearest(
      name,
      all.map(feature => feature.name),
    );
    throw new CliError('ERR_USAGE', '--feature', JSON.stringify(name), `a feature of ${basename(path)}`, {
      hint: meant === undefined ? `driftspan inspect ${basename(path)} lists them` : `did you mean ${meant}?`,
    });
  });
}
