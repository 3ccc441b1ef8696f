import type { Faults } from '../faults.js';
import type { SamplingSettings } from './options.js';
import {
  DRIFTED,
  ERROR,
  INVALID,
  LOW_CONFIDENCE,
  MISSING,
  OUT_OF_RANGE,
  SAMPLED,
  SLOW,
  TRIED,
  UNSEEN,
} from './reasons.js';
import { Throttle } from './throttle.js';

/** Rules that counting the input decides. */
const ODD = MISSING | INVALID | OUT_OF_RANGE | UNSEEN;

/**
 * Decides which calls are recorded. Each is of one class, and each class has its coin, thrown when the class is known:
 *
 * ```
 * the input holds to a rule                        the rules' coin q, before the model runs
 * else an error, low confidence, slow              the rules' coin q, when the model has run
 * else a drifted value (known of those looked at)  picked by the random coin p or the drift coin d, before: 1 - (1 - p)(1 - d)
 * else                                             the random coin p, before
 * ```
 *
 * What a coin before the model picked, whose class changes when it has run, is snapshot already but kept by the rules' coin
 * alone: the random coin of a call that lost it is gone by then, so that no other probability would be true of both. q is at
 * least p wherever the ceilings are the same, so that this costs next to no records. Each kept call's weight is
 * 1 / `probability`; sums of weights are unbiased for any set of calls.
 */
export class Sampler {
  /** Whether no call can be kept. */
  readonly isOff: boolean;
  /** Whether a call that succeeded can be kept for what is known at its end. */
  readonly looksBack: boolean;
  /** That of the call last decided on to be kept; of no meaning where it was not. */
  probability = 0;
  readonly #rules: number;
  readonly #odd: number;
  readonly #looksForDrift: boolean;
  readonly #confidenceBelow: number;
  readonly #slowerThanMs: number;
  readonly #random: Throttle;
  readonly #byRule: Throttle;
  /** Which calls are looked at for a drifted value, while there is a drift. */
  readonly #drift: Throttle;

  /** @param random uniform in [0, 1). */
  constructor(settings: SamplingSettings, faults: Faults, random: () => number = Math.random) {
    const { rate, rules, maxPerSecond, confidenceBelow, slowerThanMs } = settings;
    this.isOff = rate === 0 && rules === 0;
    this.looksBack = (rules & (LOW_CONFIDENCE | SLOW)) !== 0;
    this.#rules = rules;
    this.#odd = rules & ODD;
    this.#looksForDrift = (rules & DRIFTED) !== 0;
    this.#confidenceBelow = confidenceBelow;
    this.#slowerThanMs = slowerThanMs;
    const stopped = (): void => faults.count('record_limit');
    this.#random = new Throttle(rate, maxPerSecond, stopped, random);
    this.#byRule = new Throttle(1, maxPerSecond, stopped, random);
    this.#drift = new Throttle(1, maxPerSecond, stopped, random);
  }

  /**
   * Decides as far as it can be known before the model runs. Gives the reasons as bits: 0 to go on without, `TRIED` for a call
   * that is lost for good; with `DRIFTED`, the caller looks at the values next, and calls `notDrifted` if none is. About 2 ns.
   *
   * @param odd flags of the counted input. @param drifting whether an alarm is open.
   */
  before(nowMs: number, odd: number, drifting: boolean): number {
    const held = odd & this.#odd;
    const looks = drifting && this.#looksForDrift;
    if (held !== 0) {
      if (!this.#byRule.pick(nowMs)) return TRIED;
      this.probability = this.#byRule.probability;
      return looks ? held | DRIFTED : held;
    }
    const sampled = this.#random.pick(nowMs) ? SAMPLED : 0;
    if (looks) return this.#beforeInDrift(nowMs, sampled);
    if (sampled !== 0) this.probability = this.#random.probability;
    return sampled;
  }

  #beforeInDrift(nowMs: number, sampled: number): number {
    const looked = this.#drift.pick(nowMs);
    if (!looked && sampled === 0) return 0;
    this.probability = 1 - (1 - this.#random.probability) * (1 - this.#drift.probability);
    return sampled | DRIFTED;
  }

  /** The call that `before` gave `bits` with `DRIFTED` for, just now, has no drifted value. Gives what remains, perhaps 0. */
  notDrifted(bits: number): number {
    const rest = bits & ~DRIFTED;
    if ((rest & ODD) === 0) this.probability = this.#random.probability;
    return rest;
  }

  /** The rules that hold of a call that has ended, as bits. @param confidence NaN for none. About 3 ns. */
  late(confidence: number, durationMs: number, failed: boolean): number {
    let bits = 0;
    if (failed) bits |= ERROR;
    if (confidence < this.#confidenceBelow) bits |= LOW_CONFIDENCE;
    if (durationMs > this.#slowerThanMs) bits |= SLOW;
    return bits & this.#rules;
  }

  /**
   * Decides for good. Gives all reasons as bits, 0 for a call that is not kept, even one that `before` had picked.
   *
   * @param before what it gave, or `notDrifted` of it. @param late what `late` gave. @param probability that went with `before`;
   * any where that was 0 or `TRIED`.
   */
  after(nowMs: number, before: number, late: number, probability: number): number {
    if ((before & TRIED) !== 0) return 0;
    if ((before & ODD) !== 0 || late === 0) {
      this.probability = probability;
      return before | late;
    }
    if (!this.#byRule.pick(nowMs)) return 0;
    this.probability = this.#byRule.probability;
    return before | late;
  }
}
