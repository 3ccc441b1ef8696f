import {
  type Dependence,
  dependenceOfFits,
  FeatureBlocks,
  type FeatureFit,
  INDEPENDENT,
  type PreparedFeature,
} from '@driftspan/sketch';
import type { Ring } from './ring.js';

/** Calls that are compared with each other: those of one sub-window, or of as many as it takes to have so many. */
const CALLS_A_GROUP = 20;
/** What one such group gives if its calls are of one size; until then all rows of a call count as one. */
const ENOUGH_FREEDOM = CALLS_A_GROUP - 1;

/** A feature that is judged, and where its cells are. */
export interface ClusteredFeature {
  readonly cell: number;
  readonly prepared: PreparedFeature;
}

interface Clustered extends ClusteredFeature {
  readonly blocks: FeatureBlocks;
  /** Of one call. */
  readonly counts: Float64Array;
  /** Calls in the open group. */
  calls: number;
  known: Dependence | undefined;
}

/**
 * Rows of one call are a cluster: 64 rows of one customer are not 64 customers. Every call in which a feature has two rows or
 * more is a block, and how much the blocks of about one time move about their common mean is measured: a drift over time is no
 * movement here.
 *
 * Cost of a call with several rows: one copy and one look at the cells of the open sub-window, 0.5 µs a feature of 16 bins; of a sub-window that closes, 50 µs a feature. 5 KB a feature.
 */
export class CallClusters {
  readonly #ring: Ring;
  readonly #features: readonly Clustered[];
  readonly #before: Uint32Array;
  /** The ring's turns when counting began; -1 while nothing is being counted. */
  #turns = -1;

  constructor(ring: Ring, features: readonly ClusteredFeature[]) {
    this.#ring = ring;
    this.#features = features.map(feature => ({
      ...feature,
      blocks: new FeatureBlocks(feature.prepared, 'rows'),
      counts: new Float64Array(feature.prepared.cells.length),
      calls: 0,
      known: undefined,
    }));
    this.#before = new Uint32Array(ring.cellCount);
  }

  /** A call is about to be counted: of one with a single row nothing more is asked. */
  reset(): void {
    this.#turns = -1;
  }

  /** Its input turns out to hold several rows, of which none has been counted. */
  readonly beginLate = (): void => {
    if (this.#turns < 0) this.begin();
  };

  /** A call's rows, or its results, are about to be counted. */
  begin(): void {
    const { cells, turns } = this.#ring;
    this.#turns = turns;
    this.#before.set(cells);
  }

  /** They have been. */
  end(): void {
    if (this.#turns < 0) return;
    const { cells, turns } = this.#ring;
    const before = this.#before;
    // A reader that called the model: that call's rows are among these, or these are in a sub-window that has closed.
    const undisturbed = this.#turns === turns;
    this.#turns = -1;
    if (!undisturbed) return;
    for (const feature of this.#features) {
      const { cell, blocks, counts } = feature;
      const { length } = counts;
      let rows = 0;
      for (let i = 0; i < length; i++) rows += cells[cell + i]! - before[cell + i]!;
      if (rows < 2) continue;
      for (let i = 0; i < length; i++) counts[i] = cells[cell + i]! - before[cell + i]!;
      blocks.add(counts);
      feature.calls++;
    }
  }

  /** A sub-window has closed. */
  endGroup(): void {
    for (const feature of this.#features) {
      if (feature.calls < CALLS_A_GROUP) continue;
      feature.calls = 0;
      feature.blocks.endGroup();
      feature.known = measured(feature);
    }
  }

  /** How the rows of one call depend on each other, by feature: λ = 1 where no call had two rows. */
  of(feature: number): Dependence {
    const { known, blocks, prepared } = this.#features[feature]!;
    if (known !== undefined) return known;
    return blocks.blocks === 0 ? INDEPENDENT : allAlike(blocks, prepared);
  }
}

/** What the calls say, of each test that they say enough of. */
function measured({ blocks, prepared }: Clustered): Dependence {
  const fit = blocks.fit();
  const known = dependenceOfFits([fit]);
  const most = allAlike(blocks, prepared);
  return {
    ...(isEnough(fit.shape) ? { lambda: known.lambda, k: known.k } : { lambda: most.lambda, k: most.k }),
    missing: isEnough(fit.missing) ? known.missing : most.missing,
    other: prepared.other < 0 || isEnough(fit.other) ? known.other : most.other,
  };
}

function isEnough(fit: FeatureFit['shape']): boolean {
  return fit !== undefined && fit.freedom >= ENOUGH_FREEDOM;
}

/** The most that it can be: all rows of a call are alike. */
function allAlike(blocks: FeatureBlocks, prepared: PreparedFeature): Dependence {
  const size = blocks.meanSize;
  return { lambda: size, k: Math.max(1, prepared.plan.base.length - 1), missing: size, other: size };
}
