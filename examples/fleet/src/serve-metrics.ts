import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricProducer } from '@driftspan/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** Prometheus comes once a second here. A busy machine may miss some scrapes; orchestrators wait 30 s before they kill. */
const LAST_SCRAPE_LIMIT_MS = 15_000;

/** A page for Prometheus to scrape, and the knowledge whether it has been. */
export interface ServedMetrics {
  readonly port: number;
  /**
   * Waits until all that is counted by now has been scraped, 15 s at most, and closes. A replica that goes at once takes with it what
   * it counted since the last scrape.
   */
  drain(): Promise<void>;
}

/**
 * Serves the metrics of all monitors of this process. The instance id is a label of every series: `instance`, the address, is the same
 * before and after a restart, and a restart has to be a series of its own.
 */
export async function serveMetrics(port: number, resource: Readonly<Record<string, string>>): Promise<ServedMetrics> {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    metricProducers: [metricProducer()],
    withResourceConstantLabels: /^service\.instance\.id$/,
  });
  const provider = new MeterProvider({ resource: resourceFromAttributes(resource), readers: [exporter] });
  let scraped: () => void = () => {};
  const server = createServer((request, response) => {
    // Counts are read after a request has come: one that comes from now on sees all that was counted before.
    const onScraped = scraped;
    response.on('finish', () => onScraped());
    exporter.getMetricsRequestHandler(request, response);
  });
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    async drain() {
      await new Promise<void>(resolve => {
        scraped = resolve;
        setTimeout(resolve, LAST_SCRAPE_LIMIT_MS);
      });
      server.close();
      server.closeAllConnections();
      await provider.shutdown();
    },
  };
}

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
