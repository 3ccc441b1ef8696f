import { defineModel, type ModelSpec, type MonitorOptions, monitor, numeric } from '@driftspan/core';
import { type Baseline, learnBaseline } from '@driftspan/sketch';

export interface Ride {
  readonly distance: number;
}
export interface Fare {
  readonly label: 'short' | 'long';
  readonly probability: number;
}

export function rideModel(name: string): ModelSpec<Ride> {
  return defineModel<Ride>({ name, version: '1', task: 'classification', features: { distance: numeric() } });
}

/** 1,000 distances, 0 to 999. */
export function rideBaseline(name: string): Promise<Baseline> {
  return learnBaseline(
    rideModel(name),
    Array.from({ length: 1000 }, (_, distance) => ({ input: { distance } })),
  );
}

export function predictFare({ distance }: Ride): Fare {
  return { label: distance < 500 ? 'short' : 'long', probability: 0.75 };
}

/** A watched model: its name tells its series from those of other tests. */
export async function rideMonitor(
  name: string,
  options: Partial<MonitorOptions<[Ride], Fare, Ride>> = {},
  predict: (ride: Ride) => Fare = predictFare,
) {
  return monitor(predict, {
    model: rideModel(name),
    baseline: await rideBaseline(name),
    output: { label: fare => fare.label, confidence: fare => fare.probability },
    ...options,
  });
}
