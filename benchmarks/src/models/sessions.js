// A session of a model, watched, and the same one bare.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { monitorFor, OnnxruntimeInstrumentation } from '@driftspan/instrumentation-onnxruntime';
import ort from 'onnxruntime-node';
import { feedsOf } from './feeds.js';
import { MODELS } from './models.js';

const { InferenceSession, Tensor } = ort;
/** The runtime's own, taken before anything is put in its place. */
const bareRun = InferenceSession.prototype.run;
/** The runtime tells of a missing library on standard error, which is no news here. */
const ERRORS_ONLY = 3;

/**
 * Opens a session with everything on: the input counted and judged by a baseline, label and confidence where the model has classes, queueing.
 *
 * @param {string} name of the model.
 * @param {object} options
 * @param {Record<string, number>} options.size
 * @param {number} [options.threads] of one operator; the runtime's own choice by default.
 * @param {string} [options.provider]
 * @param {'cpu' | 'gpu-buffer'} [options.outputs] where results are left.
 * @param {string} [options.baseline] a file; without one the first 1,000 calls are learned from.
 */
export async function openSession(name, { size, threads, provider = 'cpu', outputs = 'cpu', baseline }) {
  const { file, dims } = MODELS[name];
  const path = fileURLToPath(file);
  const config = baseline === undefined ? {} : { baseline: JSON.parse(readFileSync(baseline, 'utf8')) };
  const instrumentation = new OnnxruntimeInstrumentation({
    learnFrom: LEARN_FROM,
    models: { [path]: { name, ...config } },
  });
  instrumentation.instrument(ort);
  const session = await InferenceSession.create(path, {
    executionProviders: [provider],
    logSeverityLevel: ERRORS_ONLY,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads, interOpNumThreads: threads }),
    ...(outputs === 'cpu' ? {} : { preferredOutputLocation: outputs }),
  });
  return {
    session,
    monitor: monitorFor(session),
    feeds: feedsOf(session, dims(size), Tensor),
    bare: feeds => bareRun.call(session, feeds),
    watched: feeds => session.run(feeds),
    close: async () => {
      await session.release();
      instrumentation.disable();
    },
  };
}

/** The baseline of a model's first 1,000 calls, made with its smallest input, on the CPU. */
export async function learnBaseline(name) {
  const { feeds, watched, monitor, close } = await openSession(name, { size: MODELS[name].smallest, threads: 1 });
  for (let i = 0; i < LEARN_FROM; i++) await watched(feeds[i % feeds.length]);
  // It is made in a task of its own.
  for (let i = 0; i < 100 && monitor.baseline === undefined; i++) await new Promise(resolve => setTimeout(resolve, 10));
  const { baseline } = monitor;
  if (baseline === undefined) throw new Error(`${name}: met no baseline after ${LEARN_FROM} calls, expected one`);
  await close();
  return baseline;
}

/** The last thing a child does: WebGPU ends a process that leaves while it still holds outputs of a session (onnxruntime-node 1.30). */
export async function leave({ close }) {
  await close();
  process.exit(0);
}

/** Lets go of what a provider left in its own memory. */
export function letGo(results) {
  for (const tensor of Object.values(results)) if (tensor.location === 'gpu-buffer') tensor.dispose();
}

/** As few as an instrumentation learns from. */
export const LEARN_FROM = 1000;

/**
 * The session's native part replaced by one that answers at once, in a macrotask as the real one does, with results that the real one gave: what is
 * left is the runtime's JavaScript and, watched, ours. Gives what puts the real one back.
 */
export async function answerAtOnce({ session, bare, feeds }) {
  const results = await bare(feeds[0]);
  const { handler } = session;
  session.handler = Object.assign(Object.create(handler), {
    run: () => new Promise(resolve => setImmediate(resolve, results)),
  });
  return () => {
    session.handler = handler;
  };
}

/** @throws Error where the monitor did not see every call that was made, or dropped something: what is not watched costs nothing. */
export function checkWatched({ monitor }, calls) {
  const { calls: seen, dropped, features, drift } = monitor.report();
  const found = { succeeded: seen.succeeded, failed: seen.failed, dropped, features: features.length };
  if (seen.succeeded !== calls || seen.failed > 0 || Object.keys(dropped).length > 0 || features.length === 0)
    throw new Error(`watched calls: met ${JSON.stringify(found)}, expected ${calls} that succeeded, each counted`);
  if (drift.baselineRows === undefined) throw new Error('watched calls: there is no baseline');
}
