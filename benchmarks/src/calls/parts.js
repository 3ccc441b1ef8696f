// What parts of a call cost, each as the difference of two sides, or beside the same thing written out by hand.
import { createMonitor, defineModel, monitorBatch, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { generateRowCounter } from '../../../packages/core/dist/input/generate.js';
import { columnsCounter, NumericColumns } from '../../../packages/core/dist/input/numeric-columns.js';
import { Planner } from '../../../packages/core/dist/window/plan.js';
import { Ring } from '../../../packages/core/dist/window/ring.js';
import { FEATURE_NAMES, makeRow, rows } from './rows.js';

const FEATURES = FEATURE_NAMES.length;
/** Fewer than may wait for their outcome (10,000), and more: then each is kept anew, and the oldest goes. */
const FEW_IDS = 2 ** 12;
const MANY_IDS = 2 ** 14;
/** No record is kept: what is measured here is counting. */
const UNRECORDED = { rate: 0, keep: false };

const modelOf = names =>
  defineModel({ name: 'parts', version: '1', features: Object.fromEntries(names.map(name => [name, numeric()])) });

/** The rows as one batch: the clock and the call are spread over 1,024 of them. */
function batchOf(codegen, names, baseline) {
  const watched = monitorBatch(() => undefined, { model: modelOf(names), baseline, codegen, sampling: UNRECORDED });
  return calls => {
    for (let i = 0; i < calls; i++) watched(rows);
  };
}

/**
 * Reads, looks up and increments as the generated code does; with `all`, it also checks the type, counts what is out of range, and keeps two moments.
 * Gives a function of a row, and the cells that it counts in.
 */
function inlined(baseline, all) {
  const width = 16;
  const cells = new Uint32Array(FEATURES * width);
  const cuts = new Float64Array(FEATURES * width).fill(Number.POSITIVE_INFINITY);
  const steps = baseline.features.map((feature, k) => {
    cuts.set(feature.cuts, k * width);
    const search = [8, 4, 2, 1].map(step => `i += +(v > c[${k * width + step - 1} + i]) * ${step};`).join(' ');
    const count = `i = 0; ${search} cells[${k * width} + i]++;`;
    const rest = `if (v < ${feature.min} || v > ${feature.max}) outside[${k}]++;
      d = v - (${feature.mean}); sums[${2 * k}] += d; sums[${2 * k + 1}] += d * d;`;
    return `v = row[${JSON.stringify(feature.name)}]; ${all ? `if (typeof v === 'number' && v - v === 0) { ${count} ${rest} }` : count}`;
  });
  const make = new Function('c', 'cells', 'sums', 'outside', `return row => { let v, i, d;\n${steps.join('\n')} };`);
  const countRow = make(cuts, cells, new Float64Array(2 * FEATURES), new Uint32Array(FEATURES));
  return { countRow, cells };
}

/** The loop that counts what was read, over numbers that need no reading: of the built package by its path, as it is not public. */
function direct(codegen, baseline) {
  const planner = new Planner();
  const plans = baseline.features.map(feature => planner.plan(feature.name, 'numeric', undefined, feature));
  const columns = new NumericColumns(plans, planner.cuts(), new Ring(planner.cellCount, planner.sumCount), 0);
  // Generated for no feature, it counts what lies in the columns.
  const count = codegen ? generateRowCounter([], columns) : columnsCounter(columns);
  const numbers = Float64Array.from(rows.flatMap(row => FEATURE_NAMES.map(name => row[name])));
  const { values } = columns;
  return at => {
    for (let k = 0; k < FEATURES; k++) values[k] = numbers[at + k];
    count(undefined);
  };
}

/**
 * The sides that count rows, each called with a number of batches of all rows: ours without a feature, and with all of it; by hand with cuts; and
 * ours without reading.
 */
export async function rowSides(codegen) {
  const training = Array.from({ length: 5000 }, () => ({ input: makeRow() }));
  const baseline = await learnBaseline(modelOf(FEATURE_NAMES), training);
  const byHand = inlined(baseline, false);
  const allByHand = inlined(baseline, true);
  const withoutReading = direct(codegen, baseline);
  const sides = {
    none: batchOf(codegen, [], undefined),
    counted: batchOf(codegen, FEATURE_NAMES, baseline),
    inlined: calls => {
      for (let i = 0; i < calls; i++) for (const row of rows) byHand.countRow(row);
    },
    inlinedAll: calls => {
      for (let i = 0; i < calls; i++) for (const row of rows) allByHand.countRow(row);
    },
    direct: calls => {
      for (let i = 0; i < calls; i++) for (let r = 0; r < rows.length; r++) withoutReading(r * FEATURES);
    },
  };
  sides.inlined(1);
  const counted = byHand.cells.reduce((sum, cell) => sum + cell, 0);
  if (counted !== rows.length * FEATURES)
    throw new Error(`inlined: met ${counted} values counted, expected ${rows.length * FEATURES}`);
  return sides;
}

/** A synchronous call without an id, and with one under which an outcome could come. */
export function idSides() {
  const ids = Array.from({ length: MANY_IDS }, (_, i) => `prediction-${i}`);
  const options = { model: modelOf([]), output: { label: answer => answer }, sampling: UNRECORDED };
  const watched = predictionId => {
    const call = createMonitor({ ...options, predictionId }).wrap(() => 'late');
    return calls => {
      for (let i = 0; i < calls; i++) call(rows[i & 1023]);
    };
  };
  const inTurn = count => {
    let next = 0;
    return () => ids[next++ & (count - 1)];
  };
  return { without: watched(undefined), kept: watched(inTurn(FEW_IDS)), full: watched(inTurn(MANY_IDS)) };
}
