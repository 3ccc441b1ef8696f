// node benchmarks/src/calls/searches.js: which search finds a value's bin fastest, in the shape of the generated row counter.
// Evidence of docs/decisions/0003. Every search counts the same, or this throws.

import { median } from '../harness/numbers.js';
import { rows } from './rows.js';

const CUTS = 15;
const CELLS = 20;
const GRID = 64;
const names = Object.keys(rows[0]);
const cutsOf = name => {
  const sorted = rows.map(row => row[name]).sort((a, b) => a - b);
  const cuts = Array.from({ length: CUTS }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / (CUTS + 1))]);
  return [...new Set(cuts)];
};
const features = names.map(name => ({ name, cuts: cutsOf(name) }));
const padded = new Float64Array(features.length * (CUTS + 1)).fill(Number.POSITIVE_INFINITY);
features.forEach(({ cuts }, f) => {
  padded.set(cuts, f * (CUTS + 1));
});

/** Cell k of a feature's grid holds the first bin that a value in it can have. */
const grids = features.map(({ cuts }) => {
  const low = cuts[0];
  const scale = GRID / (cuts.at(-1) - low);
  const first = new Uint8Array(GRID + 2);
  for (let k = 1; k <= GRID + 1; k++) {
    const edge = low + (k - 1) / scale;
    while (first[k] < cuts.length && cuts[first[k]] < edge - 1e-9 * Math.abs(edge)) first[k]++;
  }
  return { low, scale, first };
});

/** Source text that sets i to the bin of v, for the feature whose cuts start at o. */
const SEARCHES = {
  'none (a fixed bin)': () => 'i = 3;',
  'binary, with branches': o =>
    `i = v > c[${o + 7}] ? 8 : 0; i += v > c[${o + 3} + i] ? 4 : 0; i += v > c[${o + 1} + i] ? 2 : 0; i += v > c[${o} + i] ? 1 : 0;`,
  'comparisons added': o =>
    `i = +(v > c[${o + 7}]) * 8; i += +(v > c[${o + 3} + i]) * 4; i += +(v > c[${o + 1} + i]) * 2; i += +(v > c[${o} + i]);`,
  'sum of all comparisons': (o, f) => `i = ${features[f].cuts.map((_, k) => `(v > c[${o + k}] ? 1 : 0)`).join(' + ')};`,
  'grid and scan': (o, f) =>
    `i = grids[${f}].first[Math.min(Math.max((v - (${grids[f].low})) * ${grids[f].scale} + 1, 0), ${GRID + 1}) | 0] + ${o}; while (v > c[i]) i++; i -= ${o};`,
  'sign bits': o =>
    [7, 3, 1, 0]
      .map(
        (at, step) =>
          `z[0] = c[${o + at}${step === 0 ? '' : ' + i'}] - v; i ${step === 0 ? '' : '+'}= (b[1] >>> 31) << ${3 - step};`,
      )
      .join(' '),
};

function counter(search) {
  const steps = features.map(
    ({ name }, f) => `v = row[${JSON.stringify(name)}];
      if (typeof v === 'number' && v - v === 0) { ${search(f * (CUTS + 1), f)} cells[${f * CELLS} + i]++; }`,
  );
  const z = new Float64Array(1);
  const make = new Function('c', 'grids', 'z', 'b', `return (row, cells) => { let v, i; ${steps.join('\n')} };`);
  return make(padded, grids, z, new Int32Array(z.buffer));
}

const ROUNDS = 9;
const PASSES = 400;
const candidates = Object.entries(SEARCHES).map(([title, search]) => ({ title, count: counter(search), ns: [] }));
let expected;
for (let round = 0; round < ROUNDS; round++) {
  for (const { title, count, ns } of round % 2 === 0 ? candidates : [...candidates].reverse()) {
    const cells = new Uint32Array(features.length * CELLS);
    const start = performance.now();
    for (let pass = 0; pass < PASSES; pass++) for (const row of rows) count(row, cells);
    ns.push(((performance.now() - start) * 1e6) / (PASSES * rows.length));
    if (title.startsWith('none')) continue;
    expected ??= cells.join();
    if (cells.join() !== expected) throw new Error(`${title}: met other counts, expected those of the first search`);
  }
}
for (const { title, ns } of candidates) {
  const [least, most] = [Math.min(...ns), Math.max(...ns)].map(x => x.toFixed(0));
  console.log(
    `${title.padEnd(24)} ${median(ns).toFixed(0).padStart(4)} ns a row of ${features.length} (${least} – ${most})`,
  );
}
