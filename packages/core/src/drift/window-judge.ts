import {
  type DependenceLadder,
  distances,
  type FeatureDistances,
  type FeatureJudgement,
  judgeFeature,
  logAlpha,
  type PreparedFeature,
  prepareFeature,
  testsOf,
  type Verdict,
  worstVerdict,
} from '@driftspan/sketch';
import { CallClusters } from '../window/call-clusters.js';
import type { FeaturePlan } from '../window/plan.js';
import { RING_SLOTS, type Ring } from '../window/ring.js';
import { type Assumption, Assumptions } from './assumptions.js';
import { causeOf } from './cause.js';
import { type RisenBin, risenBins } from './drifted-bins.js';
import { type DriftSettings, PERIOD_MS } from './options.js';

/** Windows that are judged, in sub-windows: the shortest finds strong drifts soonest, the longest weak ones. */
export const WINDOW_SLOTS = [4, 15, RING_SLOTS] as const;

/** Live counts of one feature over one window, and what they say. */
export interface WindowJudgement {
  readonly slots: number;
  readonly judgement: FeatureJudgement;
  readonly assumption: Assumption;
  /** NaN without finite values. Numeric features only. */
  readonly mean: number;
  readonly sd: number;
}

/** One feature's judgement over the three windows; the verdict is the worst of what could be judged. */
export interface Look {
  readonly verdict: Verdict;
  readonly windows: readonly WindowJudgement[];
}

interface Judged {
  readonly plan: FeaturePlan;
  readonly prepared: PreparedFeature;
}

/** Counts of the monitor that is being judged, as many as any of them has cells: nothing in it outlives a method. */
let scratch = new Float64Array(0);

/** Of one feature. */
function countsOf({ cell, valued }: FeaturePlan): Float64Array {
  return scratch.subarray(cell, cell + valued + 2);
}

/** Of a monitor's baseline, what belongs to no single feature. */
export interface BaselineFacts {
  readonly rows: number;
  readonly dependence?: DependenceLadder;
}

/** Judges the features of a monitor that have a baseline. Cost: about 5 µs a feature and window. */
export class WindowJudge {
  readonly names: readonly string[];
  /** Tests of one look, over all features: what the budget is split over. */
  readonly tests: number;
  readonly logAlpha: number;
  readonly assumptions: Assumptions;
  /** Present where a call may have several rows: told of each call. */
  readonly clusters: CallClusters | undefined;
  readonly #features: readonly Judged[];
  readonly #settings: DriftSettings;
  readonly #ring: Ring;
  readonly #sums: Float64Array;
  /** Closed sub-windows since traffic began, or came back after a longest window without any: what the windows really cover. */
  #covered = 0;

  /** @param clustered whether a call may have several rows. */
  constructor(
    plans: readonly FeaturePlan[],
    ring: Ring,
    settings: DriftSettings,
    baseline: BaselineFacts | undefined,
    clustered: boolean,
  ) {
    this.#ring = ring;
    this.#settings = settings;
    this.#sums = new Float64Array(ring.sumCount);
    this.#features = plans.flatMap(plan => {
      if (plan.baseline === undefined) return [];
      return [{ plan, prepared: prepareFeature(plan.baseline) }];
    });
    this.names = this.#features.map(({ plan }) => plan.name);
    this.tests = this.#features.reduce((sum, { plan }) => sum + testsOf(plan.baseline!), 0);
    this.logAlpha = logAlpha({
      count: settings.falseAlarms.count,
      periodMs: PERIOD_MS[settings.falseAlarms.per],
      lookEveryMs: settings.windowMs / RING_SLOTS,
      tests: Math.max(1, this.tests),
      windows: WINDOW_SLOTS.length,
    });
    this.clusters = clustered
      ? new CallClusters(
          ring,
          this.#features.map(({ plan, prepared }) => ({ cell: plan.cell, prepared })),
        )
      : undefined;
    this.assumptions = new Assumptions({
      mode: settings.dependence,
      features: this.#features.map(({ prepared }) => prepared),
      windows: WINDOW_SLOTS,
      subWindowMs: settings.windowMs / RING_SLOTS,
      baselineRows: baseline?.rows ?? 0,
      ladder: baseline?.dependence,
      clusters: this.clusters,
    });
  }

  /** The look at the closed sub-windows, `closed` of them new, in the order of `names`. */
  look(closed: number): Look[] {
    this.clusters?.endGroup();
    this.#covered = this.#ring.isIdle ? 0 : this.#covered + closed;
    this.#learn(closed);
    const windows: WindowJudgement[][] = this.#features.map(() => []);
    this.#clear();
    let from = 1;
    for (const slots of WINDOW_SLOTS) {
      this.#add(from, slots + 1);
      from = slots + 1;
      const window = WINDOW_SLOTS.indexOf(slots);
      for (const [i, list] of windows.entries()) list.push(this.#judge(i, window, this.#covered));
    }
    return windows.map(list => ({ verdict: worstVerdict(list.map(w => w.judgement.verdict)), windows: list }));
  }

  /** Of each look that is a warning or worse, made of the ring as it stands: the bins that make it so, in the window that told. */
  risen(looks: readonly Look[]): (readonly RisenBin[] | undefined)[] {
    const causes = looks.map(causeOf);
    const found: (readonly RisenBin[] | undefined)[] = looks.map(() => undefined);
    for (const slots of WINDOW_SLOTS) {
      if (!causes.some(cause => cause?.window.slots === slots)) continue;
      this.#sum(1, slots + 1);
      for (const [i, { plan }] of this.#features.entries()) {
        const cause = causes[i];
        if (cause?.window.slots !== slots) continue;
        const bins = risenBins(countsOf(plan), plan.baseline!, cause.tests);
        found[i] = bins.map(bin => ({ ...bin, cell: plan.cell + bin.cell }));
      }
    }
    return found;
  }

  /** The longest window with the open sub-window in the place of its oldest: never an alert. */
  provisional(): WindowJudgement[] {
    this.#sum(0, RING_SLOTS);
    const longest = WINDOW_SLOTS.length - 1;
    return this.#features.map((_, i) => this.#judge(i, longest, this.#covered + 1));
  }

  /** How far the longest window of closed sub-windows lies from the baseline, by feature, in every measure: 30 µs each. */
  distances(): FeatureDistances[] {
    this.#sum(1, RING_SLOTS + 1);
    return this.#features.map(({ plan }) => distances(countsOf(plan), plan.baseline!));
  }

  /** The longest window in cell order, by feature: of closed sub-windows, or with the open one in the place of the oldest. */
  counts(open: boolean): (readonly number[])[] {
    const newest = open ? 0 : 1;
    this.#sum(newest, newest + RING_SLOTS);
    return this.#features.map(({ plan }) => Array.from(countsOf(plan)));
  }

  /** Leaves in the scratch what sub-windows `newest` … `oldest - 1` counted. */
  #sum(newest: number, oldest: number): void {
    this.#clear();
    this.#add(newest, oldest);
  }

  #clear(): void {
    const { cellCount } = this.#ring;
    if (scratch.length < cellCount) scratch = new Float64Array(cellCount);
    scratch.fill(0, 0, cellCount);
    this.#sums.fill(0);
  }

  #add(newest: number, oldest: number): void {
    this.#ring.addSlots(newest, oldest, scratch, this.#sums);
  }

  /** Gives the newly closed sub-windows, oldest first, to whatever still learns how dependent values are. */
  #learn(closed: number): void {
    if (!this.assumptions.learns) return;
    if (closed > RING_SLOTS) this.assumptions.skip();
    for (let age = Math.min(closed, RING_SLOTS); age > 0; age--) {
      this.#sum(age, age + 1);
      for (const [i, { plan }] of this.#features.entries()) this.assumptions.take(i, countsOf(plan));
    }
  }

  /** @param covered sub-windows since traffic began, of those that were added up. */
  #judge(feature: number, window: number, covered: number): WindowJudgement {
    const { plan, prepared } = this.#features[feature]!;
    const counts = countsOf(plan);
    const slots = WINDOW_SLOTS[window]!;
    let rows = 0;
    for (const count of counts) rows += count;
    const assumption = this.assumptions.of(feature, window, rows, Math.min(slots, covered));
    const judgement = judgeFeature(counts, prepared, {
      logAlpha: this.logAlpha,
      psi: this.#settings.psi,
      dependence: assumption,
      recordOnly: assumption.source === 'calibrating',
    });
    if (plan.kind !== 'numeric') return { slots, judgement, assumption, mean: Number.NaN, sd: Number.NaN };
    const n = judgement.samples;
    const deviation = this.#sums[plan.sum]! / n;
    const variance = (this.#sums[plan.sum + 1]! - n * deviation * deviation) / (n - 1);
    return { slots, judgement, assumption, mean: plan.shift + deviation, sd: Math.sqrt(Math.max(0, variance)) };
  }
}
