import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { collectorYaml } from './collector-config.js';
import { findCollector, required } from './find.js';
import { portFor, retryOnTakenPort } from './free-port.js';
import { fetchText } from './http.js';
import { ServerProcess } from './server-process.js';

export interface CollectorOptions {
  /** Default `findCollector()`. */
  readonly bin?: string;
  /** Default: a free one. Given, a Collector comes back where its applications look for it. */
  readonly otlpPort?: number;
  /** Default: a free one. */
  readonly prometheusPort?: number;
  /** Spans, metrics and logs as lines of OTLP/JSON are appended to it, at most 0.1 s late. Its folder is made. */
  readonly file?: string;
  /** Base URL of another OTLP/HTTP receiver. */
  readonly forwardTo?: string;
  /** How long a series that is no longer sent stays on the page; a duration of Go. Default 5m, the Collector's own. */
  readonly metricExpiration?: string;
}

export interface RunningCollector {
  /** Base URL for OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly otlpUrl: string;
  readonly otlpPort: number;
  /** The page that Prometheus scrapes; ends in `/metrics`. */
  readonly prometheusUrl: string;
  readonly prometheusPort: number;
  readonly file: string | undefined;
  readonly pid: number;
  /** The newest output. */
  log(): string;
  /** Flushes and ends it: SIGTERM, SIGKILL after 10 s. Idempotent. */
  stop(): Promise<void>;
  /** SIGKILL: what was not exported yet is lost. */
  kill(): Promise<void>;
}

/**
 * Starts a real Collector and resolves when it takes OTLP and serves its page.
 *
 * @throws ServerError `ERR_SERVER_BINARY` when there is none, `ERR_SERVER_START` and `ERR_SERVER_TIMEOUT` with its output
 */
export async function startCollector(options: CollectorOptions = {}): Promise<RunningCollector> {
  const bin = options.bin ?? required(findCollector(), 'the OpenTelemetry Collector', 'OTELCOL_BIN');
  const givenPorts = options.otlpPort !== undefined && options.prometheusPort !== undefined;
  if (options.file !== undefined) await mkdir(dirname(options.file), { recursive: true });
  return retryOnTakenPort(givenPorts, async () => {
    const plan = {
      otlpPort: await portFor(options.otlpPort),
      prometheusPort: await portFor(options.prometheusPort),
      file: options.file,
      forwardTo: options.forwardTo,
      metricExpiration: options.metricExpiration,
    };
    const folder = await mkdtemp(join(tmpdir(), 'driftspan-collector-'));
    const config = join(folder, 'collector.yaml');
    await writeFile(config, collectorYaml(plan));
    const server = await ServerProcess.start('the OpenTelemetry Collector', bin, ['--config', config], folder);
    const otlpUrl = `http://127.0.0.1:${plan.otlpPort}`;
    const prometheusUrl = `http://127.0.0.1:${plan.prometheusPort}/metrics`;
    await server.ready(async () => {
      await fetchText(`${otlpUrl}/v1/metrics`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      await fetchText(prometheusUrl);
    });
    return {
      otlpUrl,
      otlpPort: plan.otlpPort,
      prometheusUrl,
      prometheusPort: plan.prometheusPort,
      file: plan.file,
      pid: server.pid,
      log: () => server.log(),
      stop: () => server.stop(),
      kill: () => server.kill(),
    };
  });
}
