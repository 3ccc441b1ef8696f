// The child process: batches of so many rows of 20 numbers, as one line of JSON.
import { monitor, monitorBatch } from '@driftspan/core';
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { ANSWERS, grown, OUTPUT, tensorOf } from './models.js';

const FEATURES = 20;
/** Rows that go round, over all batches. */
const ROWS_IN_ALL = 8192;
/** Rows of a block. */
const ROWS_A_BLOCK = 4096;
const BLOCKS = 40;

const [kind, size] = process.argv[2].split('-');
const count = Number(size);
startTracing();
const results = Array.from({ length: count }, (_, i) => ANSWERS[i % ANSWERS.length]);
const answer = async () => results;
const { batches, watched } = await (kind === 'batch' ? ofRows() : ofTensors());

const calling = fn => async calls => {
  for (let i = 0; i < calls; i++) await fn(batches[i % batches.length]);
};
const calls = Math.max(1, Math.round(ROWS_A_BLOCK / count));
const aRow = ns => median(ns) / count;
const figures = await besideYardstick(async () => {
  const sides = { bare: calling(answer), watched: calling(watched) };
  const times = await context.with(parent(false), () => inTurns(sides, { calls, blocks: BLOCKS }));
  return { bare: aRow(times.bare), watched: aRow(times.watched) };
});
console.log(JSON.stringify(figures));
process.exit(0);

/** An array of rows with named properties. */
async function ofRows() {
  const model = await grown('numeric', FEATURES);
  const batches = several(() => Array.from({ length: count }, model.row));
  return { batches, watched: monitorBatch(answer, model.options('rows')) };
}

/** One tensor of `[rows, columns]`. */
async function ofTensors() {
  const model = await grown('columns', FEATURES);
  const batches = several(() => tensorOf(FEATURES, count, model.random));
  const output = {
    label: (all, _row, index) => OUTPUT.label(all[index]),
    confidence: (all, _row, index) => OUTPUT.confidence(all[index]),
    rows: all => all.length,
  };
  return { batches, watched: monitor(answer, { ...model.options('rows'), output }) };
}

function several(make) {
  return Array.from({ length: Math.max(1, Math.round(ROWS_IN_ALL / count)) }, make);
}
