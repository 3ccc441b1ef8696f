import { expect, test } from 'vitest';
import { runChild } from './child.js';
import { instanceId, receiverForTest, total } from './receiving.js';

/** Several times the export limit and the exporters' own ten seconds: reached by one request after the other, or for ever. */
const HANGS_MS = 40_000;
/** A port that nothing listens on. */
const NOWHERE = 'http://127.0.0.1:9';

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s exports the last interval, then ends the process as it would have',
  async signal => {
    const receiver = await receiverForTest();
    const child = runChild('app.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, 'serve');
    await child.says('ready');
    expect(receiver.requestCount).toBe(0);
    child.signal(signal);
    expect(await child.ended).toMatchObject({ code: null, signal });
    expect(total(receiver, 'ml.feature.bins', 'app')).toBe(10);
    expect(receiver.spans.filter(({ name }) => name === 'predict app')).toHaveLength(10);
    expect(receiver.logs.map(({ eventName }) => eventName)).toEqual(['ml.outcome']);
  },
);

test('a process that listens to SIGTERM itself ends when it decides, and what it does until then is exported', async () => {
  const receiver = await receiverForTest();
  const child = runChild('app.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, 'listen');
  await child.says('ready');
  child.signal('SIGTERM');
  await child.says('draining');
  expect(await child.ended).toMatchObject({ code: 7, signal: null });
  expect(total(receiver, 'ml.feature.bins', 'app')).toBe(11);
  expect(receiver.spans.filter(({ name }) => name === 'predict app')).toHaveLength(11);
});

test('a process that drains and runs empty after SIGTERM loses nothing', async () => {
  const receiver = await receiverForTest();
  const child = runChild('app.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, 'drain');
  await child.says('ready');
  child.signal('SIGTERM');
  expect(await child.ended).toMatchObject({ code: 0, signal: null });
  expect(total(receiver, 'ml.feature.bins', 'app')).toBe(11);
});

test('with handleSignals: false a signal ends the process at once', async () => {
  const receiver = await receiverForTest();
  const child = runChild('app.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, 'ignoring');
  await child.says('ready');
  child.signal('SIGTERM');
  expect(await child.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
  expect(receiver.requestCount).toBe(0);
});

test('a process that simply ends has exported its last interval; two of them have two instance ids', async () => {
  const receivers = [await receiverForTest(), await receiverForTest()];
  const ends = await Promise.all(
    receivers.map(({ url }) => runChild('app.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: url }, 'return').ended),
  );
  for (const [index, receiver] of receivers.entries()) {
    expect(ends[index]).toMatchObject({ code: 0, signal: null, output: '' });
    expect(total(receiver, 'ml.feature.bins', 'app')).toBe(10);
    expect(receiver.spans).toHaveLength(10);
    expect(receiver.logs).toHaveLength(1);
  }
  const ids = receivers.map(receiver => instanceId(receiver.points('ml.feature.bins')));
  expect(ids[0]).toEqual(expect.any(String));
  expect(new Set(ids).size).toBe(2);
});

test('with the collector down every way of ending ends, also with more to say than one request holds', async () => {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: NOWHERE,
    OTEL_LOG_LEVEL: 'warn',
    APP_MODELS: '200',
    // Slow to make, and no export is to begin before the end.
    OTEL_BSP_SCHEDULE_DELAY: '60000',
    OTEL_BLRP_SCHEDULE_DELAY: '60000',
  };
  const startMs = performance.now();
  const returning = runChild('app.ts', variables, 'return');
  const stopping = runChild('app.ts', variables, 'shutdown');
  const serving = runChild('app.ts', variables, 'serve');
  await serving.says('ready');
  serving.signal('SIGTERM');

  const served = await serving.ended;
  expect(served).toMatchObject({ code: null, signal: 'SIGTERM' });
  expect(served.output).toContain('shutdown took longer than 5000 ms');
  const stopped = await stopping.ended;
  expect(stopped.code).toBe(0);
  expect(stopped.output).toMatch(/shutdown took longer than 5000 ms[\s\S]*shut down/);
  const returned = await returning.ended;
  expect(returned.code).toBe(0);
  expect(returned.output).toContain('flush took longer than 5000 ms');
  expect(performance.now() - startMs).toBeLessThan(HANGS_MS);
});

test('a second signal does not wait for the export', async () => {
  const receiver = await receiverForTest();
  receiver.respondWith(undefined, { delayMs: 60_000 });
  const child = runChild('app.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_LOG_LEVEL: 'warn' }, 'serve');
  await child.says('ready');
  // Two at once would arrive as one.
  const again = setInterval(() => child.signal('SIGINT'), 100);
  const { signal, output } = await child.ended.finally(() => clearInterval(again));
  expect(signal).toBe('SIGINT');
  expect(output).not.toContain('no longer waited for');
});
