// A replica of a model server for the tests: `push` exports by start() as its OTEL_* variables say, `page` serves an
// @opentelemetry/exporter-prometheus on PORT, by default a free one. Each line on its standard input is answered by one line of JSON:
// `serve N` predicts N times, `flush` exports, `end` shuts down. The answer is what it has counted itself.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { metricProducer } from '@driftspan/core';
import { start } from '@driftspan/node';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { detectResources, envDetector } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { everyMetric } from './every-metric.js';
import { predictFare, rideBaseline, rideMonitor, rideOf } from './replica-model.js';
import { Tally } from './tally.js';

interface Exporting {
  /** Of the page. */
  readonly port?: number;
  flush(): Promise<void>;
  end(): Promise<void>;
}

function push(): Exporting {
  const driftspan = start();
  return { flush: () => driftspan.flush(), end: () => driftspan.shutdown() };
}

async function page(): Promise<Exporting> {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    metricProducers: [metricProducer()],
    withResourceConstantLabels: /^service\.instance\.id$/,
  });
  const resource = detectResources({ detectors: [envDetector] });
  const provider = new MeterProvider({ resource, readers: [exporter] });
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
  await new Promise<void>(listening => server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    flush: async () => {},
    async end() {
      server.close();
      server.closeAllConnections();
      await provider.shutdown();
    },
  };
}

const exporting = process.argv[2] === 'page' ? await page() : push();
const predict = await rideMonitor();
const tally = new Tally(await rideBaseline());
await everyMetric();
let next = 1;

function serve(count: number): void {
  for (const end = next + count; next < end; next++) {
    const ride = rideOf(next);
    try {
      tally.served(ride, predict(ride));
    } catch {
      tally.served(ride, undefined);
      continue;
    }
    if (next % 10 === 0) {
      const { label } = predictFare(ride);
      const correct = next % 20 === 0;
      predict.monitor.recordOutcome(`ride ${next}`, { label: correct === (label === 'short') ? 'short' : 'long' });
      tally.answered(correct);
    }
    if (next % 50 === 1) {
      predict.monitor.recordOutcome('a ride that nobody took', { label: 'short' });
      tally.dropped('outcome_unknown');
    }
  }
}

const answer = () => {
  const { spans, logs } = tally;
  console.log(JSON.stringify({ facts: tally.facts(), spans, logs, port: exporting.port }));
};
answer();
for await (const line of createInterface({ input: process.stdin })) {
  const [command, count] = line.split(' ');
  if (command === 'serve') serve(Number(count));
  else if (command === 'flush') await exporting.flush();
  else if (command === 'end') await exporting.end();
  answer();
  if (command === 'end') break;
}
// An open pipe would keep the process.
process.stdin.destroy();
