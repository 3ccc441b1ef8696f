import { baselineCells, cellCount, cellNames, type FeatureBaseline, OUTPUT_FEATURES } from '@driftspan/sketch';
import type { Attributes } from '@opentelemetry/api';
import * as names from '../semconv.js';
import { METRICS } from '../semconv.js';
import type { FeaturePlan } from '../window/plan.js';
import type { Ring } from '../window/ring.js';
import { type CoarserBaseline, coarserBaseline } from './coarser-baseline.js';
import { ALL_BINS, type ExportSettings } from './options.js';
import type { Point } from './point.js';

/** What is exported of one feature, with every attribute object, made once. */
export interface FeatureSeries {
  readonly plan: FeaturePlan;
  /** Undefined where no bins are exported. */
  readonly bins: BinSeries | undefined;
  /** Of what is told of the feature as a whole. */
  readonly attributes: Attributes;
  /** Of the distances. */
  readonly psi: Attributes;
  readonly ks: Attributes;
}

interface BinSeries {
  readonly cells: readonly Cell[];
  /** For each cell of the plan the exported one. */
  readonly cellOf: readonly number[];
  readonly baseline: boolean;
  readonly values: ValueSeries | undefined;
}

interface Cell {
  readonly key: string;
  readonly attributes: Attributes;
  readonly baseline: number;
}

/** The feature's values as a histogram: the exported bins' cuts are its bounds. */
interface ValueSeries {
  readonly key: string;
  readonly attributes: Attributes;
  readonly bounds: readonly number[];
}

export function featureSeries(
  plan: FeaturePlan,
  baseline: FeatureBaseline,
  common: Attributes,
  settings: ExportSettings,
): FeatureSeries {
  const attributes = Object.freeze({ ...common, [names.ATTR_FEATURE_NAME]: plan.name });
  const method = (name: string): Attributes => Object.freeze({ ...attributes, [names.ATTR_DRIFT_METHOD]: name });
  const bins = settings.bins === 0 ? undefined : binSeries(plan.name, baseline, attributes, settings);
  return { plan, bins, attributes, psi: method('psi'), ks: method('ks') };
}

function binSeries(name: string, finer: FeatureBaseline, common: Attributes, settings: ExportSettings): BinSeries {
  const { feature, cellOf } = exportedBaseline(finer, settings.bins);
  // Frozen before it is spread: a copy of what can still grow gets a hidden class of its own in V8, 270 bytes more a cell, and takes six times as long.
  const attributes = Object.freeze({ ...common, [names.ATTR_BASELINE_ID]: feature.id });
  const counts = baselineCells(feature);
  const cells = cellNames(feature).map(([bin, kind], i) => ({
    // Joined, not a template: one flat string instead of the tree of its parts, 70 bytes less a cell.
    key: [feature.id, i, name].join('/'),
    attributes: Object.freeze({ ...attributes, [names.ATTR_BIN]: bin, [names.ATTR_BIN_KIND]: kind }),
    baseline: counts[i]!,
  }));
  const values =
    settings.values && feature.kind === 'numeric' && hasUnits(feature)
      ? { key: `value/${feature.id}/${name}`, attributes, bounds: feature.cuts }
      : undefined;
  return { cells, cellOf, baseline: settings.baseline, values };
}

function exportedBaseline(feature: FeatureBaseline, bins: ExportSettings['bins']): CoarserBaseline {
  if (bins !== ALL_BINS) return coarserBaseline(feature, bins);
  return { feature, cellOf: Array.from({ length: cellCount(feature) }, (_, i) => i) };
}

/** An input's own: outputs have histograms already, a projection of two features has no unit, and a sensitive one keeps it to itself. */
function hasUnits(feature: FeatureBaseline): boolean {
  return feature.sensitive !== true && !('terms' in feature) && !OUTPUT_FEATURES.has(feature.name);
}

/** Adds what a feature has counted so far. Two objects a cell; about 0.1 µs each. */
export function pushCounts({ plan, bins, attributes }: FeatureSeries, ring: Ring, points: Point[]): void {
  if (bins === undefined) return;
  const counts = new Array<number>(bins.cells.length).fill(0);
  bins.cellOf.forEach((cell, i) => {
    counts[cell]! += ring.total(plan.cell + i);
  });
  bins.cells.forEach(({ key, attributes, baseline }, i) => {
    points.push({ metric: METRICS.bins, key: `bins/${key}`, attributes, value: counts[i]! });
    if (!bins.baseline) return;
    points.push({ metric: METRICS.baselineBins, key: `baseline/${key}`, attributes, value: baseline });
  });
  if (plan.kind !== 'numeric') return;
  const outOfRange = ring.total(plan.cell + plan.valued + 2);
  points.push({ metric: METRICS.outOfRange, key: `range/${plan.name}`, attributes, value: outOfRange });
  if (bins.values !== undefined) pushValues(bins.values, counts, points);
}

/**
 * Bins are (lower, upper] as a histogram's buckets are, so the counts are there. No sum: with one call between two collections it would be that
 * call's value, which leaves in records alone; and OpenTelemetry has none where values may be negative.
 */
function pushValues({ key, attributes, bounds }: ValueSeries, cells: readonly number[], points: Point[]): void {
  const counts = cells.slice(0, bounds.length + 1);
  const count = counts.reduce((sum, one) => sum + one, 0);
  points.push({ metric: METRICS.featureValue, key, attributes, value: { bounds, counts, count, sum: undefined } });
}
