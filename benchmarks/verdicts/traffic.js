// Standard normal values in time order that depend on their neighbours.
import { normals } from './random.js';

/**
 * A stream of standard normal values.
 *
 * @typedef {object} Traffic
 * @property {string} name
 * @property {(next: () => number) => () => number} start
 */

/** Each value is φ times the one before plus noise. */
export function autoregressive(phi) {
  const noise = Math.sqrt(1 - phi * phi);
  return {
    name: phi === 0 ? 'independent' : `AR(${phi})`,
    start(next) {
      const normal = normals(next);
      let value = normal();
      return () => {
        value = phi * value + noise * normal();
        return value;
      };
    },
  };
}

/** Independent values about a mean that rises and falls as a sine of `amplitude` standard deviations, over `period` values. */
export function seasonal(amplitude, period) {
  return {
    name: `sine of ${amplitude} σ`,
    start(next) {
      const normal = normals(next);
      let at = Math.floor(next() * period);
      return () => normal() + amplitude * Math.sin((2 * Math.PI * at++) / period);
    },
  };
}
