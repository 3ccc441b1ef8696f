// What the guard watches: the ways through the hot path, each as a function of how many calls to make.
import { categorical, defineModel, monitor, monitorBatch, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { FEATURE_NAMES, makeRow, random, rows } from '../calls/rows.js';

const LABELS = ['late', 'on-time'];
const BATCH_ROWS = 100;
const batches = Array.from({ length: 8 }, (_, i) => rows.slice(i * BATCH_ROWS, (i + 1) * BATCH_ROWS));
const answers = rows.map((_, i) => ({ label: LABELS[i & 1], probability: 0.5 + (i & 255) / 512 }));
const OUTPUT = { label: answer => answer.label, confidence: answer => answer.probability };
const CATEGORIES = 16;
/** V8 takes two texts for one from the third on. */
const TWINS = 4;

const makeCategories = () =>
  Object.fromEntries(FEATURE_NAMES.map(name => [name, `category ${Math.floor(random() * CATEGORIES)}`]));
const categoryRows = rows.map(makeCategories);
// Missing, invalid, out of range, not an object: what traffic also brings.
const oddRows = rows.map((row, i) => [row, {}, { ...row, feature_0: '7' }, { ...row, feature_1: 1e9 }, null][i % 5]);

async function optionsOf(kind, make, codegen) {
  const features = Object.fromEntries(FEATURE_NAMES.map(name => [name, kind()]));
  const model = defineModel({ name: 'guard', version: '1', features });
  const training = Array.from({ length: 2000 }, (_, i) => ({
    input: make(),
    output: { label: LABELS[i & 1], confidence: 0.5 + random() / 2 },
  }));
  return { model, baseline: await learnBaseline(model, training), output: OUTPUT, codegen };
}

const answer = row => answers[row === null ? 0 : (row.index ?? 0)];
const answerLater = async row => answer(row);

const inTurn = (call, fed) => count => {
  for (let i = 0; i < count; i++) call(fed[i & 1023]);
};
const awaited = (call, fed) => async count => {
  for (let i = 0; i < count; i++) await call(fed[i & 1023]);
};

/** By name: makes a function that makes so many calls (rows, of batches). */
export const SETUPS = {
  sync: async () => inTurn(monitor(answer, await optionsOf(numeric, makeRow, true)), rows),
  // The last of several monitors of one model, as of its versions: what V8 learns of the others is not to cost it.
  twin: async () => {
    const options = await optionsOf(numeric, makeRow, true);
    const twins = Array.from({ length: TWINS }, () => monitor(answer, options));
    return inTurn(twins.at(-1), rows);
  },
  'sync-loop': async () => inTurn(monitor(answer, await optionsOf(numeric, makeRow, false)), rows),
  async: async () => awaited(monitor(answerLater, await optionsOf(numeric, makeRow, true)), rows),
  'async-loop': async () => awaited(monitor(answerLater, await optionsOf(numeric, makeRow, false)), rows),
  categorical: async () => inTurn(monitor(answer, await optionsOf(categorical, makeCategories, true)), categoryRows),
  odd: async () => inTurn(monitor(answer, await optionsOf(numeric, makeRow, true)), oddRows),
  batch: async () => {
    const outputs = answers.slice(0, BATCH_ROWS);
    const watched = monitorBatch(() => outputs, await optionsOf(numeric, makeRow, true));
    return count => {
      for (let i = 0; i < count; i += BATCH_ROWS) watched(batches[(i / BATCH_ROWS) & 7]);
    };
  },
};
