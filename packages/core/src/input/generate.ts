import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { countUnreadable, NO_ROW, ofProperty } from '../reading.js';
import { OUT_OF_RANGE } from '../sampling/reasons.js';
import { countCategory, countNumeric } from '../window/count-value.js';
import type { CategoricalPlan, FeaturePlan, NumericPlan } from '../window/plan.js';
import { FLAGS } from '../window/ring.js';

/** Reads every feature of a row and counts it in the open slot. Never throws. */
export type RowCounter = (row: unknown, cells: Uint32Array, base: number, sums: Float64Array, sumBase: number) => void;
/** One that also keeps the numbers of columns that are watched together, which are NaN before; `kept` is read by no other. */
export type KeepingCounter = (
  row: unknown,
  cells: Uint32Array,
  base: number,
  sums: Float64Array,
  sumBase: number,
  kept: Float64Array,
) => void;
/** Where in `kept` the number of a column goes; -1 for one that is not kept. */
export type Keep = (plan: FeaturePlan) => number;

/*
 * The code made for `{ distance: numeric(), carrier: categorical() }`:
 *
 *   for (;;) {
 *     try {
 *       switch (k) {
 *         case 0: v = properties["distance"];
 *           if (typeof v === 'number' && v - v === 0) { …search, count, moments… } else numeric(plans[0], ofProperty(…, v), …);
 *           k = 1;
 *         case 1: v = properties["carrier"];
 *           i = typeof v === 'string' ? map1.get(v) : undefined;
 *           if (i !== undefined) cells[base + 19 + i]++; else category(plans[1], ofProperty(…, v), …);
 *           k = 2;
 *       }
 *       return;
 *     } catch (error) { unreadable(plans[k++], …); }
 *   }
 *
 * A getter that throws costs its own feature only: the loop goes on behind it, and reads nothing twice. A number that is watched
 * together with others is kept where it is counted: `kept[2] = v`; the code for any other is the same as without.
 * Names enter the text through JSON.stringify alone, numbers through `literal`; nothing else of a model or baseline does.
 */
export function generateRowCounter(
  plans: readonly FeaturePlan[],
  cuts: Float64Array,
  faults: Faults,
  keep: Keep,
): KeepingCounter {
  const maps = plans.map(plan => (plan.kind === 'categorical' ? plan.categories : undefined));
  const cases = plans.map((plan, k) => {
    const read =
      plan.read === undefined ? `properties[${JSON.stringify(plan.name)}]` : `settled(plans[${k}].read(row))`;
    const other = plan.read === undefined ? `ofProperty(properties, ${JSON.stringify(plan.name)}, v)` : 'v';
    const count = plan.kind === 'numeric' ? numericCode(plan, k, other, keep(plan)) : categoryCode(plan, k, other);
    return `case ${k}: v = ${read};\n${count}\nk = ${k + 1};`;
  });
  const kept = plans.some(plan => keep(plan) >= 0) ? ', kept' : '';
  const source = `'use strict';
${maps.map((map, k) => (map === undefined ? '' : `const map${k} = maps[${k}];`)).join('')}
return function countRow(row, cells, base, sums, sumBase${kept}) {
  const properties = row ?? NO_ROW;
  let v, i, d, k = 0;
  for (;;) {
    try {
      switch (k) {
${cases.join('\n')}
      }
      return;
    } catch (error) { unreadable(plans[k++], cells, base, faults, error); }
  }
};`;
  const make = new Function(
    'plans',
    'maps',
    'cuts',
    'NO_ROW',
    'settled',
    'ofProperty',
    'numeric',
    'category',
    'unreadable',
    'faults',
    source,
  );
  return make(
    plans,
    maps,
    cuts,
    NO_ROW,
    settled,
    ofProperty,
    countNumeric,
    countCategory,
    countUnreadable,
    faults,
  ) as KeepingCounter;
}

function numericCode(plan: NumericPlan, k: number, other: string, place: number): string {
  const { cell, table, top, sum, min, max, shift, valued } = plan;
  let search = 'i = 0;';
  for (let step = top; step > 0; step >>= 1) {
    // Branchless: see searchBin.
    search += ` i += +(v > cuts[i + ${table + step - 1}])${step === 1 ? '' : ` * ${step}`};`;
  }
  const range = Number.isFinite(min)
    ? `if (v < ${literal(min)} || v > ${literal(max)}) { cells[base + ${cell + valued + 2}]++; cells[${FLAGS}] |= ${OUT_OF_RANGE}; }`
    : '';
  const [keep, keepOther] = place < 0 ? ['', ''] : [` kept[${place}] = v;`, `kept[${place}] = `];
  return `if (typeof v === 'number' && v - v === 0) {
  ${search}
  cells[base + ${cell} + i]++;
  ${range}
  d = v - ${literal(shift)}; sums[sumBase + ${sum}] += d; sums[sumBase + ${sum + 1}] += d * d;${keep}
} else ${keepOther}numeric(plans[${k}], ${other}, cuts, cells, base, sums, sumBase);`;
}

function categoryCode(plan: CategoricalPlan, k: number, other: string): string {
  return `i = typeof v === 'string' ? map${k}.get(v) : undefined;
if (i !== undefined) cells[base + ${plan.cell} + i]++; else category(plans[${k}], ${other}, cells, base);`;
}

/** A finite number as source text, in parentheses so that a sign never meets an operator. */
function literal(x: number): string {
  return `(${Object.is(x, -0) ? '0' : String(x)})`;
}
