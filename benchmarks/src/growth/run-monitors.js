// The child process: so many monitors of 20 numbers, as one line of JSON.
import { monitor } from '@driftspan/core';
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { measureCollections } from './collection.js';
import { KNOWN, weighMonitors } from './memory.js';
import { ANSWERS, grown, ROWS } from './models.js';
import { forgetMonitors } from './monitors.js';

const BLOCKS = 20;
/** Calls of each monitor before anything is timed: each has code of its own, which is optimised after some hundreds. */
const WARM_UP_CALLS = 500;
const CALLS_A_BLOCK = 4000;
/** Collections of each kind. */
const COLLECTIONS = 5;

const [count, features] = process.argv[2].split('x').map(Number);
const model = await grown('numeric', features);
const rows = Array.from({ length: ROWS }, model.row);

const figures = await besideYardstick(async () => {
  const { monitors, bytes } = await weighMonitors(model, count, rows, KNOWN);
  const { constructionMs } = monitors;
  const collection = await measureCollections(monitors.turn, COLLECTIONS);
  monitors.dispose();
  forgetMonitors();
  return {
    memory: bytes,
    construction: {
      allMs: constructionMs.reduce((sum, ms) => sum + ms, 0),
      medianMs: median(constructionMs),
    },
    collection,
    call: await timeCalls(),
  };
});
console.log(JSON.stringify(figures));
process.exit(0);

/** ns a call: the model alone, all calls to one of the monitors, and calls that go round all of them. */
async function timeCalls() {
  startTracing();
  const answer = async () => ANSWERS[0];
  const watched = Array.from({ length: count }, (_, i) => monitor(answer, model.options(`round-${i}`, KNOWN)));
  const calling = choose => async calls => {
    for (let i = 0; i < calls; i++) await choose(i)(rows[i & (ROWS - 1)]);
  };
  let next = 0;
  const round = () => {
    if (++next >= count) next = 0;
    return watched[next];
  };
  const sides = { bare: calling(() => answer), one: calling(() => watched[0]), round: calling(round) };
  const warmUp = Math.max(BLOCKS, Math.ceil((count * WARM_UP_CALLS) / CALLS_A_BLOCK));
  const times = await context.with(parent(false), () =>
    inTurns(sides, { calls: CALLS_A_BLOCK, blocks: BLOCKS, warmUp }),
  );
  return Object.fromEntries(Object.entries(times).map(([side, blocks]) => [side, median(blocks)]));
}
