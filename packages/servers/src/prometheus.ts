import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ServerError } from './errors.js';
import { findPrometheus, required } from './find.js';
import { freePort, retryOnTakenPort } from './free-port.js';
import { fetchText } from './http.js';
import { type Alert, type Sample, type Series, toAlerts, toSamples, toSeries } from './prometheus-answers.js';
import { otlpReceiverFlag, prometheusYaml, type ScrapeTarget } from './prometheus-config.js';
import { ServerProcess } from './server-process.js';

/** Some scrapes and evaluations at 1 s each, on a busy machine. */
const WAIT_MS = 60_000;
const POLL_MS = 200;
/** Nothing older than this is asked for, and a folder given with old blocks says otherwise. */
const RETENTION = '2d';
/** Several processes push at their own pace; Prometheus would refuse a sample older than the newest of its series. */
const OUT_OF_ORDER_WINDOW = '30m';

/** Version 3 then scrapes 0.6 s after its start and not after 6 s. Hidden in its help; 2.42 has the flag, and 5 s elsewhere. */
const SCRAPE_SOON = '--scrape.discovery-reload-interval=100ms';

export interface PrometheusOptions {
  /** Default `findPrometheus()`. */
  readonly bin?: string;
  readonly scrape: readonly ScrapeTarget[];
  /** Default `1s`. */
  readonly scrapeInterval?: string;
  /** Of rule groups that say none of their own. Default `1s`. */
  readonly evaluationInterval?: string;
  /** Rule files: their text by file name. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Also takes OTLP at `<url>/api/v1/otlp`. Default false. */
  readonly otlpReceiver?: boolean;
  /** Where samples are kept; stays when it ends. Default: a folder of its own, removed. */
  readonly dataDir?: string;
  /** Samples older than this are dropped; a Prometheus duration. Default `2d`. */
  readonly retention?: string;
}

export interface RunningPrometheus {
  readonly url: string;
  readonly port: number;
  readonly version: string;
  readonly pid: number;
  /** An instant query, now or at a time. @throws ServerError `ERR_SERVER_ANSWER` with what Prometheus says of it */
  query(promql: string, atMs?: number): Promise<Sample[]>;
  /** A range query; both ends belong to it. @throws ServerError `ERR_SERVER_ANSWER` */
  queryRange(promql: string, startMs: number, endMs: number, stepMs: number): Promise<Series[]>;
  /** The alerts that are pending or firing. */
  alerts(): Promise<Alert[]>;
  /** The `data` of an API answer: `get('/api/v1/targets')`. @throws ServerError `ERR_SERVER_ANSWER` */
  get(path: string): Promise<unknown>;
  /**
   * Asks until `accept` takes the answer; by default one that is not empty.
   *
   * @throws ServerError `ERR_SERVER_TIMEOUT` after `timeoutMs` (default one minute) with the last answer
   */
  waitFor(promql: string, accept?: (samples: Sample[]) => boolean, timeoutMs?: number): Promise<Sample[]>;
  /** The newest output. */
  log(): string;
  /** SIGTERM, SIGKILL after 10 s. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a real Prometheus and resolves when it answers queries.
 *
 * @throws ServerError `ERR_SERVER_BINARY` when there is none, `ERR_SERVER_OPTION` for a receiver that this version
 * doesn't have or a rule file name with a folder in it, `ERR_SERVER_START` and `ERR_SERVER_TIMEOUT` with its output
 */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const bin = options.bin ?? required(findPrometheus(), 'Prometheus', 'PROMETHEUS_BIN');
  const version = await prometheusVersion(bin);
  const receiver = options.otlpReceiver ? await receiverFlag(bin) : undefined;
  if (options.otlpReceiver && receiver === undefined) {
    throw new ServerError('ERR_SERVER_OPTION', 'otlpReceiver', `Prometheus ${version}`, 'version 2.47 or later');
  }
  const rules = checkedRules(options.rules ?? {});
  return retryOnTakenPort(false, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'driftspan-prometheus-'));
    for (const [name, yaml] of rules) await writeFile(join(folder, name), yaml);
    if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true });
    const config = join(folder, 'prometheus.yaml');
    await writeFile(
      config,
      prometheusYaml({
        scrape: options.scrape,
        scrapeInterval: options.scrapeInterval ?? '1s',
        evaluationInterval: options.evaluationInterval ?? '1s',
        ruleFiles: rules.map(([name]) => join(folder, name)),
        outOfOrderWindow: options.otlpReceiver ? OUT_OF_ORDER_WINDOW : undefined,
      }),
    );
    const port = await freePort();
    const args = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${options.dataDir ?? join(folder, 'data')}`,
      `--storage.tsdb.retention.time=${options.retention ?? RETENTION}`,
      `--web.listen-address=127.0.0.1:${port}`,
      SCRAPE_SOON,
      ...(receiver === undefined ? [] : [receiver]),
    ];
    const server = await ServerProcess.start('Prometheus', bin, args, folder);
    const url = `http://127.0.0.1:${port}`;
    await server.ready(async () => void (await fetchText(`${url}/-/ready`)));
    return client(url, port, version, server);
  });
}

/** What a binary calls itself: `2.42.0+ds`, `3.12.0`; `unknown` for one built without. @throws ServerError `ERR_SERVER_BINARY` for one that doesn't run */
export async function prometheusVersion(bin: string): Promise<string> {
  return /version (\d+\.\d+\S*)/.exec(await output(bin, '--version'))?.[1] ?? 'unknown';
}

/** Whether it has an OTLP receiver: version 2.47 and later. @throws ServerError `ERR_SERVER_BINARY` for one that doesn't run */
export async function takesOtlp(bin: string): Promise<boolean> {
  return (await receiverFlag(bin)) !== undefined;
}

async function output(bin: string, flag: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(bin, [flag]).catch((error: unknown) => {
    throw new ServerError('ERR_SERVER_BINARY', bin, String(error), 'a Prometheus for this machine');
  });
  return stdout + stderr;
}

function client(url: string, port: number, version: string, server: ServerProcess): RunningPrometheus {
  const get = (path: string): Promise<unknown> => fetchText(`${url}${path}`).then(dataOf);
  // POST: the length of an expression is not that of an address.
  const post = (path: string, body: Record<string, string>): Promise<unknown> =>
    fetchText(`${url}${path}`, { method: 'POST', body: new URLSearchParams(body) }).then(dataOf);
  const query = async (promql: string, atMs?: number): Promise<Sample[]> =>
    toSamples(await post('/api/v1/query', { query: promql, ...(atMs === undefined ? {} : { time: seconds(atMs) }) }));
  return {
    url,
    port,
    version,
    pid: server.pid,
    get,
    query,
    async queryRange(promql, startMs, endMs, stepMs) {
      const range = { query: promql, start: seconds(startMs), end: seconds(endMs), step: seconds(stepMs) };
      return toSeries(await post('/api/v1/query_range', range));
    },
    async alerts() {
      return toAlerts(await get('/api/v1/alerts'));
    },
    async waitFor(promql, accept = samples => samples.length > 0, timeoutMs = WAIT_MS) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const samples = await query(promql);
        if (accept(samples)) return samples;
        if (performance.now() > deadline) {
          const last = `${samples.length} samples: ${JSON.stringify(samples).slice(0, 2_000)}`;
          throw new ServerError(
            'ERR_SERVER_TIMEOUT',
            promql,
            last,
            `an answer that is accepted within ${timeoutMs} ms`,
          );
        }
        await sleep(POLL_MS);
      }
    },
    log: () => server.log(),
    stop: () => server.stop(),
  };
}

function dataOf(text: string): unknown {
  return (JSON.parse(text) as { readonly data?: unknown }).data;
}

function seconds(ms: number): string {
  return String(ms / 1000);
}

async function receiverFlag(bin: string): Promise<string | undefined> {
  return otlpReceiverFlag(await output(bin, '--help'));
}

function checkedRules(rules: Readonly<Record<string, string>>): [name: string, yaml: string][] {
  return Object.entries(rules).map(([name, yaml]) => {
    if (/^[\w.-]+\.ya?ml$/.test(name) && name !== 'prometheus.yaml') return [name, yaml];
    throw new ServerError(
      'ERR_SERVER_OPTION',
      'rules',
      JSON.stringify(name),
      'a bare file name that ends in .yml or .yaml',
    );
  });
}
