// What an export weighs as it leaves: the real exporters, towards a server that counts.
import { createServer } from 'node:http';
import { metricProducer } from '@driftspan/core';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { stretches } from './collection.js';

const FORMATS = {
  json: [JsonExporter, 'none', 'application/json', '{}'],
  jsonGzip: [JsonExporter, 'gzip', 'application/json', '{}'],
  protobuf: [ProtobufExporter, 'none', 'application/x-protobuf', ''],
  protobufGzip: [ProtobufExporter, 'gzip', 'application/x-protobuf', ''],
};
/** Data points a request, as `start()` of @driftspan/node asks for. */
const BATCH = 2000;
/** Longer than any run: only what is asked for is exported. */
const NEVER_MS = 2 ** 31 - 1;
const TIMEOUT_MS = 120_000;

/**
 * One export in each format.
 *
 * @returns {Promise<Record<string, { bytes: number, requests: number, wholeMs: number, sliceMs: number, workMs: number }>>} bodies as sent; how long the
 *   export took and kept the event loop, the SDK's serialisation and this server included.
 */
export async function weighExports() {
  const sent = { bytes: 0, requests: 0, answer: ['', ''] };
  const server = createServer((request, response) => {
    request.on('data', chunk => {
      sent.bytes += chunk.length;
    });
    request.on('end', () => {
      sent.requests++;
      const [type, body] = sent.answer;
      response.writeHead(200, { 'content-type': type }).end(body);
    });
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/v1/metrics`;
  const weighed = {};
  try {
    for (const [name, [Exporter, compression, ...answer]] of Object.entries(FORMATS)) {
      Object.assign(sent, { bytes: 0, requests: 0, answer });
      const exporter = new Exporter({ url, compression, timeoutMillis: TIMEOUT_MS });
      const reader = new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: NEVER_MS,
        exportTimeoutMillis: TIMEOUT_MS,
        maxExportBatchSize: BATCH,
        metricProducers: [metricProducer({ like: exporter })],
      });
      const provider = new MeterProvider({ readers: [reader] });
      const times = await stretches(() => provider.forceFlush());
      weighed[name] = { bytes: sent.bytes, requests: sent.requests, ...times };
      await provider.shutdown();
    }
  } finally {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
  return weighed;
}
