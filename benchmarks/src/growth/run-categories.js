// The child process: 20 categorical features, or labels, of so many values, as one line of JSON.
import { monitor } from '@driftspan/core';
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { ANSWERS, categoryName, grown, OUTPUT, ROWS } from './models.js';

/** Features of a row, so that what one value costs stands out from the call's own cost. */
const FEATURES = 20;
const TIMES = { calls: 500, blocks: 60 };

const [kind, size] = process.argv[2].split('-');
const count = Number(size);
startTracing();
const sides = await (kind === 'categories' ? valueSides() : labelSides());
const figures = await besideYardstick(async () => {
  const times = await context.with(parent(false), () => inTurns(sides, TIMES));
  return Object.fromEntries(Object.entries(times).map(([side, ns]) => [side, median(ns)]));
});
console.log(JSON.stringify(figures));
process.exit(0);

/**
 * A monitor without features beside one that counts 20 of them: strings that live on, as they do where a row is built of the program's own words, and
 * strings parsed anew for every call, as a service gets them: those are hashed and compared for the first time.
 */
async function valueSides() {
  const model = await grown('categorical', FEATURES, count);
  const rows = Array.from({ length: ROWS }, model.row);
  const texts = rows.map(row => JSON.stringify(row));
  const { model: declared, ...options } = model.options('values');
  const answer = async () => ANSWERS[0];
  const none = monitor(answer, { model: { ...declared, name: 'none', features: undefined }, output: OUTPUT });
  const all = monitor(answer, { model: declared, ...options });
  const kept = fn => async calls => {
    for (let i = 0; i < calls; i++) await fn(rows[i & (ROWS - 1)]);
  };
  const fresh = fn => async calls => {
    for (let i = 0; i < calls; i++) await fn(JSON.parse(texts[i & (ROWS - 1)]));
  };
  return { none: kept(none), kept: kept(all), noneFresh: fresh(none), fresh: fresh(all) };
}

/** A monitor whose output is not read beside one that counts a label. */
function labelSides() {
  const answers = Array.from({ length: count }, (_, i) => ({ label: categoryName(i) }));
  const answer = async row => answers[row];
  const model = name => ({ name, version: '1' });
  const none = monitor(answer, { model: model('none') });
  const label = monitor(answer, { model: model('labels'), output: { label: OUTPUT.label } });
  const calling = fn => async calls => {
    for (let i = 0; i < calls; i++) await fn(i % count);
  };
  return { none: calling(none), kept: calling(label) };
}
