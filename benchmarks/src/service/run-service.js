// One service under load: its own process, the load's and the receiver's.
import { startChild } from './channel.js';

/** The environment variable in which a case's process finds the options of `runService`, as JSON. */
export const OPTIONS = 'DRIFTSPAN_BENCH_SERVICE';

/** Between two exports of the metrics, and the least time between two judgements. The defaults are a minute and, of a window of a day, 24. */
const EXPORT_INTERVAL_MS = 1000;

const WARM_UP_REQUESTS = 20_000;

/** The service's environment: nothing of OpenTelemetry's but what is said here. */
function environment(url, sampled) {
  const own = Object.entries(process.env).filter(([name]) => !/^(OTEL|DRIFTSPAN)_/.test(name));
  return {
    ...Object.fromEntries(own),
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(sampled),
    OTEL_METRIC_EXPORT_INTERVAL: String(EXPORT_INTERVAL_MS),
    OTEL_METRIC_EXPORT_TIMEOUT: String(EXPORT_INTERVAL_MS),
  };
}

/**
 * Starts the service, warms it up, loads it as fast as it answers and then at a fixed rate, each time first with usual records and then
 * with drifted ones, compares, and stops it.
 *
 * @param {object} which `{ model, variant, sampled }`
 * @param {object} options
 * @param {string} options.baselines folder of `MODEL.baseline.json`.
 * @param {string} options.thirdParty URL of the folder in which autocannon is installed.
 * @param {{ closed: number, paced: number }} options.seconds of each half; 0 leaves it out.
 * @param {Record<string, number>} options.rates by model, requests a second.
 * @param {() => void} [pause] called before each half, while nothing is asked.
 */
export async function runService({ model, variant, sampled }, { baselines, thirdParty, seconds, rates }, pause) {
  const children = [];
  const start = (script, options) => {
    const child = startChild(script, options);
    children.push(child);
    return child;
  };
  try {
    const load = start('load.js', { argument: { thirdParty } });
    const receiver = start('receiver.js');
    const service = start('server.js', {
      argument: { model, variant, baselineFile: `${baselines}/${model}.baseline.json` },
      env: environment(await receiver.ask('url'), sampled),
    });
    const port = await service.ask('port');

    // By requests, not by time: on a busy machine a second is not enough for the compilers.
    if (seconds.closed > 0) await load.ask('closed', { port, inputs: 'usual', amount: WARM_UP_REQUESTS });
    await load.ask('latencies');
    const result = {};
    for (const how of ['closed', 'paced']) {
      if (seconds[how] === 0) continue;
      const halves = {};
      for (const inputs of ['usual', 'drifted']) {
        pause?.();
        await service.ask('begin');
        halves[inputs] = await load.ask(how, { port, inputs, seconds: seconds[how], rate: rates[model] });
        await service.ask('end');
        await service.ask('flush');
      }
      result[how] = { ...together(halves), ...(await load.ask('latencies')), ...(await service.ask('spent')) };
    }
    const answers = await load.ask('answers', { port });
    const { requests } = await service.stop();
    const received = await receiver.ask('received');
    await Promise.all([load.stop(), receiver.stop()]);
    return { ...result, answers, requests, received };
  } finally {
    await Promise.all(children.map(child => child.kill()));
  }
}

function together({ usual, drifted }) {
  const sum = key => usual[key] + drifted[key];
  return {
    answered: sum('answered'),
    failed: sum('failed'),
    perSecond: sum('answered') / sum('seconds'),
    loadBusy: sum('loadBusy') / 2,
  };
}
