import { range } from '../generated-rows.js';
import { type Column, cat, type Dataset, normal, num, series, sticky } from './columns.js';

/** What the golden files were learned from. `cases.py` makes the same: change both, then run `make_goldens.py`. */
export const CASES: readonly (() => Dataset)[] = [
  numbers,
  categories,
  ordered,
  timed,
  weeks,
  minutes,
  standing,
  identifiers,
  sensitive,
];

const { MAX_VALUE, MIN_VALUE, EPSILON, NaN: NONE, POSITIVE_INFINITY: INF } = Number;

function numbers(): Dataset {
  const n = 1200;
  return {
    name: 'numbers',
    features: {
      uniform: num(series(1, n, next => next())),
      normal: num(series(2, n, next => normal(next))),
      ties: num(series(3, n, next => Math.floor(next() * next() * 40))),
      atoms: num(series(4, n, next => (next() < 0.5 ? 0 : next() - 0.25))),
      crowded: num(series(5, n, next => Math.floor(next() * 13) + (next() < 0.9 ? 0 : next()))),
      skewed: num(series(6, n, next => Math.floor((next() + next()) * 12) / 3)),
      constant: num(series(7, n, () => 0.1)),
      largest: num(series(8, n, () => -MAX_VALUE)),
      'signed zeros': num(series(9, n, (_, row) => (row % 2 === 0 ? 0 : -0))),
      wide: num(series(10, n, next => (next() - 0.5) * (next() < 0.5 ? MAX_VALUE : 1))),
      squares: num(series(11, n, next => (next() - 0.5) * 1e200)),
      tiny: num(series(12, n, next => next() * 1e-250)),
      subnormal: num(series(13, n, next => Math.floor(next() * 1000) * MIN_VALUE)),
      far: num(series(14, n, next => 1e15 + Math.floor(next() * 100) / 8)),
      bigints: num(
        series(15, n, (next, row) => (row === 5 ? 10n ** 400n : 2n ** 60n + BigInt(Math.floor(next() * 9999)))),
      ),
      booleans: num(series(16, n, next => next() < 0.3)),
      neighbours: num(series(17, n, next => (next() < 0.5 ? 1 : 1 + EPSILON))),
      eighths: num(series(18, n, next => Math.floor((next() - 0.5) * 4096) / 8)),
      'e+21': num(series(19, n, next => (next() + 1) * 1e20)),
      'e-7': num(series(20, n, next => (next() + 1) * 6e-7)),
      absent: num(series(21, n, () => null)),
      broken: num(series(22, n, () => 'text')),
      mixed: num(series(23, n, (next, row) => ['5', null, next(), {}, NONE][row % 5])),
      infinite: num(series(24, n, (next, row) => [INF, -INF, NONE, next(), 7][row % 5])),
      once: num(series(25, n, (_, row) => (row === 7 ? 3.25 : null))),
      twice: num(series(26, n, (_, row) => (row === 7 ? 1 : row === 8 ? 3 : NONE))),
    },
    outputs: {
      confidence: series(27, n, (next, row) => (row % 11 === 0 ? NONE : next())),
      value: series(28, n, (next, row) => (row % 2 === 0 ? null : normal(next) * 100)),
    },
    provenance: { source: 'numbers "of" \\ every kind ✈️', createdAt: '2013-02-01T00:00:00Z' },
  };
}

function categories(): Dataset {
  const n = 1400;
  const oneOf = (values: readonly unknown[]) => series(0, n, (_, row) => values[row % values.length]);
  return {
    name: 'categories "of" 😀 kinds',
    features: {
      skewed: cat(series(1, n, next => 'ABCDEFGH'.charAt(Math.floor(next() * next() * 8)))),
      unicode: cat(oneOf(['\uff5e', '😀', 'é', 'e\u0301', 'z', 'Z', '中'])),
      numbers: cat(oneOf([1e-7, 1e21, 0.1, -0, 100, 1e300, MIN_VALUE, 123456789012345680000, 0.000001, -1.5e-9])),
      bigints: cat(oneOf([2n ** 60n, -7n, 10n ** 30n])),
      mixed: cat(oneOf([1, '1', true, 'true', null, NONE, INF, {}, '', undefined, false, -INF])),
      escaped: cat(oneOf(['"', '\\', '\t', '\n', '\r', '\b', '\f', '\u0000', '\u001f', '\u007f', '\u2028', '/', '<'])),
      reserved: cat(oneOf(['__proto__', 'constructor', '_OTHER', 'missing', 'other', 'toString'])),
      long: cat(oneOf(['x'.repeat(256), 'x'.repeat(257), '😀'.repeat(128), '😀'.repeat(129)])),
      'half a pair': cat(oneOf(['\ud800', 'a\udc00', 'a'])),
      limited: cat(
        series(2, n, next => `c${Math.floor(next() * 9)}`),
        3,
      ),
      many: cat(series(3, n, next => `c${Math.floor(next() * next() * 100)}`)),
      rare: cat(series(4, n, (_, row) => (row < 9 ? 'nine' : row < 19 ? 'ten' : row < 400 ? `r${row}` : 'a'))),
      'none kept': cat(
        series(5, n, (_, row) => `id-${row}`),
        1024,
      ),
      absent: cat(oneOf([null])),
      invalid: cat(oneOf([{}])),
      'naïve "name"\n': cat(oneOf(['a', 'b'])),
      ['😀'.repeat(128)]: cat(oneOf(['a', null])),
    },
    outputs: { label: series(6, n, next => next() < 0.25) },
  };
}

/** Values that move together, and some that do not. */
function dependent(n: number): Dataset['features'] {
  return {
    independent: num(series(1, n, next => next())),
    slow: num(sticky(2, n, 0.02, next => normal(next))),
    quick: num(sticky(3, n, 0.5, next => next())),
    cycle: num(series(4, n, (next, row) => (row % 24) + 8 * next())),
    drifting: num(series(5, n, (next, row) => row / n + next())),
    lost: num(sticky(6, n, 0.05, next => (next() < 0.2 ? null : next()))),
    lots: num(sticky(7, n, 0.1, next => Math.floor(next() * 4))),
    constant: num(series(8, n, () => 7)),
    absent: num(series(9, n, () => null)),
    coin: cat(series(10, n, next => next() < 0.5)),
    'sticky category': cat(sticky(11, n, 0.05, next => `c${Math.floor(next() * next() * 40)}`)),
    'sticky other': cat(sticky(12, n, 0.1, next => (next() < 0.3 ? next() : 'abc'.charAt(Math.floor(next() * 3))))),
    'sticky missing': cat(sticky(13, n, 0.1, next => (next() < 0.3 ? null : 'abc'.charAt(Math.floor(next() * 3))))),
    'only other': cat(series(14, n, (_, row) => `id-${row}`)),
  };
}

function ordered(): Dataset {
  const label = sticky(15, 1603, 0.1, next => next() < 0.3);
  return { name: 'ordered', features: dependent(1603), outputs: { label }, timeOrdered: true };
}

/** Times from 2013 on, each later than the one before by what `step` says, ms. */
function timesOf(seed: number, n: number, step: (next: () => number) => number): number[] {
  let time = 1_356_998_400_000;
  return series(seed, n, next => {
    time += Math.floor(step(next));
    return time;
  });
}

/** Four months, with nights and a long gap now and then. */
function timed(): Dataset {
  const hour = 3_600_000;
  const times = timesOf(16, 2000, next => (next() < 0.02 ? 30 * hour * next() : 2 * hour * next() * next()));
  return { name: 'timed', features: dependent(2000), times };
}

/** Days are too short for blocks: 2, 4, 7, 14 and 28 days. */
function weeks(): Dataset {
  return { name: 'weeks', features: dependent(1000), times: timesOf(17, 1000, next => 34_560_000 * next()) };
}

/** Parts of a second, and many rows at once. */
function minutes(): Dataset {
  const times = timesOf(18, 1500, next => (next() < 0.5 ? 0 : 800 * next())).map((time, row) => time + (row >> 9) / 4);
  return { name: 'minutes', features: dependent(1500), times };
}

/** Rows that are all of one time have an order only. */
function standing(): Dataset {
  return { name: 'standing', features: dependent(1000), times: timesOf(19, 1000, () => 0) };
}

/** More distinct texts than are told apart, in more rows than are held in one piece. */
function identifiers(): Dataset {
  const ids = range(100_060).map(row => (row < 20 ? 'early' : `id-${row}`));
  const values = [...ids, ...range(20).map(() => 'early'), ...range(500).map(() => 'late')];
  const number = series(20, values.length, (_, row) => (row * 7919) % 50_000);
  return { name: 'identifiers', features: { id: cat(values), number: num(number) } };
}

/** The columns of the other cases, each as a sensitive one. */
function sensitive(): Dataset {
  const columns = { ...numbers().features, ...categories().features, ...dependent(1200) };
  const hidden = Object.entries(columns).map(([name, { values, ...more }]): [string, Column] => [
    name,
    { values: values.slice(0, 1200), ...more, sensitive: true },
  ]);
  const { uniform, skewed } = columns;
  return {
    name: 'sensitive',
    features: {
      ...Object.fromEntries(hidden),
      'open number': num(uniform!.values),
      'open category': cat(skewed!.values.slice(0, 1200)),
    },
    timeOrdered: true,
  };
}
