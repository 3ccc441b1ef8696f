// The child process: one sketch, timed over values of each shape or weighed, as one line of JSON.
import { besideYardstick } from '../harness/yardstick.js';
import { rowsOf } from './ours.js';
import { SKETCHES } from './sketches.js';
import { timeBlocks } from './timing.js';
import { generator, SHAPES } from './values.js';

const [name, what, length] = process.argv.slice(2);
const folder = new URL('../../third-party/', import.meta.url);
const { load } = await import(new URL('load.js', folder).href);
/** Of each shape. */
const LIMITS = { warmUpMs: 60, timedMs: 120 };
/** For a first answer. */
const SHORT = { warmUpMs: 20, timedMs: 40 };
const FEATURES = 20;
/** Features that are weighed: enough that the process' own bytes don't show. */
const WEIGHED = 100;
/** Turned through: few enough that they stay in the cache, as a row that was just made is. */
const ROWS = 1024;
/** Of the rows: before a sketch is weighed; before allocation is counted, until the code is optimised; and counted. */
const PASSES = 4;
const WARM_PASSES = 64;
const COUNTED_PASSES = 4;

/** What a sketch is made of: values row by row, of one shape or of every shape in turn from feature to feature. */
function contextOf(shapes, features) {
  const next = shapes.map(({ of }, i) => of(generator(i + 1)));
  const values = Float64Array.from({ length: ROWS * features }, (_, i) => next[(i % features) % next.length]());
  return { values, rows: rowsOf(values, features), features, load };
}

async function checkCount(sketch, expected) {
  const met = await sketch.count();
  if (met !== expected) throw new Error(`${name}: met ${met} values counted, expected ${expected}`);
}

/** ns a value, by shape. */
async function time() {
  const { warmUpMs, timedMs } = length === 'short' ? SHORT : LIMITS;
  const sets = await Promise.all(
    SHAPES.map(async shape => ({
      shape: shape.name,
      rows: 0,
      sketch: await SKETCHES[name](contextOf([shape], FEATURES)),
    })),
  );
  const timed = async (set, limits) => {
    const { sketch } = set;
    const result = await timeBlocks(calls => {
      for (let i = 0; i < calls; i++) sketch.add(set.rows++ & (ROWS - 1));
    }, limits);
    await checkCount(sketch, set.rows * FEATURES);
    return result.median / FEATURES;
  };
  // All shapes first: none is timed with code that has seen it alone.
  for (const set of sets) await timed(set, { warmUpMs, timedMs: 0 });
  const ns = {};
  for (const set of sets) ns[set.shape] = await timed(set, { warmUpMs: warmUpMs / 4, timedMs });
  return { ns };
}

const heap = () => {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

async function allocatedBy() {
  const sketch = await SKETCHES[name](contextOf(SHAPES, FEATURES));
  const run = passes => {
    for (let i = 0; i < passes * ROWS; i++) sketch.add(i & (ROWS - 1));
  };
  run(WARM_PASSES);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  run(COUNTED_PASSES);
  const allocated = (process.memoryUsage().heapUsed - before) / (COUNTED_PASSES * ROWS * FEATURES);
  await checkCount(sketch, (WARM_PASSES + COUNTED_PASSES) * ROWS * FEATURES);
  return allocated;
}

async function retainedBy() {
  const context = contextOf(SHAPES, WEIGHED);
  const filled = async () => {
    const sketch = await SKETCHES[name](context);
    for (let i = 0; i < PASSES * ROWS; i++) sketch.add(i & (ROWS - 1));
    return sketch;
  };
  // The last of several is weighed: what happens once, in the code and in the rows, has happened.
  const earlier = [await filled(), await filled()];
  const before = heap();
  const last = await filled();
  const retained = (heap() - before) / WEIGHED;
  for (const sketch of [...earlier, last]) await checkCount(sketch, PASSES * ROWS * WEIGHED);
  return retained;
}

const figures =
  what === 'time' ? await besideYardstick(time) : { allocated: await allocatedBy(), retained: await retainedBy() };
console.log(JSON.stringify(figures));
process.exit(0);
