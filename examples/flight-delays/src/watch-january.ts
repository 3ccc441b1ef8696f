import { createMonitor, type DriftOptions } from '@driftspan/core';
import type { Baseline } from '@driftspan/sketch';
import type { AnsweredFlight } from './answered-flights.js';
import { FLIGHT_MODEL, type Flight, type Prediction } from './flight-model.js';

/** The alarms of a stretch that has no drift, all of them false. */
export interface FalseAlarms {
  /** Episodes that opened. */
  readonly episodes: number;
  /** Features that had one. */
  readonly features: readonly string[];
  /** Share of the time in which at least one was open. */
  readonly openShare: number;
}

/** January's flights once more, in their own order, through the live windows of a monitor. About 20 µs a flight and 0.2 ms a look. */
export function watchJanuary(
  january: readonly AnsweredFlight[],
  baseline: Baseline,
  drift: DriftOptions,
): FalseAlarms & { readonly tests: number; readonly logAlpha: number } {
  const firstMs = january[0]!.timeMs;
  const lastMs = january.at(-1)!.timeMs;
  let nowMs = firstMs;
  const handle = createMonitor<Flight, Prediction>({
    model: FLIGHT_MODEL,
    baseline,
    output: { label: ({ label }) => label, confidence: ({ probability }) => probability },
    drift,
    clock: () => nowMs,
    spans: 'never',
  });
  const open = new Set<string>();
  const features = new Set<string>();
  let episodes = 0;
  let openMs = 0;
  let openSinceMs = 0;
  handle.on('drift', ({ feature, change, atMs }) => {
    if (change === 'escalated') return;
    if (open.size === 0) openSinceMs = atMs;
    if (change === 'opened') {
      episodes++;
      features.add(feature);
      open.add(feature);
    } else open.delete(feature);
    if (open.size === 0) openMs += atMs - openSinceMs;
  });
  for (const { flight, prediction, timeMs } of january) {
    nowMs = timeMs;
    handle.evaluate();
    const call = handle.start(flight);
    call.end(prediction);
  }
  if (open.size > 0) openMs += lastMs - openSinceMs;
  const { tests, logAlpha } = handle.report().drift;
  handle.dispose();
  return { episodes, features: [...features], openShare: openMs / (lastMs - firstMs), tests, logAlpha };
}
