// The made streams: what a row is before a change and after it. Rows come in order of time.
import { sentences, stripPunctuation } from './text.js';

/** Rows of a baseline: what a team can be expected to keep, and ten windows of 1,000. */
const BASELINE_ROWS = 10_000;
/** Rows before the change, and as many after it: 200 minutes at 100 rows a minute. So "alarms before" and "alarms after" compare. */
const HALF = 20_000;
const RUNS = 100;

const numeric = name => ({ name, kind: 'numeric' });
const X = [numeric('x')];
const category = count => ({
  name: 'category',
  kind: 'category',
  categories: Array.from({ length: count }, (_, i) => `c${i}`),
});

/**
 * @typedef {object} Scenario
 * @property {string} name Names the file and, with the run, the seed.
 * @property {string} title What happens, as a table says it.
 * @property {{ name: string, kind: 'numeric' | 'category' | 'text', categories?: string[] }[]} columns
 * @property {number} baselineRows
 * @property {number} rows Rows of the stream that follows the baseline.
 * @property {number} changeAt The stream's row at which the change begins; `rows` where nothing changes.
 * @property {number} runs Independent runs that the figures rest on; a run of any greater number can be made too.
 * @property {number[]} windows Sizes of tumbling windows, in rows, at which the stream is looked at.
 */

/** A sampler is made once a run; it writes the row that is `since` rows after the change (negative: before) into `out`. */
const scenario = (name, title, columns, sampler, more = {}) => ({
  name,
  title,
  columns,
  baselineRows: BASELINE_ROWS,
  rows: 2 * HALF,
  changeAt: HALF,
  runs: RUNS,
  windows: [100, 1000],
  sampler,
  ...more,
});
/** Nothing changes: every row counts as "before". */
const still = (name, title, columns, sampler, more = {}) =>
  scenario(name, title, columns, sampler, { rows: HALF, changeAt: HALF, ...more });

const meanShift = shift =>
  scenario(`mean-${shift}`, `mean + ${shift} σ`, X, random => (out, since) => {
    out[0] = random.normal() + (since >= 0 ? shift : 0);
  });

const plain = random => out => {
  out[0] = random.normal();
};

/** Stationary, of variance 1 whatever φ; the stream goes on where the baseline ended. */
const autoregressive = phi =>
  still(`ar-${phi}`, `no drift, AR(${phi})`, X, random => {
    const innovation = Math.sqrt(1 - phi * phi);
    let x = random.normal();
    return out => {
      out[0] = x;
      x = phi * x + innovation * random.normal();
    };
  });

/** Rows over which the gradual change grows, from nothing to the whole of it. */
const RAMP_ROWS = 10_000;
/** Rows of a "day": five days are the baseline, so that it holds each hour alike; a window of 1,000 is half a day. */
const DAY_ROWS = 2000;
const CATEGORIES = 10;
/** Student's t of 3 degrees of freedom has variance 3. */
const studentT3 = random => {
  const chiSquare = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
  return random.normal() / Math.sqrt(chiSquare / 3);
};

/** @type {(Scenario & { sampler: Function })[]} */
export const SYNTHETIC = [
  still('none', 'no drift', X, plain, { rows: 2 * HALF, changeAt: 2 * HALF }),
  still(
    'none-20',
    'no drift, 20 independent features',
    Array.from({ length: 20 }, (_, i) => numeric(`x${i}`)),
    random => out => {
      for (let i = 0; i < 20; i++) out[i] = random.normal();
    },
    { runs: 40 },
  ),
  autoregressive(0.5),
  autoregressive(0.9),
  still('season', `no drift, a day's sine of 0.5 σ on the mean (a day is ${DAY_ROWS} rows)`, X, random => {
    let row = 0;
    return out => {
      out[0] = random.normal() + 0.5 * Math.sin((2 * Math.PI * row++) / DAY_ROWS);
    };
  }),
  ...[0.1, 0.25, 0.5, 0.75, 1].map(meanShift),
  scenario('gradual', `mean + 0.75 σ, reached over ${RAMP_ROWS} rows`, X, random => (out, since) => {
    out[0] = random.normal() + 0.75 * Math.min(Math.max(since / RAMP_ROWS, 0), 1);
  }),
  scenario('variance', 'variance × 1.5', X, random => (out, since) => {
    out[0] = random.normal() * (since >= 0 ? Math.sqrt(1.5) : 1);
  }),
  scenario('heavy-tails', 'normal → t of 3 degrees, same variance', X, random => (out, since) => {
    out[0] = since >= 0 ? studentT3(random) / Math.sqrt(3) : random.normal();
  }),
  scenario('zero-inflation', 'log-normal amounts, 0 → 10 % zeros', [numeric('amount')], random => (out, since) => {
    out[0] = since >= 0 && random.uniform() < 0.1 ? 0 : Math.exp(random.normal());
  }),
  scenario('category-doubling', '1 of 10 equal categories × 2', [category(CATEGORIES)], random => (out, since) => {
    // 0.2 to the first, 0.8 shared by the other nine.
    out[0] = since >= 0 && random.uniform() < 1 / 9 ? 0 : random.below(CATEGORIES);
  }),
  scenario('category-new', 'a new category, 0 → 3 %', [category(CATEGORIES + 1)], random => (out, since) => {
    out[0] = since >= 0 && random.uniform() < 0.03 ? CATEGORIES : random.below(CATEGORIES);
  }),
  scenario('missing', 'missing values, 0.5 → 3 %', X, random => (out, since) => {
    out[0] = random.uniform() < (since >= 0 ? 0.03 : 0.005) ? Number.NaN : random.normal();
  }),
  scenario(
    'correlation-flip',
    'correlation 0.8 → -0.8, same marginals',
    [numeric('x'), numeric('y')],
    random => (out, since) => {
      out[0] = random.normal();
      out[1] = (since >= 0 ? -0.8 : 0.8) * out[0] + 0.6 * random.normal();
    },
  ),
  scenario(
    'punctuation',
    'texts whose punctuation is stripped',
    [{ name: 'text', kind: 'text' }],
    random => (out, since) => {
      const text = sentences(random);
      out[0] = since >= 0 ? stripPunctuation(text) : text;
    },
    // Texts are dear to make and to compare.
    { rows: 10_000, changeAt: 5000, runs: 20, windows: [1000] },
  ),
];

/**
 * Makes one run: per column, the baseline's rows and then the stream's. Numbers are a `Float64Array` (missing is NaN, a category
 * its index in `categories`), texts an array of strings.
 *
 * @param {Scenario & { sampler: Function }} scenario
 * @param {import('./random.js').Random} random
 * @returns {(Float64Array | string[])[]}
 */
export function synthesise({ columns, baselineRows, rows, changeAt, sampler }, random) {
  const length = baselineRows + rows;
  const made = columns.map(({ kind }) => (kind === 'text' ? new Array(length) : new Float64Array(length)));
  const write = sampler(random);
  const out = new Array(columns.length);
  for (let i = 0; i < length; i++) {
    // A row of the baseline is always one from before the change.
    write(out, i < baselineRows || i - baselineRows < changeAt ? -1 : i - baselineRows - changeAt);
    for (let c = 0; c < made.length; c++) made[c][i] = out[c];
  }
  return made;
}
