// The service: POST a record as JSON, get `{ label, probability }`. Told which model, watched how, by its argument.
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answering, argument } from './channel.js';
import { MODELS } from './models.js';
import { VARIANTS } from './variants.js';

/** A longer body is refused. */
const MAX_BODY_BYTES = 64 * 1024;
/** The timer by which the loop's delay is sampled: what it is late beyond this is the delay. */
const LOOP_RESOLUTION_MS = 1;
/** Longer than any pause of the load: a connection that the server closes while a request is on its way fails it. */
const KEEP_ALIVE_MS = 60_000;

const { model, variant, baselineFile } = argument();
const watched = await VARIANTS[variant](model, await MODELS[model](), baselineFile);

let requests = 0;
const server = createServer((request, response) => {
  const chunks = [];
  let bytes = 0;
  request.on('data', chunk => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', async () => {
    const [status, body] = bytes > MAX_BODY_BYTES ? [413, '{}'] : await answer(Buffer.concat(chunks));
    requests++;
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
  // A client that leaves in the middle of its request.
  request.on('error', () => {});
});
server.keepAliveTimeout = KEEP_ALIVE_MS;

async function answer(body) {
  try {
    return [200, JSON.stringify(await watched.predict(JSON.parse(body.toString())))];
  } catch {
    return [400, '{}'];
  }
}

await new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
});

const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
let spent = { cpuMicros: 0, requests: 0 };
let begun;
const late = ns => Math.max(0, ns / 1e6 - LOOP_RESOLUTION_MS);

answering({
  port: () => server.address().port,
  /** From here on what is spent counts. */
  begin() {
    begun = { cpu: process.cpuUsage(), requests };
    loop.enable();
  },
  end() {
    loop.disable();
    const { user, system } = process.cpuUsage(begun.cpu);
    spent = { cpuMicros: spent.cpuMicros + user + system, requests: spent.requests + requests - begun.requests };
  },
  /** Of all between `begin` and `end` since this was last asked. */
  spent() {
    const figures = {
      cpuMicrosPerRequest: spent.cpuMicros / spent.requests,
      loopDelayMs: { p50: late(loop.percentile(50)), p99: late(loop.percentile(99)), max: late(loop.max) },
      rssBytes: process.memoryUsage.rss(),
    };
    spent = { cpuMicros: 0, requests: 0 };
    loop.reset();
    return figures;
  },
  flush: () => watched.flush(),
  async stop() {
    await new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await watched.shutdown();
    return { requests };
  },
});
