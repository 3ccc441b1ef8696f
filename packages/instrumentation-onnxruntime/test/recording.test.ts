import { metricProducer, numeric } from '@driftspan/core';
import type { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { floats, ort } from './models.js';
import { load, monitorOf, registerSdk, spansOf, watch } from './watching.js';

const CANARY = 987_654.25;

/** All that left, as text. */
async function told(exporter: InMemorySpanExporter, session: object): Promise<string> {
  const spans = exporter.getFinishedSpans().map(({ name, attributes, events }) => [name, attributes, events]);
  return JSON.stringify([spans, await metricProducer().collect(), monitorOf(session).report()]);
}

test('no value of an undeclared input is recorded, whatever is sampled and kept', async () => {
  const exporter = registerSdk();
  watch({ sampling: { rate: 1, maxPerSecond: 1000 } });
  const table = await load('softmax');
  await table.run({ input: floats([CANARY, Number.NaN, 3, 4]) });
  await table.run({ input: floats([CANARY, 1, 3, 4, 5]) }).catch(() => {});
  const picture = await load('image');
  await picture.run({ pixels: floats(new Array(192).fill(CANARY), [1, 3, 8, 8]) });
  const text = await load('text');
  await text.run({
    text: new ort.Tensor('string', ['canary'], [1]),
    flag: new ort.Tensor('bool', [true], [1]),
  });
  for (const session of [table, picture, text]) {
    const all = await told(exporter, session);
    expect(all).toContain('predict softmax');
    expect(all).not.toContain('987654');
    expect(all).not.toContain('canary');
  }
});

test('a declared feature of a sampled prediction is recorded on its span', async () => {
  const exporter = registerSdk();
  watch({
    sampling: { rate: 1, maxPerSecond: 1000 },
    models: { softmax: { features: { distance: numeric({ select: feeds => feeds['input']?.data[0] as number }) } } },
  });
  const session = await load('softmax');
  await session.run({ input: floats([CANARY, 2, 3, 4]) });
  const [span] = spansOf(exporter, 'predict softmax');
  expect(span!.attributes['ml.input.distance']).toBe(CANARY);
});
