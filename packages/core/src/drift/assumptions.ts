import {
  type Dependence,
  type DependenceLadder,
  dependenceOfWindow,
  INDEPENDENT,
  type PreparedFeature,
  scaledDependence,
} from '@driftspan/sketch';
import type { CallClusters } from '../window/call-clusters.js';
import { Calibration } from './calibration.js';

/**
 * Where the dependence of a window's values is known from: nowhere, they are taken as independent; the baseline's rows in time
 * order; not yet, its first windows are being measured; or those first windows.
 */
export type DependenceSource = 'independent' | 'baseline' | 'calibrating' | 'windows';

/** What the verdict of one window takes for granted. */
export interface Assumption extends Dependence {
  readonly source: DependenceSource;
  /** Whether the budget of false alarms holds under it: measured, over at least 20 stretches as long as the window. */
  readonly guaranteed: boolean;
}

const DAY_MS = 86_400_000;

/** `measured`: from the baseline's order, or else from the first windows. `independent`: by your word. */
export type DependenceMode = 'measured' | 'independent';

export interface AssumptionParts {
  readonly mode: DependenceMode;
  readonly features: readonly PreparedFeature[];
  /** Lengths of the judged windows, in sub-windows, rising. */
  readonly windows: readonly number[];
  readonly subWindowMs: number;
  readonly baselineRows: number;
  readonly ladder: DependenceLadder | undefined;
  /** Present where a call may have several rows. */
  readonly clusters: CallClusters | undefined;
}

/** How dependent values are, by feature and window. */
export class Assumptions {
  readonly source: DependenceSource;
  readonly #parts: AssumptionParts;
  /** One a feature, where the dependence is learned from traffic. */
  readonly #calibrations: readonly Calibration[];

  constructor(parts: AssumptionParts) {
    this.#parts = parts;
    const { mode, ladder, features, windows, subWindowMs } = parts;
    const daySlots = Math.ceil(DAY_MS / subWindowMs);
    this.source = mode === 'independent' ? 'independent' : ladder === undefined ? 'calibrating' : 'baseline';
    this.#calibrations =
      this.source === 'calibrating' ? features.map(feature => new Calibration(feature, windows, daySlots)) : [];
  }

  /** Whether the sub-windows that close are to be given to `take`. */
  get learns(): boolean {
    return this.#calibrations.some(calibration => calibration.learns);
  }

  /** Takes a closed sub-window's counts of a feature. */
  take(feature: number, cells: ArrayLike<number>): void {
    this.#calibrations[feature]!.take(cells);
  }

  /** Sub-windows went by unseen. */
  skip(): void {
    for (const calibration of this.#calibrations) calibration.skip();
  }

  /** Windows of this length that were measured; of the feature that saw the fewest, 20 at most. */
  seen(window: number): number {
    return Math.min(...this.#calibrations.map(calibration => calibration.seen(window)));
  }

  /**
   * Of a window with `rows` values, missing and invalid ones among them, over `coveredSlots` sub-windows: fewer than the
   * window has where traffic only just began.
   */
  of(feature: number, window: number, rows: number, coveredSlots: number): Assumption {
    const { features, ladder, baselineRows, subWindowMs, clusters } = this.#parts;
    const df = Math.max(1, features[feature]!.plan.base.length - 1);
    if (this.source === 'calibrating') {
      const measured = this.#calibrations[feature]!.measured[window];
      if (measured === undefined) return { ...INDEPENDENT, source: 'calibrating', guaranteed: false };
      // Fewer rows than were measured need not hang together less: see `dependenceOfWindow`.
      const dependence = scaledDependence(measured.dependence, df, Math.max(1, rows / measured.rows));
      // So few windows can't show what they did not contain.
      return { ...dependence, source: 'windows', guaranteed: false };
    }
    const within = clusters?.of(feature) ?? INDEPENDENT;
    if (this.source === 'independent' || ladder === undefined) {
      return { ...within, source: 'independent', guaranteed: false };
    }
    const { guaranteed, ...serial } = dependenceOfWindow(
      ladder,
      features[feature]!.feature.dependence,
      { rows: baselineRows, df },
      { rows, lengthMs: coveredSlots * subWindowMs },
    );
    return { ...together(serial, within, df), source: 'baseline', guaranteed };
  }
}

/** Rows alike within their call, and calls alike with their neighbours: what exceeds independence adds up. */
function together(serial: Dependence, within: Dependence, df: number): Dependence {
  const missing = serial.missing + within.missing - 1;
  const other = serial.other + within.other - 1;
  if (within.lambda === 1) return { ...serial, missing, other };
  if (serial.lambda === 1) return { ...within, missing, other };
  const lambda = serial.lambda + within.lambda - 1;
  const k = Math.max(1, (serial.k * serial.lambda + within.k * within.lambda - df) / lambda);
  return { lambda, k, missing, other };
}
