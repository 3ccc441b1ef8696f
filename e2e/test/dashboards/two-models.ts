import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricProducer, monitor } from '@driftspan/core';
import { categorical, defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** Values a version sees in a tenth of a second: enough for a verdict within the shortest window. */
const BURST = 100;
const BURST_MS = 100;
const BASELINE_ROWS = 4_000;
/** One call in so many fails. */
const FAILS = 40;
const ZONES = ['north', 'south', 'east'] as const;

interface Ride {
  readonly index: number;
  readonly distance: number | null;
  readonly zone: string;
}

/** Two versions of a classifier, the second of which drifts, and a model without a baseline that gives values: everything a panel can show. */
export interface TwoModels {
  /** Where the metrics are scraped, `host:port`. */
  readonly target: string;
  stop(): Promise<void>;
}

export async function startTwoModels(): Promise<TwoModels> {
  const steady = await fares('1', 0);
  const drifting = await fares('2', 300);
  const waits = monitor((minute: number) => minute / 2, {
    model: defineModel<number>({ name: 'waits', version: '1', task: 'regression', features: {} }),
    output: { value: minutes => minutes },
  });
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    metricProducers: [metricProducer()],
    withResourceConstantLabels: /^service\.instance\.id$/,
  });
  const resource = resourceFromAttributes({ 'service.instance.id': 'two models' });
  const provider = new MeterProvider({ resource, readers: [exporter] });
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const timer = setInterval(() => {
    steady.serve(BURST);
    drifting.serve(BURST / 2);
    for (let i = 0; i < BURST; i++) waits(i);
  }, BURST_MS);
  return {
    target: `127.0.0.1:${port}`,
    async stop() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
      await provider.shutdown();
      steady.dispose();
      drifting.dispose();
      waits.monitor.dispose();
    },
  };
}

/** @param shift added to every distance, which is 0 to 999 in the baseline. */
async function fares(version: string, shift: number) {
  const model = defineModel<Ride>({
    name: 'fares',
    version,
    task: 'classification',
    features: { distance: numeric(), zone: categorical() },
  });
  const answer = ({ index, distance }: Ride) => ({
    label: (distance ?? 0) < 500 ? 'short' : 'long',
    confidence: 0.5 + (index % 32) / 64,
  });
  const rows = Array.from({ length: BASELINE_ROWS }, (_, index) => {
    const input = rideOf(index, 0);
    return { input, output: answer(input) };
  });
  const predict = monitor(
    (ride: Ride) => {
      if (ride.index % FAILS === 0) throw new RangeError('no road');
      return answer(ride);
    },
    {
      model,
      baseline: await learnBaseline(model, rows),
      output: { label: fare => fare.label, confidence: fare => fare.confidence },
    },
  );
  let next = 0;
  return {
    serve(count: number) {
      for (const end = next + count; next < end; next++) {
        const ride = rideOf(next, shift);
        try {
          const { label } = predict(ride);
          predict.monitor.recordOutcome({ predicted: { label }, actual: { label: next % 10 === 0 ? 'free' : label } });
        } catch {
          // As declared: one in FAILS.
        }
      }
      // Dropped, and counted as such.
      predict.monitor.recordOutcome('a ride that nobody took', { label: 'short' });
    },
    dispose: () => predict.monitor.dispose(),
  };
}

/** The distances of 1,000 rides fill 0 to 999 evenly; a ride in 50 has none, and with a shift some zones are new. */
function rideOf(index: number, shift: number): Ride {
  const distance = index % 50 === 7 ? null : ((index * 377) % 1000) + shift;
  return { index, distance, zone: shift > 0 && index % 20 === 0 ? 'the moon' : ZONES[index % 3]! };
}
