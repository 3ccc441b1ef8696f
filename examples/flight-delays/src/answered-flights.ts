import type { TrainingRow } from '@driftspan/sketch';
import type { Flight, Prediction } from './flight-model.js';
import { type Flights, timeMsOf } from './flights.js';

/** A flight, when it was asked about, and the model's answer. */
export interface AnsweredFlight {
  readonly flight: Flight;
  readonly prediction: Prediction;
  readonly timeMs: number;
}

/** Every flight of a month in order of time, cancelled and diverted ones among them: that is what serving sees. */
export async function* answeredFlights(
  flights: Flights,
  month: number,
  predict: (flight: Flight) => Promise<Prediction>,
): AsyncGenerator<AnsweredFlight> {
  const [first, end] = flights.month(month);
  for (let row = first; row < end; row++) {
    const flight = flights.flight(row);
    yield { flight, prediction: await predict(flight), timeMs: timeMsOf(flights.scheduledMinute(row)) };
  }
}

/** As a baseline learns from it: with its time, since flights of one hour share their weather. */
export function trainingRow({ flight, prediction, timeMs }: AnsweredFlight): TrainingRow<Flight> {
  const { label, probability } = prediction;
  return { input: flight, output: { label, confidence: probability }, time: timeMs };
}
