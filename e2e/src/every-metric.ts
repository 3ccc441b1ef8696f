import { defineModel, monitor, monitorBatch, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';

interface Row {
  readonly x: number;
}

const HOUR_MS = 3_600_000;
/** No span and no record: the tests count those of the rides. */
const METRICS_ONLY = { spans: 'never', sampling: { rate: 0, keep: false } } as const;

/**
 * Three models under the name `everything` that between them have every metric there is, so that a test can say how each
 * is called elsewhere: batches with values and their outcomes, a stream, and drift that was judged.
 */
export async function everyMetric(): Promise<void> {
  const model = defineModel<Row>({ name: 'everything', version: '1', features: { x: numeric() } });
  const baseline = await learnBaseline(
    model,
    Array.from({ length: 1000 }, (_, x) => ({ input: { x } })),
  );

  let nowMs = 1_000 * HOUR_MS;
  const batch = monitorBatch((rows: readonly Row[]) => rows.map(({ x }) => x + 1), {
    model,
    baseline,
    output: { value: (values, _, index) => values[index]!, confidence: () => 0.5 },
    drift: { window: '1h', dependence: 'independent' },
    clock: () => nowMs,
    ...METRICS_ONLY,
  });
  batch.monitor.describe({ 'artifact.hash': 'none' });
  batch.monitor.recordQueueTime(0.25);
  batch.monitor.recordOutcome({ predicted: { value: 2 }, actual: { value: 2.5 } });
  // Calls of one row: a batch is one draw, and an hour needs many.
  for (let x = 0; x < 1000; x++) batch([{ x }]);
  nowMs += HOUR_MS / 60;
  batch.monitor.evaluate();

  const stream = monitor(
    function* counting(row: Row) {
      yield row.x;
      return 'done';
    },
    { model, output: { label: label => label }, ...METRICS_ONLY },
  );
  for (const chunk of stream({ x: 1 })) if (chunk !== 1) throw new Error('the stream gave another chunk');
}
