// The load, in a process of its own: as many requests as the service takes (autocannon), or a fixed rate (paced.js).
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { quantile } from '../harness/numbers.js';
import { answering, argument } from './channel.js';
import { openClient, wireRequest } from './client.js';
import { paced } from './paced.js';
import { records } from './records.js';

/** Connections, and with them the requests in flight at most. */
const CONNECTIONS = 32;
/**
 * Different records of either kind. They are sent again and again: what differs between them and what they are drawn from becomes
 * significant, a notice, and stays far too small for a warning.
 */
const RECORDS = 4096;
/** Of each kind, whose answers are compared. */
const COMPARED = 512;
/** Between two looks of autocannon at whether its time is over. */
const SAMPLE_MS = 50;
const OK = 200;

const { thirdParty } = argument();
const bodiesOf = inputs => records(inputs, RECORDS).map(record => Buffer.from(JSON.stringify(record)));
const bodies = { usual: bodiesOf('usual'), drifted: bodiesOf('drifted') };
const wires = { usual: bodies.usual.map(wireRequest), drifted: bodies.drifted.map(wireRequest) };
let latencies = [];
let lateness = [];

/** As fast as the service answers, each connection with records of its own: for some seconds, or that many requests. */
async function closed({ port, inputs, seconds, amount }) {
  const autocannon = createRequire(thirdParty)('autocannon');
  const share = RECORDS / CONNECTIONS;
  let client = 0;
  const running = autocannon({
    url: `http://127.0.0.1:${port}/predict`,
    connections: CONNECTIONS,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    sampleInt: SAMPLE_MS,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    setupClient(connection) {
      const first = share * client++;
      connection.setRequests(bodies[inputs].slice(first, first + share).map(body => ({ body })));
    },
  });
  // Its own histogram holds whole milliseconds.
  running.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  const { '2xx': answered, non2xx, errors, duration } = await running;
  return { answered, failed: non2xx + errors, seconds: duration };
}

async function atRate({ port, inputs, seconds, rate }) {
  const made = await paced({ port, wires: wires[inputs], rate, seconds, connections: CONNECTIONS });
  latencies = latencies.concat(made.latencies);
  lateness = lateness.concat(made.lateness);
  return { answered: made.answered, failed: made.failed, seconds: made.seconds };
}

/** What the service answers to the first records of both kinds, in their order, as one digest. */
async function answers({ port }) {
  const client = await openClient(port, CONNECTIONS);
  const compared = [...wires.usual.slice(0, COMPARED), ...wires.drifted.slice(0, COMPARED)];
  const post = wire => new Promise(resolve => client.post(wire, (status, text) => resolve({ status, text })));
  const all = await Promise.all(compared.map(post));
  client.close();
  const hash = createHash('sha256');
  for (const { status, text } of all) hash.update(`${status} ${text}\n`);
  return { digest: hash.digest('hex'), failed: all.filter(({ status }) => status !== OK).length };
}

/** With the share of a core that this process took meanwhile: near 1, the load was what limited the service. */
const metered = work => async asked => {
  const [startMs, start] = [performance.now(), process.cpuUsage()];
  const done = await work(asked);
  const { user, system } = process.cpuUsage(start);
  return { ...done, loadBusy: (user + system) / 1000 / (performance.now() - startMs) };
};

answering({
  closed: metered(closed),
  paced: metered(atRate),
  /** Of all answers since this was last asked, in milliseconds. */
  latencies() {
    const latencyMs = {
      p50: quantile(latencies, 0.5),
      p95: quantile(latencies, 0.95),
      p99: quantile(latencies, 0.99),
      max: latencies.reduce((most, value) => Math.max(most, value), 0),
    };
    const lateP99Ms = lateness.length === 0 ? null : quantile(lateness, 0.99);
    latencies = [];
    lateness = [];
    return { latencyMs, lateP99Ms };
  },
  answers,
  stop() {},
});
