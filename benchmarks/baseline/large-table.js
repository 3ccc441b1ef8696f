// A table of any length as SQL: every value is a function of its row's number, so that the same rows are made anywhere.

/** Uniform in [0, 1): 53 bits of DuckDB's hash of a row's number and a stream's. Two-argument hashes are correlated (0.59), sums are not. */
const uniform = stream => `((hash(i * 64 + ${stream}) >> 11) / 9007199254740992.0)`;
/** Standard normal, by Box and Muller, of two streams. */
const normal = stream => `(sqrt(-2 * ln(1 - ${uniform(stream)})) * cos(2 * pi() * ${uniform(stream + 1)}))`;
const exponential = stream => `(-ln(1 - ${uniform(stream)}))`;
const missing = (share, stream, sql) => `CASE WHEN ${uniform(stream)} < ${share} THEN NULL ELSE ${sql} END`;
/** One of `size` names, the n-th about 1/n as often as the first. */
const name = (prefix, size, stream) =>
  `concat('${prefix}', CAST(floor(pow(${size + 1}.0, ${uniform(stream)})) AS INTEGER))`;

/** Nineteen features: shapes, ties, shares of missing values and widths that real tables have. */
const NUMBERS = {
  amount: `CAST(exp(3 + 1.2 * ${normal(0)}) AS DOUBLE)`,
  balance: `CAST(1000 * ${normal(2)} AS DOUBLE)`,
  items: `CAST(1 + floor(3 * ${exponential(4)}) AS INTEGER)`,
  rating: `CAST(1 + floor(5 * sqrt(${uniform(5)})) AS INTEGER)`,
  discount: `CAST(${missing(0.3, 6, `CASE WHEN ${uniform(7)} < 0.7 THEN 0 ELSE round(${uniform(8)}, 2) END`)} AS DOUBLE)`,
  distance: `CAST(${missing(0.001, 9, `12 * ${exponential(10)}`)} AS DOUBLE)`,
  duration: `CAST(0.05 * pow(1 - ${uniform(11)}, -0.7) AS DOUBLE)`,
  temperature: `CAST(${missing(0.02, 12, `round(12 + 9 * sin(at_day / 58.1) + 4 * ${normal(13)}, 1)`)} AS FLOAT)`,
  humidity: `CAST(${missing(0.02, 12, `round(100 * ${uniform(15)})`)} AS DOUBLE)`,
  price: `CAST(${uniform(16)} * 90 + CASE WHEN ${uniform(17)} < 0.5 THEN 10 ELSE 400 END AS DOUBLE)`,
  clicks: `CAST(${missing(0.1, 18, `floor(pow(1 - ${uniform(19)}, -0.9))`)} AS BIGINT)`,
  score: `CAST(${uniform(20)} AS FLOAT)`,
  load: `CAST(least(1, 0.5 + 0.2 * ${normal(21)}) AS DOUBLE)`,
  change: `CAST(tan(pi() * (${uniform(23)} - 0.5)) AS DOUBLE)`,
};
const NAMES = {
  country: name('country ', 30, 24),
  device: name('device ', 4, 25),
  browser: missing(0.05, 26, name('browser ', 12, 27)),
  plan: name('plan ', 3, 28),
  product: name('product ', 500, 29),
};
export const NUMERIC_COLUMNS = Object.keys(NUMBERS);
export const CATEGORICAL_COLUMNS = Object.keys(NAMES);
export const TIME_COLUMN = 'seen_at';

const STEP_MS = 97;
/** Rows that follow one another in no order are this share of the table apart: hardly three of them rise. */
const FAR = 0.382;

/** A stride that has no divisor in common with the rows: its multiples, modulo the rows, are a permutation of them. */
function strideOf(rows) {
  const divisor = (a, b) => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, Math.round(FAR * rows));
  while (divisor(rows, stride) !== 1) stride++;
  return stride;
}

/**
 * A SELECT of so many rows, in order of `seen_at` or, shuffled, in an order far from it.
 * @param {number} rows
 * @param {{ shuffled?: boolean }} [options]
 */
export function largeTable(rows, { shuffled = false } = {}) {
  const place = shuffled ? `(range * ${strideOf(rows)}) % ${rows}` : 'range';
  const columns = Object.entries({ ...NUMBERS, ...NAMES }).map(([column, sql]) => `${sql} AS "${column}"`);
  return `SELECT TIMESTAMP '2026-01-01' + to_milliseconds(i * ${STEP_MS}) AS ${TIME_COLUMN}, ${columns.join(', ')}
    FROM (SELECT i, i * ${STEP_MS} / 86400000.0 AS at_day FROM (SELECT ${place} AS i FROM range(${rows})))`;
}
