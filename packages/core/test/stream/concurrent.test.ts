import { context, trace } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { monitor, numeric } from '../../src/index.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { ended } from './ended.js';

afterEach(unregisterSdk);

const activeSpan = () => trace.getSpanContext(context.active())?.spanId;
const later = () => new Promise(resolve => setImmediate(resolve));

test('of 200 streams at once every count is exact, every span ends, and each runs in its own', async () => {
  const exporter = registerSdk();
  const predict = monitor(
    async function* ({ n }: { n: number }): AsyncGenerator<string, string> {
      const own = activeSpan();
      for (let i = 0; i < n; i++) {
        await later();
        if (activeSpan() !== own) throw new Error('the span of another');
        yield `${own}`;
      }
      if (n % 4 === 3) throw new RangeError('no');
      return 'whole';
    },
    {
      model: { name: 'concurrent', version: '1', features: { n: numeric() } },
      output: { label: whole => whole },
    },
  );
  const consume = async (n: number): Promise<void> => {
    const controller = new AbortController();
    const call = predict as (input: { n: number }, signal: AbortSignal) => ReturnType<typeof predict>;
    try {
      for await (const _chunk of call({ n: n % 20 }, controller.signal)) {
        if (n % 4 === 2) controller.abort();
        if (n % 4 === 1 || n % 4 === 2) break;
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  };
  await Promise.all(Array.from({ length: 200 }, (_, n) => consume(n)));
  const spans = ended(exporter);
  expect(spans).toHaveLength(200);
  const count = (end: string) => spans.filter(span => span.end === end).length;
  expect([count('done'), count('break'), count('abort'), count('throw')]).toEqual([50, 50, 50, 50]);
  expect(predict.monitor.report()).toMatchObject({
    calls: { active: 0, succeeded: 100, failed: 100, errors: { AbortError: 50, RangeError: 50 } },
    predictions: { whole: 50, '': 50 },
    features: [{ totals: { valued: 200 } }],
    dropped: {},
  });
  expect(trace.getSpan(context.active())).toBeUndefined();
});
