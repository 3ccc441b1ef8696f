import { settled } from '../promises.js';
import { NO_ROW, ofProperty } from '../reading.js';
import { OUT_OF_RANGE } from '../sampling/reasons.js';
import { countCategory } from '../window/count-value.js';
import type { FeaturePlan } from '../window/plan.js';
import type { KeyReader } from './key-reader.js';
import { GREATEST, LEAST, MEAN, type NumericColumns, PLACE_STRIDE, TABLE_STRIDE } from './numeric-columns.js';
import type { RowCounter } from './row-counter.js';

/** Functions that were made. */
let made = 0;

/** Features read by one generated function: V8 leaves functions of more than 60 kB of bytecode unoptimised. */
const FEATURES_A_FUNCTION = 64;

/*
 * The code made for `{ distance: numeric(), carrier: categorical() }`:
 *
 *   if (busy) { again(row); return; }
 *   busy = true;
 *   let v, i, k = 0;
 *   try {
 *     v = properties["distance"];
 *     if (typeof v === 'number') values[0] = v; else { values[0] = NaN; odd[0] = v; }
 *     k = 1;
 *     v = properties["carrier"];
 *     i = typeof v === 'string' ? map1.get(v) : undefined;
 *     if (i !== undefined) cells[19 + i]++; else category(plans[1], ofProperty(…, v), ring);
 *     k = 2;
 *   } catch (error) { reader.goOn(k, 2, error, row); }
 *   …the loop of `columnsCounter`, over arrays that are constants here: half the time of one that is shared by all models
 *   busy = false;
 *
 * A number of its own makes the text one that V8 has not seen: from the third on, functions of one text share what is learned of
 * them, so that monitors of one model's versions would not have their arrays as constants (130 ns a row on Node 20).
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
  const blocks = plans.flatMap((_plan, k) => (k % FEATURES_A_FUNCTION === 0 ? [readBlock(plans, places, k)] : []));
  const source = `'use strict'; // ${++made}
${maps.map((map, k) => (map === undefined ? '' : `const map${k} = maps[${k}];`)).join('')}
const { values, odd, table, places, countOthers, ring } = columns;
const { cells, sums, flags } = ring;
let busy = false;
${blocks.length < 2 ? '' : blocks.map((block, i) => `function read${i}(properties, row) { ${block} }`).join('\n')}
return function countRow(row) {
  if (busy) { again(row); return; }
  busy = true;
  const properties = row ?? NO_ROW;
  ${blocks.length < 2 ? blocks.join('') : blocks.map((_block, i) => `read${i}(properties, row);`).join(' ')}
  ${columns.plans.length === 0 ? '' : countCode(columns)}
  busy = false;
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

/** Reads features `start` … of at most a function's number. */
function readBlock(plans: readonly FeaturePlan[], places: readonly number[], start: number): string {
  const end = Math.min(plans.length, start + FEATURES_A_FUNCTION);
  const reads = plans.slice(start, end).map((plan, i) => readCode(plan, start + i, places[start + i]!));
  return `let v, i, k = ${start};
  try {
${reads.join('\n')}
  } catch (error) { reader.goOn(k, ${end}, error, row); }`;
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
      let at = (t + (+(x > table[(t + 7) | 0]) << 3)) | 0;
      at = (at + (+(x > table[(at + 3) | 0]) << 2)) | 0;
      at = (at + (+(x > table[(at + 1) | 0]) << 1)) | 0;
      at = (at + +(x > table[at])) | 0;
      cells[(places[p] + at) | 0]++;
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
