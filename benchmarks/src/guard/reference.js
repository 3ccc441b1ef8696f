import { FEATURE_NAMES, rows } from '../calls/rows.js';

const BINS = 16;
const now = performance.now.bind(performance);

/**
 * What a call has to do in any case, written out by hand: two looks at the clock, 20 numbers read, checked, looked up among 15 cuts and counted with
 * two moments, a label counted. The measure of everything else: it gets slower where the machine does. Gives a function of how many calls to make.
 */
export function reference() {
  const cuts = Float64Array.from({ length: BINS * FEATURE_NAMES.length }, (_, i) => {
    const bin = i % BINS;
    return bin === BINS - 1 ? Number.POSITIVE_INFINITY : bin - 7;
  });
  const cells = new Uint32Array(BINS * FEATURE_NAMES.length);
  const sums = new Float64Array(2 * FEATURE_NAMES.length + 1);
  const steps = FEATURE_NAMES.map((name, k) => {
    const search = [8, 4, 2, 1].map(step => `i += +(v > cuts[${k * BINS + step - 1} + i]) * ${step};`).join(' ');
    return `v = row[${JSON.stringify(name)}];
      if (typeof v === 'number' && v - v === 0) {
        i = 0; ${search} cells[${k * BINS} + i]++; sums[${2 * k}] += v; sums[${2 * k + 1}] += v * v;
      }`;
  });
  const make = new Function('cuts', 'cells', 'sums', `return row => { let v, i; ${steps.join('\n')} };`);
  const countRow = make(cuts, cells, sums);
  const labels = new Map([
    ['late', 0],
    ['on-time', 1],
  ]);
  const counts = new Uint32Array(2);
  return count => {
    for (let i = 0; i < count; i++) {
      const start = now();
      countRow(rows[i & 1023]);
      counts[labels.get((i & 1) === 0 ? 'late' : 'on-time')]++;
      sums[sums.length - 1] += now() - start;
    }
  };
}
