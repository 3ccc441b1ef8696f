// The parts of `npm run bench`, in the order of the page.
export const SUITES = ['calls', 'peers', 'tensors', 'models', 'service', 'growth'];

/**
 * A part of the benchmarks.
 *
 * @typedef {object} Suite
 * @property {string} name of its folder here and of its figures in docs/benchmarks/opentelemetry-<line>/.
 * @property {string} title heading of its section.
 * @property {readonly number[]} lines of OpenTelemetry that it runs on.
 * @property {number} [rounds] where nobody says otherwise.
 * @property {(options: { rounds: number, quick: boolean, models: readonly string[], tell: (text: string, done?: number) => void }) => Promise<object>} run gives plain JSON
 *   that keeps the raw rounds.
 * @property {(saved: readonly import('./harness/saved.js').Saved[]) => string} section its Markdown, without the heading.
 * @property {(saved: readonly import('./harness/saved.js').Saved[]) => string[]} [facts] what the front page says of it, in sentences.
 * @property {(saved: readonly import('./harness/saved.js').Saved[]) => Record<string, object>} [plots] by file, from the root of the repository:
 *   a plot of vega-lite.
 *
 * @typedef {object} Budget
 * @property {string} what
 * @property {string} [front] its words on the front page, where it stands there.
 * @property {number} limit
 * @property {boolean} [atLeast] whether the value is to be as large as the limit, not as small.
 * @property {{ median: number, min: number, max: number }} value
 * @property {'ns' | 'ms' | 'B'} [unit] of the limit and the value; a ratio without.
 *
 * @typedef {{ suite: Suite, budgets?: (saved: import('./harness/saved.js').Saved) => readonly Budget[] }} SuiteModule
 */

/** @returns {Promise<SuiteModule[]>} those of these names, in the order of the page. */
export function loadSuites(names = SUITES) {
  return Promise.all(SUITES.filter(name => names.includes(name)).map(name => import(`./${name}/suite.js`)));
}
