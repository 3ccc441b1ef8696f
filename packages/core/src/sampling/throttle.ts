/** A ceiling is held over a second; one below 1 a second over the time in which one pick is due. */
const SECOND_MS = 1000;
/**
 * Picks within one window, in ceilings, after which none is made any more. Traffic does not get there: of a million calls in
 * the first second a ceiling of 10 took 45 at most, a ceiling of 1 took 8 (60 runs each). It holds a random source that is
 * broken, and only then is anything biased.
 */
const STOP_AT_CEILINGS = 20;

/**
 * Picks calls by independent coins of known probability, at most about `perSecond` of them a second.
 *
 * The probability of a call depends on what was before it alone: never on the call, nor on its own coin. The sum of
 * 1 / `probability` over the picked calls is therefore an unbiased estimate of the number of all calls (Horvitz and Thompson
 * 1952), in steady traffic and in bursts. Not tossed a call but drawn ahead, as the number of calls up to the next pick: it is
 * geometric, and having no memory it may be drawn anew whenever the probability changes.
 *
 * - While a window holds fewer picks than the ceiling, the probability is `rate`, and no clock is looked at.
 * - A window that reaches it lowers the probability to ceiling / calls so far, times (ceiling / picks so far)², after each
 *   pick. Calls that grow G-fold within it take about (1 + 3 ln G)^⅓ ceilings, 2.5 for 100; 3.8 where the ceiling is 1.
 * - The next window begins at ceiling / calls of the last, or at `rate` if that is less.
 */
export class Throttle {
  /** With which the call before was picked or not, 0 to 1. */
  probability: number;
  readonly #rate: number;
  /** Picks of one window. */
  readonly #ceiling: number;
  readonly #windowMs: number;
  readonly #stopped: () => void;
  readonly #random: () => number;
  /** Calls up to the next pick, that one included. */
  #gap = 0;
  /** As it was drawn. */
  #drawn = 0;
  /** When to look at the probability again: -Infinity at the next call, Infinity while it is `rate`. */
  #tickMs = Infinity;
  #windowStartMs = -Infinity;
  /** Calls of the window before the present gap. */
  #seen = 0;
  #picks = 0;

  /**
   * @param rate highest probability, 0 to 1. @param perSecond above 0, may be Infinity. @param stopped told of each pick over
   * the stop. @param random uniform in [0, 1).
   */
  constructor(rate: number, perSecond: number, stopped: () => void, random: () => number = Math.random) {
    this.probability = rate;
    this.#rate = rate;
    this.#windowMs = Math.max(SECOND_MS, SECOND_MS / perSecond);
    this.#ceiling = Math.max(1, perSecond);
    this.#stopped = stopped;
    this.#random = random;
    this.#draw();
  }

  /** Whether this call is picked. @param nowMs monotonic; a step back does no harm. About 1 ns where it is not. */
  pick(nowMs: number): boolean {
    if (--this.#gap > 0 && nowMs < this.#tickMs) return false;
    return this.#look(nowMs);
  }

  #look(nowMs: number): boolean {
    if (nowMs >= this.#tickMs) {
      // Due, whatever the coin of this call: that is tossed only now.
      this.#seen += this.#drawn - this.#gap - 1;
      this.#adjust(nowMs);
      this.#draw();
      this.#gap--;
    }
    if (this.#gap > 0) return false;
    this.#seen += this.#drawn;
    this.#draw();
    return this.#counted(nowMs);
  }

  /** A pick: true unless it is over the stop. What it changes holds from the next call on. */
  #counted(nowMs: number): boolean {
    // At the full rate no tick ends a window: the first pick after it begins the next, with itself.
    if (this.#tickMs === Infinity && nowMs - this.#windowStartMs >= this.#windowMs) this.#begin(nowMs, 1);
    if (++this.#picks >= this.#ceiling) this.#tickMs = -Infinity;
    if (this.#picks <= this.#ceiling * STOP_AT_CEILINGS) return true;
    this.#stopped();
    return false;
  }

  #adjust(nowMs: number): void {
    const elapsedMs = nowMs - this.#windowStartMs;
    if (elapsedMs >= this.#windowMs) {
      this.probability = Math.min(this.#rate, (this.#ceiling * elapsedMs) / (this.#seen * this.#windowMs));
      this.#begin(nowMs, 0);
    } else {
      const over = this.#ceiling / this.#picks;
      this.probability = Math.min(this.probability, (this.#ceiling / this.#seen) * over * over);
    }
    this.#tickMs = this.probability < this.#rate ? this.#windowStartMs + this.#windowMs : Infinity;
  }

  #begin(nowMs: number, seen: number): void {
    this.#windowStartMs = nowMs;
    this.#seen = seen;
    this.#picks = 0;
  }

  #draw(): void {
    this.#drawn = gapOf(this.probability, this.#random);
    this.#gap = this.#drawn;
  }
}

/** Calls up to and with the next pick, geometric: P(gap > k) = (1 - p)^k. Infinity for p = 0, and 1 for p = 1, without a number drawn. */
function gapOf(probability: number, random: () => number): number {
  if (probability >= 1) return 1;
  if (probability <= 0) return Infinity;
  return 1 + Math.floor(Math.log1p(-random()) / Math.log1p(-probability));
}
