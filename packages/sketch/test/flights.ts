import { type Baseline, categorical, defineModel, learnBaseline, numeric, type TrainingRow } from '../src/index.js';
import { generator } from './generated-rows.js';

export interface Flight {
  readonly distance: number;
  readonly delay: number | null;
  readonly carrier: string | null;
  readonly seats: number;
  readonly gate?: string;
}

export const FLIGHT_MODEL = defineModel<Flight>({
  name: 'flight-delay',
  version: '2013.01',
  transforms: '3',
  task: 'classification',
  features: {
    distance: numeric(),
    delay: numeric({ select: flight => flight.delay }),
    carrier: categorical(),
    seats: numeric(),
    gate: numeric(),
    'origin "quoted"': categorical({ select: flight => (flight.distance > 0.5 ? 'é✈️' : 7), limit: 3 }),
  },
});

/** Rows of every kind: continuous, half zeros, missing, invalid, constant, rare categories. Only exact arithmetic made them. */
export function flightRows(count: number, seed = 1): TrainingRow<Flight>[] {
  const next = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const distance = next();
    const delay = next() < 0.5 ? 0 : i % 97 === 0 ? null : i % 89 === 0 ? Number.POSITIVE_INFINITY : next() * 64 - 8;
    const which = Math.floor(next() * 8);
    const carrier = which === 0 ? null : which === 1 && i % 31 === 0 ? `rare-${i}` : 'ABCDEFGH'.charAt(which);
    return {
      input: { distance, delay, carrier, seats: 180, ...(i % 7 === 0 ? { gate: 'B12' } : {}) },
      output: i % 50 === 0 ? undefined : { label: distance > 0.75 ? 'late' : 'on-time', confidence: next() },
    };
  });
}

export function flightBaseline(): Promise<Baseline> {
  const provenance = { source: 'flights of January 2013', createdAt: '2013-02-01T00:00:00Z' };
  return learnBaseline(FLIGHT_MODEL, flightRows(2000), { provenance });
}

/** A baseline as a document that a test may spoil. */
// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
export function spoilable(baseline: Baseline): any {
  return JSON.parse(JSON.stringify(baseline));
}
