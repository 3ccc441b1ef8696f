// Draws of windows in which rare differences are frequent, with the weight that makes up for it.
//
// Given a baseline, a window of n values is a multinomial draw of the bins' true shares (which are not the baseline's). Here
// it is drawn in turn from that and from five Dirichlet multinomials about the same shares with up to six times its
// variance, and weighted by its true probability over the mean of the six (the balance heuristic, Veach & Guibas 1995): no
// weight is above 6, and nothing is approximated.
import { logGamma } from './log-gamma.js';
import { conditionalShares, gamma, multinomialInto } from './random.js';

/** Variances of the five, over that of the multinomial. */
const WIDTHS = [1.4, 1.9, 2.7, 4, 6];
export const PROPOSALS = WIDTHS.length + 1;

export class TailDraws {
  #n;
  #truth;
  #logShares;
  #wider;

  /** @param {ArrayLike<number>} shares the true ones, all above 0 */
  constructor(n, shares) {
    this.#n = n;
    this.#truth = conditionalShares(shares);
    this.#logShares = Array.from(shares, Math.log);
    this.#wider = WIDTHS.map(width => {
      const total = n / (width - 1);
      const weights = Array.from(shares, share => total * share);
      const norm = weights.reduce((sum, weight) => sum + logGamma(weight), logGamma(total + n) - logGamma(total));
      return { weights, norm };
    });
  }

  /** Writes the counts of draw `i` into `counts`, and gives its weight. Draws must be taken in turn, a multiple of six of them. */
  draw(i, next, normal, counts) {
    const wider = this.#wider[i % PROPOSALS];
    multinomialInto(
      next,
      this.#n,
      wider === undefined ? this.#truth : drawnShares(wider.weights, next, normal),
      counts,
    );
    // Multinomial coefficients are the same in all six, and left out.
    let logTruth = 0;
    for (let j = 0; j < counts.length; j++) logTruth += counts[j] * this.#logShares[j];
    let mixture = 1;
    for (const { weights, norm } of this.#wider) {
      let log = -norm;
      for (let j = 0; j < weights.length; j++) log += logGamma(weights[j] + counts[j]);
      mixture += Math.exp(log - logTruth);
    }
    return PROPOSALS / mixture;
  }
}

/** Conditional shares out of a Dirichlet distribution. A weight may be small: gamma(a) is then gamma(a + 1) · u^(1/a). */
function drawnShares(weights, next, normal) {
  const gammas = weights.map(weight =>
    weight >= 1 ? gamma(next, normal, weight) : gamma(next, normal, weight + 1) * (1 - next()) ** (1 / weight),
  );
  const total = gammas.reduce((sum, x) => sum + x, 0);
  return conditionalShares(gammas.map(x => x / total));
}
