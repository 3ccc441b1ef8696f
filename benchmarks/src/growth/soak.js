// node --expose-gc soak.js soak CALLS: so many calls of everything, with what is held sampled 50 times, as one line of JSON.
import { metricProducer } from '@driftspan/core';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { startTracing } from '../harness/tracing.js';
import { held } from './retained.js';
import { makeTraffic } from './soak-traffic.js';

const SAMPLES = 50;
/** Samples that one stretch of drift, or without, lasts. */
const STRETCH = 5;
/** How often the readers collect. */
const COLLECT_MS = 2000;
const [DELTA, CUMULATIVE] = [0, 1];

const calls = Number(process.argv[3]);
const seen = { records: 0, points: 0, collections: 0 };

startTracing();
const nothing = { shutdown: async () => {}, forceFlush: async () => {} };
const logs = new LoggerProvider({
  processors: [
    new SimpleLogRecordProcessor({
      exporter: {
        ...nothing,
        export: (records, done) => {
          seen.records += records.length;
          done({ code: 0 });
        },
      },
    }),
  ],
});
// One reader that is told sums, and one that is told differences, for which a producer keeps what it told.
const readers = [CUMULATIVE, DELTA].map(temporality => {
  const exporter = {
    ...nothing,
    selectAggregationTemporality: () => temporality,
    export: (metrics, done) => {
      seen.collections++;
      for (const { metrics: list } of metrics.scopeMetrics)
        for (const { dataPoints } of list) seen.points += dataPoints.length;
      done({ code: 0 });
    },
  };
  return new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: COLLECT_MS,
    exportTimeoutMillis: COLLECT_MS,
    metricProducers: [metricProducer({ like: exporter })],
  });
});
const provider = new MeterProvider({ readers });

const traffic = await makeTraffic(logs);
const startMs = performance.now();
const samples = [];
for (let k = 0; k < SAMPLES; k++) {
  await traffic.run(calls / SAMPLES, Math.floor(k / STRETCH) % 2 === 1);
  await held();
  const { heapUsed, rss, external, arrayBuffers } = process.memoryUsage();
  samples.push({ calls: ((k + 1) * calls) / SAMPLES, heapUsed, rss, external, arrayBuffers });
}
const seconds = (performance.now() - startMs) / 1000;
const dropped = {};
for (const handle of traffic.monitors)
  for (const [reason, count] of Object.entries(handle.report().dropped))
    dropped[reason] = (dropped[reason] ?? 0) + count;
await provider.shutdown();
console.log(
  JSON.stringify({ calls, seconds, ...seen, ...traffic.tally, subWindows: traffic.subWindows, dropped, samples }),
);
process.exit(0);
