/**
 * @typedef {object} Random One seeded sequence. Every method takes the next numbers of the same sequence.
 * @property {() => number} uniform In (0, 1), one of 2^32 equally spaced numbers, never 0 or 1.
 * @property {(count: number) => number} below A whole number from 0 to before `count`.
 * @property {() => number} normal Mean 0, standard deviation 1; never beyond 6.77, since a uniform is never below 2^-33.
 */

/** FNV-1a of a string's UTF-16 units, 32 bits: a scenario's name as a seed. */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Rounds thrown away after seeding, until three words of seed have reached every bit of the state. */
const MIXING_ROUNDS = 20;

/**
 * sfc32 (Doty-Humphrey, PractRand) over a name, a run and a version. Uniforms are 32-bit integer arithmetic and one exact
 * division: the same on every machine. Normals are Box and Muller's, cosine and sine of a pair in turn: the same as far as
 * the engine's `Math.log`, `Math.cos` and `Math.sin` are, whose last bit may differ from one version of Node to the next.
 *
 * @param {string} name
 * @param {number} run
 * @param {number} version
 * @returns {Random}
 */
export function seeded(name, run, version) {
  let a = hash(name);
  let b = run | 0;
  let c = version | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < MIXING_ROUNDS; i++) next();
  const uniform = () => (next() + 0.5) / 2 ** 32;

  let spare = Number.NaN;
  const normal = () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal, below: count => Math.floor(uniform() * count) };
}

/**
 * 0, 1, …, `length` - 1 in a random order (Fisher and Yates).
 *
 * @param {Random} random
 * @param {number} length
 */
export function shuffledIndices(random, length) {
  const indices = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [indices[i], indices[j]] = [indices[j], indices[i]];
  }
  return indices;
}
