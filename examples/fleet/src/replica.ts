import { randomUUID } from 'node:crypto';
import { monitor } from '@driftspan/core';
import { BASELINE_FILE } from '@driftspan/example-flight-delays/files';
import { FLIGHT_MODEL, LATE, ON_TIME } from '@driftspan/example-flight-delays/flight-model';
import { readFlights } from '@driftspan/example-flight-delays/flights';
import { loadFlightModel } from '@driftspan/example-flight-delays/onnx';
import { loadBaseline, start } from '@driftspan/node';
import { Pace } from './pace.js';
import { RawLog } from './raw-log.js';
import { type ReplicaMessage, type ReplicaOptions, TAKE_FLIGHTS } from './replica-options.js';
import { serveMetrics } from './serve-metrics.js';
import { Traffic } from './traffic.js';

/*
 * One process of the fleet: a monitored model, asked about flights at a steady pace. It takes none before it is told to, and none
 * after SIGTERM; then it hands over what it has counted and ends.
 */
const REPORT_MS = 1000;

const options = JSON.parse(process.argv[2] ?? '{}') as ReplicaOptions;
const { collector, servePort, log, flightsPerSecond } = options;
const instanceId = randomUUID();
const identity = { 'service.name': 'flight-delays', 'service.instance.id': instanceId };

const flights = await readFlights();
const traffic = new Traffic(flights, options);
const predict = monitor(await loadFlightModel(), {
  model: FLIGHT_MODEL,
  baseline: await loadBaseline(BASELINE_FILE),
  predictionId: flight => flight.id,
  output: { label: ({ label }) => label, confidence: ({ probability }) => probability },
});
// Two ways at once, if asked for: each reader has a producer of its own.
const driftspan = collector === undefined ? undefined : startTowards(collector);
const served = servePort === undefined ? undefined : await serveMetrics(servePort, identity);

const rawLog = log === undefined ? undefined : new RawLog(log);
const pace = new Pace(flightsPerSecond * traffic.share, async count => {
  for (let i = 0; i < count; i++) await ask(traffic.next());
});

/** In this fleet a flight's fate is known as soon as it was asked about; nobody ever learns it of a cancelled one. */
async function ask(row: number): Promise<void> {
  rawLog?.write(row, Date.now());
  const flight = flights.flight(row);
  await predict(flight);
  const landing = flights.landing(row);
  if (landing !== undefined) predict.monitor.recordOutcome(flight.id, { label: landing.late ? LATE : ON_TIME });
}

function startTowards({ url, intervalMs }: NonNullable<ReplicaOptions['collector']>) {
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = url;
  // This example is about counts.
  process.env['OTEL_TRACES_EXPORTER'] = 'none';
  process.env['OTEL_LOGS_EXPORTER'] = 'none';
  return start({ resourceAttributes: identity, exportIntervalMs: intervalMs, handleSignals: false });
}

let draining = false;
async function drain(): Promise<void> {
  if (draining) return;
  draining = true;
  clearInterval(reporting);
  await pace.stop();
  tell({ is: 'asked', flights: pace.asked });
  await Promise.all([driftspan?.shutdown(), served?.drain()]);
  rawLog?.close();
  process.exit();
}

function tell(message: ReplicaMessage): void {
  // Gone with whoever started it, in which case it is draining.
  if (process.connected) process.send?.(message);
}

const reporting = setInterval(() => tell({ is: 'asked', flights: pace.asked }), REPORT_MS);
process.on('SIGTERM', () => void drain());
// Ctrl-C reaches every process of the terminal. Whoever started this one says when it ends.
process.on('SIGINT', () => {});
process.on('disconnect', () => void drain());
process.on('message', message => {
  if (message === TAKE_FLIGHTS && !draining) pace.start();
});
tell({ is: 'ready', instanceId, port: served?.port });
