import { categorical, defineModel, type Monitored, monitor, numeric } from '@driftspan/core';
import { type Baseline, learnBaseline } from '@driftspan/sketch';

export interface Ride {
  readonly index: number;
  readonly distance: number | null;
  readonly zone: string;
}
export interface Fare {
  readonly label: 'short' | 'long';
  readonly confidence: number;
}
export type Predict = (ride: Ride) => Fare;

/** Names that a text format must escape, and one that is also a kind of bin. */
export const ZONES: readonly string[] = ['say "hi"', 'back\\slash', 'missing'];

export const MODEL = defineModel<Ride>({
  name: 'rides',
  version: '7',
  task: 'classification',
  features: { distance: numeric(), zone: categorical() },
});

/** 1,500 rows: distances 0 to 999 about evenly, 500 of each zone. The same in every process. */
export function rideBaseline(): Promise<Baseline> {
  return learnBaseline(
    MODEL,
    Array.from({ length: 1500 }, (_, index) => ({
      input: { index, distance: (index * 7) % 1000, zone: ZONES[index % 3]! },
    })),
  );
}

/** The ride of an index: some distances are missing, some beyond the baseline, some zones were never seen. */
export function rideOf(index: number): Ride {
  return {
    index,
    distance: index % 11 === 0 ? null : (index * 37) % 1100,
    zone: index % 7 === 0 ? 'the moon' : ZONES[index % 3]!,
  };
}

/** Fails at every thirteenth ride. Confidences are 64ths: their sum is the same in any order. */
export function predictFare({ index, distance }: Ride): Fare {
  if (index % 13 === 0) throw new TypeError(`ride ${index}`);
  return { label: (distance ?? 0) < 500 ? 'short' : 'long', confidence: (32 + (index % 32)) / 64 };
}

/** Every call has a span with its input in it; every tenth can be answered later by its id. */
export async function rideMonitor(): Promise<Monitored<Predict, Fare>> {
  return monitor(predictFare as Predict, {
    model: MODEL,
    baseline: await rideBaseline(),
    output: { label: fare => fare.label, confidence: fare => fare.confidence },
    sampling: { rate: 1, maxPerSecond: Number.POSITIVE_INFINITY },
    predictionId: ({ index }) => (index % 10 === 0 ? `ride ${index}` : undefined),
  });
}
