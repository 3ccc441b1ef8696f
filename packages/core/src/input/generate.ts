import { settled } from '../promises.js';
import { NO_ROW, ofProperty } from '../reading.js';
import { OUT_OF_RANGE } from '../sampling/reasons.js';
import { countCategory } from '../window/count-value.js';
import type { FeaturePlan } from '../window/plan.js';
import type { KeyReader } from './key-reader.js';
import { GREATEST, LEAST, MEAN, type NumericColumns, PLACE_STRIDE, TABLE_STRIDE } from './numeric-columns.js';
import type { RowCounter } from './row-counter.js';

/** Features read by one generated function: V8 leaves functions of more than 60 kB of bytecode unoptimised. */
const FEATURES_A_FUNCTION = 64;

/*
 * The code made for `{ distance: numeric(), carrier: categorical() }`:
 *
 *   function read0(properties, row) {
 *     let v, i, k = 0;
 *     try {
 *       v = properties["distance"];
 *       if (typeof v === 'number') values[0] = v; else { values[0] = NaN; odd[0] = v; }
 *       k = 1;
 *       v = properties["carrier"];
 *       i = typeof v === 'string' ? map1.get(v) : undefined;
 *       if (i !== undefined) cells[19 + i]++; else category(plans[1], ofProperty(…, v), ring);
 *       k = 2;
 *     } catch (error) { reader.goOn(k, 2, error, row); }
 *   }
 *   return function countRow(row) {
 *     if (busy) { again(row); return; }
 *     busy = true;
 *     read0(row ?? NO_ROW, row);
 *     busy = false;
 *     …the loop of `columnsCounter`, over arrays that are constants here: half the time of one that is shared by all models
 *   };
 *
 * No call stands between two numbers, so that the row's shape is checked once. Names enter the text through JSON.stringify alone; all
 * else is indices.
 */
export function generateRowCounter(
  plans: readonly FeaturePlan[],
  columns: NumericColumns,
  reader: KeyReader,
  again: RowCounter,
): RowCounter {
  const maps = plans.map(plan => (plan.kind === 'categorical' ? plan.categories : undefined));
  const places = plans.map(plan => (plan.kind === 'numeric' ? columns.plans.indexOf(plan) : -1));
  const starts = plans.flatMap((_plan, k) => (k % FEATURES_A_FUNCTION === 0 ? [k] : []));
  const source = `'use strict';
${maps.map((map, k) => (map === undefined ? '' : `const map${k} = maps[${k}];`)).join('')}
const { values, odd, table, places, countOthers, ring } = columns;
const { cells, sums, flags } = ring;
let busy = false;
${starts.map(start => readFunction(plans, places, start)).join('\n')}
return function countRow(row) {
  if (busy) { again(row); return; }
  busy = true;
  const properties = row ?? NO_ROW;
  ${starts.map(start => `read${start}(properties, row);`).join(' ')}
  busy = false;
  ${columns.plans.length === 0 ? '' : countCode(columns)}
};`;
  const make = new Function(
    'plans',
    'maps',
    'columns',
    'reader',
    'again',
    'NO_ROW',
    'settled',
    'ofProperty',
    'category',
    source,
  );
  return make(plans, maps, columns, reader, again, NO_ROW, settled, ofProperty, countCategory) as RowCounter;
}

function readFunction(plans: readonly FeaturePlan[], places: readonly number[], start: number): string {
  const end = Math.min(plans.length, start + FEATURES_A_FUNCTION);
  const reads = plans.slice(start, end).map((plan, i) => readCode(plan, start + i, places[start + i]!));
  return `function read${start}(properties, row) {
  let v, i, k = ${start};
  try {
${reads.join('\n')}
  } catch (error) { reader.goOn(k, ${end}, error, row); }
}`;
}

function readCode(plan: FeaturePlan, k: number, place: number): string {
  const name = JSON.stringify(plan.name);
  const [read, other] =
    plan.read === undefined
      ? [`properties[${name}]`, `ofProperty(properties, ${name}, v)`]
      : [`settled(plans[${k}].read(row))`, 'v'];
  const take =
    plan.kind === 'numeric'
      ? `if (typeof v === 'number') values[${place}] = v; else { values[${place}] = NaN; odd[${place}] = v; }`
      : `i = typeof v === 'string' ? map${k}.get(v) : undefined;
if (i !== undefined) cells[${plan.cell} + i]++; else category(plans[${k}], ${other}, ring);`;
  return `v = ${read};\n${take}\nk = ${k + 1};`;
}

/** The twin of `columnsCounter`. */
function countCode({ narrow, plans }: NumericColumns): string {
  return `let others = ${plans.length - narrow}, odder = 0;
  for (let k = 0, t = 0, p = 0; k < ${narrow}; k = (k + 1) | 0, t = (t + ${TABLE_STRIDE}) | 0, p = (p + ${PLACE_STRIDE}) | 0) {
    const x = values[k];
    if (x - x !== 0) others = 1;
    else {
      let bin = +(x > table[(t + 7) | 0]) << 3;
      bin |= +(x > table[(t + 3 + bin) | 0]) << 2;
      bin |= +(x > table[(t + 1 + bin) | 0]) << 1;
      bin |= +(x > table[(t + bin) | 0]);
      cells[(places[p] + bin) | 0]++;
      if (x < table[(t + ${LEAST}) | 0] || x > table[(t + ${GREATEST}) | 0]) {
        cells[places[(p + 2) | 0]]++;
        odder = ${OUT_OF_RANGE};
      }
      const deviation = x - table[(t + ${MEAN}) | 0];
      const sum = places[(p + 1) | 0];
      sums[sum] += deviation;
      sums[(sum + 1) | 0] += deviation * deviation;
    }
  }
  if (odder !== 0) flags[0] |= odder;
  if (others !== 0) countOthers(properties);`;
}
