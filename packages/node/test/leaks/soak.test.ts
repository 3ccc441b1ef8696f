import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runScript } from '../child.js';
import { receiverForTest, sum, total } from '../receiving.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const RUNS = 100_000;
/** As the program has it. */
const LEARNED = 1000;
/**
 * Of the heap, over the last 80,000 runs: 0.1 to 0.7 MB when this was written, with as much up and down between. One id that was
 * kept for each run made it 3.4 MB.
 */
const NOISE_BYTES = 1_500_000;
/** Predictions that may wait for their outcome, by default. */
const PENDING = 10_000;

test('100,000 runs with everything on: counts are exact, no span is left open, and nothing is left behind', async () => {
  const receiver = await receiverForTest({ keep: 100_000 });
  const child = runScript(
    [
      ...['--expose-gc', '--conditions', '@driftspan/source', '--import', 'tsx', here('../fixtures/leaks/soak.ts')],
      here('../../../instrumentation-onnxruntime/test/models/softmax.onnx'),
    ],
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      // None is dropped for want of room.
      OTEL_BSP_MAX_QUEUE_SIZE: '100000',
      OTEL_BLRP_MAX_QUEUE_SIZE: '100000',
    },
  );
  const { code, output } = await child.ended;
  expect(code).toBe(0);
  const { heap, sampledSpans } = JSON.parse(output) as { heap: number[]; sampledSpans: number };

  expect(total(receiver, 'ml.inference.duration', 'softmax')).toBe(RUNS);
  expect(total(receiver, 'ml.inference.active', 'softmax')).toBe(0);
  expect(total(receiver, 'ml.prediction.count', 'softmax')).toBe(RUNS);
  expect(total(receiver, 'ml.outcome.count', 'softmax')).toBe(RUNS / 2);
  const dropped = receiver.points('ml.sdk.dropped', { 'ml.model.name': 'softmax' }).filter(({ value }) => value !== 0);
  expect(dropped.map(({ attributes, value }) => [attributes['reason'], value])).toEqual([
    ['pending_limit', RUNS / 2 - PENDING],
  ]);
  const columns = receiver.points('ml.feature.bins', { 'ml.model.name': 'softmax', 'ml.feature.name': 'a' });
  // Bins are counted from the moment when the baseline was learned.
  expect(sum(columns)).toBe(RUNS - LEARNED);

  // A span that was not ended is never sent. One in ten was sampled, the model's loading first.
  expect(sampledSpans).toBe(RUNS / 10 + 1);
  expect(receiver.spanCount).toBe(sampledSpans);
  expect(receiver.logs.filter(({ eventName }) => eventName === 'ml.prediction').length).toBeGreaterThan(RUNS / 20);

  expect(heap).toHaveLength(5);
  expect(heap.at(-1)! - heap[0]!).toBeLessThan(NOISE_BYTES);
});
