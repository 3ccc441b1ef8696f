// One monitor, alone in its process, watched over all its rows and judged: its metrics as the real SDK collects them.
import { createMonitor, metricProducer } from '@driftspan/core';

/** The registry of all copies of core in this process: forgotten, so that the next model is alone. */
const REGISTRY = Symbol.for('driftspan.registry.v1');

const MINUTE_MS = 60_000;

/**
 * Makes a monitor of these options, feeds it the rows, lets a sub-window close, and gives what `look` gives: it is told the monitor, which is
 * still there, and how to close a further sub-window.
 */
export async function watching({ model, baseline, output, calls }, exported, look) {
  delete globalThis[REGISTRY];
  let now = 0;
  const handle = createMonitor({
    model,
    baseline,
    output,
    export: exported,
    drift: { window: '1h', dependence: 'independent' },
    clock: () => now,
  });
  for (const [input, answer] of calls) handle.start(input).end(answer);
  const turn = () => {
    now += MINUTE_MS;
    handle.evaluate();
  };
  if (calls.length > 0) turn();
  try {
    return await look(handle, turn);
  } finally {
    handle.dispose();
    delete globalThis[REGISTRY];
  }
}

/** Data points and Prometheus series of everything that is collected, by metric. */
export async function countSeries() {
  const { resourceMetrics } = await metricProducer().collect();
  const metrics = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
  return Object.fromEntries(
    metrics.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      [dataPoints.length, dataPoints.reduce((sum, { value }) => sum + seriesOfPoint(value), 0)],
    ]),
  );
}

function seriesOfPoint(value) {
  if (typeof value === 'number') return 1;
  return value.buckets.counts.length + 1 + (value.sum === undefined ? 0 : 1);
}
