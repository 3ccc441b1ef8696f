import { expect, test } from 'vitest';
import { monitorFor } from '../src/index.js';
import { floats, integers } from './models.js';
import { countsOf, load, monitorOf, nextTask, pointsOf, registerSdk, spansOf, sumsOf, watch } from './watching.js';

const feeds = { input: floats([0, 9, 0, 0]) };

/** Settled, and those of a kind counted. */
async function settle(runs: readonly Promise<unknown>[]): Promise<{ done: number; failed: number }> {
  const settled = await Promise.allSettled(runs);
  const done = settled.filter(({ status }) => status === 'fulfilled').length;
  return { done, failed: runs.length - done };
}

test('200 runs at once, the session released amid them: each is counted as it ended, and no span is left open', async () => {
  const exporter = registerSdk();
  watch();
  const session = await load('softmax');
  const before = Array.from({ length: 100 }, () => session.run(feeds));
  await settle(before);
  const runs = Array.from({ length: 100 }, () => session.run(feeds));
  const released = session.release();
  runs.push(...Array.from({ length: 100 }, () => session.run(feeds)));
  const { done, failed } = await settle(runs);
  await released;
  await nextTask();
  await nextTask();
  expect(done + failed).toBe(200);
  expect(await countsOf('ml.inference.duration', 'softmax')).toEqual({ ok: 100 + done, session_released: failed });
  expect(await sumsOf('ml.prediction.count', 'softmax', 'ml.prediction.label')).toEqual({ '1': 100 + done });
  // A monitor that has ended has no gauge.
  expect(await pointsOf('ml.inference.active', 'softmax')).toEqual([]);
  expect(await sumsOf('ml.sdk.dropped', 'softmax', 'reason')).toEqual({});
  expect(spansOf(exporter, 'predict softmax')).toHaveLength(300);
});

test('a model that throws in every third of 200 runs: counts are exact, and errors the same', async () => {
  const exporter = registerSdk();
  watch();
  const session = await load('fails');
  const runs = Array.from({ length: 200 }, (_, i) => session.run({ index: integers([i % 3 === 0 ? 9 : 1]) }));
  expect(await settle(runs)).toEqual({ done: 133, failed: 67 });
  expect(await countsOf('ml.inference.duration', 'fails')).toEqual({ ok: 133, node_failed: 67 });
  expect((await pointsOf('ml.inference.active', 'fails')).map(({ value }) => value)).toEqual([0]);
  const spans = spansOf(exporter, 'predict fails');
  expect(spans.filter(span => span.attributes['error.type'] === 'node_failed')).toHaveLength(67);
  expect(spans).toHaveLength(200);
});

test('a session that was released runs bare, and fails as it would', async () => {
  watch();
  const session = await load('softmax');
  await session.run(feeds);
  const monitor = monitorOf(session);
  await session.release();
  await nextTask();
  expect(monitorFor(session)).toBeUndefined();
  await expect(session.run(feeds)).rejects.toThrow('already disposed');
  await expect(session.release()).rejects.toThrow('already disposed');
  expect(monitor.report().features[0]!.totals.valued).toBe(1);
  // What was counted stays.
  expect(await countsOf('ml.inference.duration', 'softmax')).toEqual({ ok: 1 });
});

test('a run gives what the runtime gives, with its arguments and its receiver', async () => {
  const calls: unknown[][] = [];
  const result = {};
  class InferenceSession {
    static async create(): Promise<InferenceSession> {
      return new InferenceSession();
    }
    async run(...args: unknown[]): Promise<unknown> {
      calls.push([this, ...args]);
      return result;
    }
    async release() {}
  }
  watch().instrument({ InferenceSession });
  const session = await InferenceSession.create();
  const given = [{ a: 1 }, ['b'], { c: 2 }];
  expect(await session.run(...given)).toBe(result);
  expect(calls).toEqual([[session, ...given]]);
  expect(calls[0]![1]).toBe(given[0]);
});

test('called on something else it fails as it would', async () => {
  const bare = await load('softmax');
  const messages = await Promise.all(
    [undefined, {}, 5].map(async self => {
      const attempt = () =>
        Promise.resolve(Reflect.apply(bare.run, self, [feeds])).catch((error: Error) => error.message);
      const before = await attempt();
      const instrumentation = watch();
      const after = await attempt();
      instrumentation.disable();
      return [before, after];
    }),
  );
  for (const [before, after] of messages) expect(after).toBe(before);
});
