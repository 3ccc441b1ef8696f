// The child: `node run-case.js <case> time|bytes [short]`. Its sides in turns, or weighed one after the other, as one line of JSON by side.
import { context } from '@opentelemetry/api';
import { weigh } from '../calls/weigh.js';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { CASES, countOf } from './cases.js';
import { plainSum, tensorOf, watched } from './sides.js';

const [name, what, length] = process.argv.slice(2);
/** Blocks of each side that are timed, after as many to warm up. */
const BLOCKS = length === 'short' ? 40 : 200;
/** Numbers that go through a block: under a ms of it, less than what a scheduler gives at once. */
const NUMBERS_A_BLOCK = 5e5;
const MOST_CALLS = 1000;
/** Of a small share so many more calls a block: a block as long as the others' tells no more of what stood in the caches before it. */
const SAMPLES_A_CALL = countOf(name) > 100_000 ? 10 : 1;
/** Calls that are weighed. */
const WEIGHED = 200;

startTracing();
const { every, ...spec } = CASES[name];
const value = tensorOf(spec, 7);
const count = await watched(spec);
const countEvery = every ? await watched(spec, { every: true }) : undefined;
let total = value.data[0];

const times = side => calls => {
  for (let i = 0; i < calls; i++) side();
};
const ours = {
  default: times(() => count(value)),
  ...(every ? { every: times(() => countEvery(value)) } : {}),
};
const sum = times(() => {
  total += plainSum(value.data);
});

await context.with(parent(false), async () => {
  if (what === 'bytes') {
    const met = {};
    for (const [side, run] of Object.entries(ours)) met[side] = (await weigh(() => run(WEIGHED))) / WEIGHED;
    console.log(JSON.stringify(met));
    return;
  }
  const calls = Math.min(MOST_CALLS, Math.ceil(NUMBERS_A_BLOCK / countOf(name)));
  const sides = { sum, ...ours, default: calls => ours.default(calls * SAMPLES_A_CALL) };
  const figures = await besideYardstick(async () => {
    const { default: samples, ...rest } = await inTurns(sides, { calls, blocks: BLOCKS });
    const medians = Object.fromEntries(Object.entries(rest).map(([side, ns]) => [side, median(ns)]));
    return { ...medians, default: median(samples) / SAMPLES_A_CALL };
  });
  console.log(JSON.stringify(figures));
});
if (total === undefined) throw new Error('nothing was added up');
process.exit(0);
