// Everything that a service may do to its monitors, mixed: 64 calls in flight, some that fail, batches, streams, outcomes, records, drift.
import { categorical, defineModel, monitor, monitorBatch, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { context } from '@opentelemetry/api';
import { seeded } from '../../detection/random.js';
import { parent } from '../harness/tracing.js';
import { categoryName } from './models.js';

/** Calls that are under way at once. */
const IN_FLIGHT = 64;
/** One call in so many … */
const ONE_IN = { sampled: 100, fails: 100, batch: 100, outcome: 50, stream: 1000, yields: 64 };
const BATCH_ROWS = 16;
const CHUNKS = 3;
const ROWS = 1024;
const NUMBERS = 16;
const TRAINING_ROWS = 5000;
/** Of a row's values. */
const MISSING = 0.02;
/** Of all monitors but the first, which goes by the real clock: many more sub-windows close than a second each would give. */
const CALLS_A_SUB_WINDOW = 25_000;
const SUB_WINDOW_MS = 1000;
/** Added to some of the numbers in every other stretch: alarms open and close. */
const SHIFT = 50;

const task = () => new Promise(resolve => setImmediate(resolve));
const readers = { label: answer => answer.label, confidence: answer => answer.confidence };

const random = seeded('soak', 0, 1);
const names = Array.from({ length: NUMBERS }, (_, i) => `feature_${i}`);
const features = {
  ...Object.fromEntries(names.map(name => [name, numeric()])),
  place: categorical(),
  carrier: categorical(),
};

function row(shift) {
  const values = { id: '' };
  for (const [i, name] of names.entries()) values[name] = random.uniform() * 100 + (i < 4 ? shift : 0);
  values.place = categoryName(random.below(30));
  values.carrier = categoryName(random.below(80));
  for (const name of Object.keys(features)) if (random.uniform() < MISSING) values[name] = null;
  return values;
}

/** @param {object} loggerProvider where records go. */
export async function makeTraffic(loggerProvider) {
  const define = name => defineModel({ name, version: '1', features });
  const learned = await learnBaseline(
    define('soak'),
    Array.from({ length: TRAINING_ROWS }, () => ({
      input: row(0),
      output: { label: random.uniform() < 0.5 ? 'late' : 'on-time', confidence: random.uniform() },
    })),
  );
  const options = (name, further = {}) => ({
    model: define(name),
    baseline: { ...learned, model: { ...learned.model, name } },
    output: readers,
    // A sub-window of a second, the shortest there is.
    drift: { window: '1m', dependence: 'independent' },
    loggerProvider,
    ...further,
  });

  const answers = { late: { label: 'late', confidence: 0.8 }, onTime: { label: 'on-time', confidence: 0.6 } };
  const answer = input => (input.feature_4 > 50 ? answers.late : answers.onTime);
  const model = async input => {
    await undefined;
    return answer(input);
  };
  const failing = async () => {
    await undefined;
    throw new RangeError('out of memory');
  };
  async function* stream(input) {
    for (let i = 0; i < CHUNKS; i++) yield input;
    return answer(input);
  }

  const watched = monitor(model, options('soak'));
  const watchedFailing = watched.monitor.wrap(failing);
  let next = 0;
  const clock = () => (next / CALLS_A_SUB_WINDOW) * SUB_WINDOW_MS;
  const counted = monitor(model, options('soak-outcomes', { predictionId: input => input.id, clock }));
  const batch = monitorBatch(async rows => rows.map(answer), options('soak-batch', { clock }));
  const streamed = monitor(stream, options('soak-streams', { clock }));
  const monitors = [watched, counted, batch, streamed].map(fn => fn.monitor);
  const tally = { alerts: 0, failures: 0, streams: 0, outcomes: 0 };
  for (const handle of monitors)
    handle.on('drift', () => {
      tally.alerts++;
    });

  const rows = [0, SHIFT].map(shift => Array.from({ length: ROWS }, () => row(shift)));
  const batches = rows.map(list =>
    Array.from({ length: ROWS / BATCH_ROWS }, (_, i) => list.slice(i * BATCH_ROWS, (i + 1) * BATCH_ROWS)),
  );
  const sampled = parent(true);

  /** One call in a thousand: read to its end, left early, or dropped in the middle and never looked at again. */
  async function oneStream(i, input) {
    tally.streams++;
    const ending = (i / ONE_IN.stream) % 3;
    const chunks = streamed(input);
    if (ending === 2) return void (await chunks.next());
    for await (const _ of chunks) if (ending === 1) break;
  }

  async function oneWithOutcome(i, input) {
    const id = `prediction-${i}`;
    const { label } = await counted({ ...input, id });
    // Half of them come true; the others wait until there are too many.
    if (i % (2 * ONE_IN.outcome) === 0) return;
    tally.outcomes++;
    counted.monitor.recordOutcome(id, { label });
  }

  function one(i, drifted) {
    const input = rows[drifted][i & (ROWS - 1)];
    if (i % ONE_IN.sampled === 3) return context.with(sampled, () => watched(input));
    if (i % ONE_IN.stream === 0) return oneStream(i, input);
    if (i % ONE_IN.batch === 1) return batch(batches[drifted][i % batches[drifted].length]);
    if (i % ONE_IN.fails === 2)
      return watchedFailing(input).catch(() => {
        tally.failures++;
      });
    if (i % ONE_IN.outcome === 0) return oneWithOutcome(i, input);
    return watched(input);
  }

  async function worker(until, drifted) {
    while (next < until) {
      const i = next++;
      await one(i, drifted);
      // Timers, exporters and finalisers get their turn.
      if (i % ONE_IN.yields === 0) await task();
    }
  }

  return {
    monitors,
    tally,
    /** Sub-windows of the monitors that go by calls. */
    get subWindows() {
      return Math.floor(next / CALLS_A_SUB_WINDOW);
    },
    /** Makes so many calls more, 64 of them at once, under a parent that was not sampled. */
    run: (calls, drifted) => {
      const until = next + calls;
      return context.with(parent(false), () =>
        Promise.all(Array.from({ length: IN_FLIGHT }, () => worker(until, drifted ? 1 : 0))),
      );
    },
  };
}
