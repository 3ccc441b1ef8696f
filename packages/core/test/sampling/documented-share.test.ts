import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { defineModel, monitor, numeric } from '../../src/index.js';
import { uniforms } from '../drift/stream.js';
import { realLogs } from '../record/real-logs.js';

type Attributes = Readonly<Record<string, unknown>>;
type Share = (records: readonly Attributes[], has: (record: Attributes) => boolean) => number;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The function in docs/sampling.md, as it stands there. */
async function documentedShare(): Promise<Share> {
  const page = readFileSync(new URL('../../../../docs/sampling.md', import.meta.url), 'utf8');
  const [, program] = /```js\n([\s\S]*?)```/.exec(page)!;
  const { share } = (await import(`data:text/javascript,${encodeURIComponent(program!)}`)) as { share: Share };
  return share;
}

const CALLS = 20_000;

/** One call in five has no distance, and is late four times out of five; one in five of the others is. One in fifty throws. */
function score({ distance }: { distance: number | null }, next: () => number): { label: string } {
  if (next() < 0.02) throw new RangeError();
  return { label: next() < (distance === null ? 0.8 : 0.2) ? 'late' : 'on time' };
}

test('the documented share of a class is that of all predictions, unlike its share of the records', async () => {
  const share = await documentedShare();
  vi.spyOn(Math, 'random').mockImplementation(uniforms(40));
  const next = uniforms(41);
  const { provider, records } = realLogs();
  let late = 0;
  const predict = monitor(
    (row: { distance: number | null }) => {
      const result = score(row, next);
      if (result.label === 'late') late++;
      return result;
    },
    {
      model: defineModel<{ distance: number | null }>({
        name: 'share',
        version: '1',
        features: { distance: numeric() },
      }),
      output: { label: result => result.label },
      sampling: { rate: 0.05, maxPerSecond: Infinity },
      loggerProvider: provider,
    },
  );
  for (let i = 0; i < CALLS; i++) {
    try {
      predict({ distance: next() < 0.2 ? null : 100 });
    } catch {
      // One of the failures: recorded without a label.
    }
  }
  predict.monitor.dispose();

  const attributes = records().map(record => record.attributes);
  const isLate = (record: Attributes) => record['ml.prediction.label'] === 'late';
  const estimate = share(attributes, isLate);
  const truth = late / CALLS;
  // About 780 random records, of which each stands for 20: a standard error of 0.012.
  expect(Math.abs(estimate - truth)).toBeLessThan(4 * 0.012);
  expect(attributes.filter(isLate).length / attributes.length).toBeGreaterThan(truth + 0.25);

  const failed = share(attributes, record => record['error.type'] === 'RangeError');
  expect(failed).toBeGreaterThan(0.015);
  expect(failed).toBeLessThan(0.025);
});
