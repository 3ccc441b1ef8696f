import { monitor } from '@driftspan/core';
import { loadBaseline, start } from '@driftspan/node';
import type { Receiver } from '@driftspan/otlp-receiver';
import { metrics } from '@opentelemetry/api';
import { BASELINE_FILE, checkFiles, FLIGHTS_FILE, MODEL_FILE } from './files.js';
import { FLIGHT_MODEL, LATE } from './flight-model.js';
import { readFlights } from './flights.js';
import { type JudgedMonth, judgeMonth } from './judge-month.js';
import { loadFlightModel } from './onnx.js';
import { LANDED_LATE, LANDED_METRIC, MonthReader } from './received-month.js';
import { replay } from './replay.js';
import { collectorOf, openTelemetry } from './telemetry.js';

export interface YearOptions {
  readonly months: readonly number[];
  readonly signal?: AbortSignal;
  /** Before the first flight: the user's collector, if that is where it goes. */
  readonly onStart?: (collector: string | undefined) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onMonth?: (month: JudgedMonth) => void;
}

export interface Progress {
  readonly month: number;
  /** Flights asked about: of this month, and of all. */
  readonly monthDone: number;
  readonly monthFlights: number;
  readonly done: number;
  readonly flights: number;
}

/** What arrived in all. */
export interface Received {
  readonly spans: number;
  readonly metricPoints: number;
  readonly requests: number;
  /** What the monitor says it could not record, by reason; empty if all went well. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What came of it. */
export interface Year {
  readonly flights: number;
  /** Where a collector of the user's has it all; nothing can be read back from there, and `months` is empty. */
  readonly collector: string | undefined;
  readonly months: readonly JudgedMonth[];
  /** What arrived at our own receiver, counted there. */
  readonly received: Received | undefined;
}

/** Replays months of 2013 through a monitored model, sends what it counted over a socket, and judges what arrived. */
export async function runYear({ months, signal, onStart, onProgress, onMonth }: YearOptions): Promise<Year> {
  checkFiles([FLIGHTS_FILE, MODEL_FILE, BASELINE_FILE]);
  const flights = await readFlights();
  const baseline = await loadBaseline(BASELINE_FILE);
  const collector = collectorOf(process.env);
  const receiver = await openTelemetry(process.env);
  const driftspan = start({ serviceName: 'flight-delays' });
  try {
    const predict = monitor(await loadFlightModel(), {
      model: FLIGHT_MODEL,
      baseline,
      predictionId: flight => flight.id,
      output: { label: ({ label }) => label, confidence: ({ probability }) => probability },
      // Live windows take values as independent, which an hour's weather is not: here they never close.
      clock: () => 0,
    });
    const landed = metrics.getMeter('flight-delays').createCounter(LANDED_METRIC, { unit: '{flight}' });
    const known = [...baseline.features, ...baseline.outputs];
    const reader = receiver === undefined ? undefined : new MonthReader(receiver, known);
    const judged: JudgedMonth[] = [];
    const total = months.reduce((sum, month) => sum + sizeOf(flights.month(month)), 0);
    let done = 0;
    onStart?.(collector);
    await replay(
      flights,
      months,
      {
        predict,
        landed: (id, label) => {
          predict.monitor.recordOutcome(id, { label });
          landed.add(1, { [LANDED_LATE]: label === LATE });
        },
        progress: (month, monthDone, monthFlights) =>
          onProgress?.({ month, monthDone, monthFlights, done: done + monthDone, flights: total }),
        monthEnd: async month => {
          done += sizeOf(flights.month(month));
          const flushedAtMs = Date.now();
          await driftspan.flush();
          if (reader === undefined) return;
          const result = judgeMonth(await reader.read(month, flushedAtMs));
          judged.push(result);
          onMonth?.(result);
        },
      },
      signal,
    );
    return { flights: total, collector, months: judged, received: receiver && receivedBy(receiver) };
  } finally {
    await driftspan.shutdown();
    await receiver?.close();
  }
}

function receivedBy(receiver: Receiver): Received {
  const { spanCount, metricPointCount, requestCount } = receiver;
  // Every reason has a point, zeros included; what is told is what was dropped.
  const dropped = receiver
    .points('ml.sdk.dropped')
    .filter(({ value }) => value !== 0)
    .map(({ attributes, value }) => [attributes['reason'], value]);
  return {
    spans: spanCount,
    metricPoints: metricPointCount,
    requests: requestCount,
    dropped: Object.fromEntries(dropped),
  };
}

function sizeOf([first, end]: readonly [number, number]): number {
  return end - first;
}
