import { type DriftAlert, type DriftReport, monitor } from '@driftspan/core';
import { loadBaseline, start } from '@driftspan/node';
import type { Receiver } from '@driftspan/otlp-receiver';
import { metrics } from '@opentelemetry/api';
import { type Alarm, AlarmLog } from './alarm.js';
import { type DescribedMonth, describeMonth } from './describe-month.js';
import { BASELINE_FILE, checkFiles, FLIGHTS_FILE, MODEL_FILE } from './files.js';
import { FLIGHT_MODEL, LATE } from './flight-model.js';
import { readFlights, timeMsOf } from './flights.js';
import { loadFlightModel } from './onnx.js';
import { LANDED_LATE, LANDED_METRIC, MonthReader } from './received-month.js';
import { replay } from './replay.js';
import { collectorOf, openTelemetry } from './telemetry.js';

export interface YearOptions {
  readonly months: readonly number[];
  readonly window: string;
  readonly signal?: AbortSignal;
  /** Before the first flight: the user's collector, if that is where it goes, and what the windows work with. */
  readonly onStart?: (collector: string | undefined, drift: DriftReport) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Alarms of one moment. */
  readonly onAlarms?: (alarms: readonly Alarm[]) => void;
  readonly onMonth?: (month: DescribedMonth) => void;
}

export interface Progress {
  readonly month: number;
  /** Flights asked about: of this month, and of all. */
  readonly monthDone: number;
  readonly monthFlights: number;
  readonly done: number;
  readonly flights: number;
  /** Features with an open alarm, the oldest first. */
  readonly open: readonly string[];
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
  /** What a listener in this process was told, in order. */
  readonly alarms: readonly Alarm[];
  readonly months: readonly DescribedMonth[];
  /** Of the last look. */
  readonly drift: DriftReport;
  /** What arrived at our own receiver, counted there. */
  readonly received: Received | undefined;
}

/**
 * Replays months of 2013 through a monitored model whose windows turn with simulated time, sends what it counted and said over
 * a socket, and describes what arrived.
 *
 * @throws MonitorError `ERR_OPTION` for a window that is none.
 */
export async function runYear(options: YearOptions): Promise<Year> {
  const { months, window, signal, onStart, onProgress, onAlarms, onMonth } = options;
  checkFiles([FLIGHTS_FILE, MODEL_FILE, BASELINE_FILE]);
  const flights = await readFlights();
  const baseline = await loadBaseline(BASELINE_FILE);
  const collector = collectorOf(process.env);
  const receiver = await openTelemetry(process.env);
  const driftspan = start({ serviceName: 'flight-delays' });
  try {
    let nowMs = timeMsOf(flights.scheduledMinute(flights.month(months[0]!)[0]));
    const predict = monitor(await loadFlightModel(), {
      model: FLIGHT_MODEL,
      baseline,
      predictionId: flight => flight.id,
      output: { label: ({ label }) => label, confidence: ({ probability }) => probability },
      drift: { window, falseAlarms: { count: 1, per: 'month' } },
      clock: () => nowMs,
    });
    const { monitor: handle } = predict;
    const log = new AlarmLog();
    const alerts: DriftAlert[] = [];
    const alarms: Alarm[] = [];
    handle.on('drift', alert => alerts.push(alert));
    const landed = metrics.getMeter('flight-delays').createCounter(LANDED_METRIC, { unit: '{flight}' });
    const known = [...baseline.features, ...baseline.outputs];
    const reader = receiver === undefined ? undefined : new MonthReader(receiver, known);
    const described: DescribedMonth[] = [];
    const total = months.reduce((sum, month) => sum + sizeOf(flights.month(month)), 0);
    let done = 0;
    onStart?.(collector, handle.report().drift);
    await replay(
      flights,
      months,
      {
        predict,
        minute: minute => {
          nowMs = timeMsOf(minute);
          // The listener's own timer runs in real time, which hardly passes here.
          handle.evaluate();
          if (alerts.length === 0) return;
          const report = handle.report();
          const now = alerts.splice(0).map(alert => log.take(alert, report));
          alarms.push(...now);
          onAlarms?.(now);
        },
        landed: (id, label) => {
          handle.recordOutcome(id, { label });
          landed.add(1, { [LANDED_LATE]: label === LATE });
        },
        progress: (month, monthDone, monthFlights) =>
          onProgress?.({ month, monthDone, monthFlights, done: done + monthDone, flights: total, open: log.open }),
        monthEnd: async month => {
          done += sizeOf(flights.month(month));
          const flushedAtMs = Date.now();
          await driftspan.flush();
          if (reader === undefined) return;
          const result = describeMonth(await reader.read(month, flushedAtMs), handle.report());
          described.push(result);
          onMonth?.(result);
        },
      },
      signal,
    );
    return {
      flights: total,
      collector,
      alarms,
      months: described,
      drift: handle.report().drift,
      received: receiver && receivedBy(receiver),
    };
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
