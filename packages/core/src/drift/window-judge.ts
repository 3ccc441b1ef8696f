import {
  type FeatureJudgement,
  judgeFeature,
  logAlpha,
  type PreparedFeature,
  prepareFeature,
  testsOf,
  type Verdict,
  worstVerdict,
} from '@driftspan/sketch';
import type { FeaturePlan } from '../window/plan.js';
import { RING_SLOTS, type Ring } from '../window/ring.js';
import { type DriftSettings, PERIOD_MS } from './options.js';

/** Windows that are judged, in sub-windows: the shortest finds strong drifts soonest, the longest weak ones. */
export const WINDOW_SLOTS = [4, 15, RING_SLOTS] as const;

/** Live counts of one feature over one window, and what they say. */
export interface WindowJudgement {
  readonly slots: number;
  readonly judgement: FeatureJudgement;
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
  /** This feature's part of the scratch counts. */
  readonly counts: Float64Array;
}

/** Judges the features of a monitor that have a baseline. Cost: about 5 µs a feature and window. */
export class WindowJudge {
  readonly names: readonly string[];
  /** Tests of one look, over all features: what the budget is split over. */
  readonly tests: number;
  readonly logAlpha: number;
  readonly #features: readonly Judged[];
  readonly #settings: DriftSettings;
  readonly #ring: Ring;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;

  constructor(plans: readonly FeaturePlan[], ring: Ring, settings: DriftSettings) {
    this.#ring = ring;
    this.#settings = settings;
    this.#counts = new Float64Array(ring.cellCount);
    this.#sums = new Float64Array(ring.sumCount);
    this.#features = plans.flatMap(plan => {
      if (plan.baseline === undefined) return [];
      const counts = this.#counts.subarray(plan.cell, plan.cell + plan.valued + 2);
      return [{ plan, prepared: prepareFeature(plan.baseline), counts }];
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
  }

  /** The look at the closed sub-windows, in the order of `names`. */
  look(): Look[] {
    const windows: WindowJudgement[][] = this.#features.map(() => []);
    this.#counts.fill(0);
    this.#sums.fill(0);
    let from = 1;
    for (const slots of WINDOW_SLOTS) {
      this.#ring.addSlots(from, slots + 1, this.#counts, this.#sums);
      from = slots + 1;
      for (const [i, feature] of this.#features.entries()) windows[i]!.push(this.#judge(feature, slots));
    }
    return windows.map(list => ({ verdict: worstVerdict(list.map(w => w.judgement.verdict)), windows: list }));
  }

  /** The longest window with the open sub-window in the place of its oldest: never an alert. */
  provisional(): WindowJudgement[] {
    this.#counts.fill(0);
    this.#sums.fill(0);
    this.#ring.addSlots(0, RING_SLOTS, this.#counts, this.#sums);
    return this.#features.map(feature => this.#judge(feature, RING_SLOTS));
  }

  #judge({ plan, prepared, counts }: Judged, slots: number): WindowJudgement {
    const judgement = judgeFeature(counts, prepared, { logAlpha: this.logAlpha, psi: this.#settings.psi });
    if (plan.kind !== 'numeric') return { slots, judgement, mean: Number.NaN, sd: Number.NaN };
    const n = judgement.samples;
    const deviation = this.#sums[plan.sum]! / n;
    const variance = (this.#sums[plan.sum + 1]! - n * deviation * deviation) / (n - 1);
    return { slots, judgement, mean: plan.shift + deviation, sd: Math.sqrt(Math.max(0, variance)) };
  }
}
