// What one export weighs: the real exporters towards the receiver of this repository, and a scrape of the real Prometheus exporter.
import { createServer } from 'node:http';
import { metricProducer } from '@driftspan/core';
import { startReceiver } from '@driftspan/otlp-receiver';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

const FORMATS = {
  json: [JsonExporter, 'none'],
  jsonGzip: [JsonExporter, 'gzip'],
  protobuf: [ProtobufExporter, 'none'],
  protobufGzip: [ProtobufExporter, 'gzip'],
};
/** Longer than any run: only what is asked for is exported. */
const NEVER_MS = 2 ** 31 - 1;

/** Bytes of one export in each format, as sent. */
export async function bytesOfExports() {
  const receiver = await startReceiver();
  const bytes = {};
  try {
    for (const [name, [Exporter, compression]] of Object.entries(FORMATS)) {
      const exporter = new Exporter({ url: `${receiver.url}/v1/metrics`, compression, timeoutMillis: 60_000 });
      const reader = new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: NEVER_MS,
        exportTimeoutMillis: 60_000,
        metricProducers: [metricProducer({ like: exporter })],
      });
      const provider = new MeterProvider({ readers: [reader] });
      const before = receiver.requestCount;
      await provider.forceFlush();
      if (receiver.requestCount !== before + 1) throw new Error(`${name}: ${receiver.requestCount - before} requests`);
      bytes[name] = receiver.requests.at(-1).bytes;
      await provider.shutdown();
    }
  } finally {
    await receiver.close();
  }
  return bytes;
}

/** One scrape: its bytes, which the exporter never compresses, and the series in it. */
export async function scrape() {
  const exporter = new PrometheusExporter({ preventServerStart: true, metricProducers: [metricProducer()] });
  const provider = new MeterProvider({ readers: [exporter] });
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/metrics`);
    const text = await answer.text();
    // `target_info` is the process's, whatever it watches.
    const series = text
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('target_info'));
    return { bytes: Buffer.byteLength(text), series: series.length };
  } finally {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await provider.shutdown();
  }
}

/** The longest that one collection kept the event loop, in ms, of five: for information, as it is a time. */
export async function longestSliceMs() {
  const longest = [];
  for (let run = 0; run < 5; run++) {
    let done = false;
    let gap = 0;
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      gap = Math.max(gap, now - last);
      last = now;
      if (!done) setImmediate(look);
    };
    setImmediate(look);
    await new Promise(resolve => setImmediate(resolve));
    await metricProducer().collect();
    await new Promise(resolve => setImmediate(resolve));
    done = true;
    longest.push(gap);
  }
  return longest.toSorted((a, b) => a - b)[2];
}
