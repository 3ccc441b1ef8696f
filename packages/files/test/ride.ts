import { type Baseline, defineModel, learnBaseline, type ModelSpec, numeric } from '@driftspan/sketch';

export interface Ride {
  readonly distance: number;
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
