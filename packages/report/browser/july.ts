import { answeredFlights, trainingRow } from '@driftspan/example-flight-delays/answered-flights';
import { FLIGHT_MODEL, type Flight } from '@driftspan/example-flight-delays/flight-model';
import { readFlights } from '@driftspan/example-flight-delays/flights';
import { loadFlightModel } from '@driftspan/example-flight-delays/onnx';
import {
  type Baseline,
  type Comparison,
  compare,
  learnBaseline,
  RowCounter,
  type TrainingRow,
} from '@driftspan/sketch';

/** The flights of two months as the model saw and answered them, and what July looks like from January. */
export interface July {
  readonly january: Baseline;
  /** Rows taken as independent of each other. */
  readonly comparison: Comparison;
  /** January in order of time: it tells how far flights of one hour hang together. */
  readonly timed: Comparison;
}

const JANUARY = 1;
const JULY = 7;

/** Asks the real model about the real flights of both months; some 3 s. */
export async function july(): Promise<July> {
  const training = await rowsOf(JANUARY);
  const current = await rowsOf(JULY);
  const provenance = { source: 'flights of January 2013' };
  const untimed = training.map(({ input, output }) => ({ input, ...(output === undefined ? {} : { output }) }));
  const [baseline, timed] = await Promise.all([
    learnBaseline(FLIGHT_MODEL, untimed, { provenance }),
    learnBaseline(FLIGHT_MODEL, training, { provenance }),
  ]);
  const compared = (against: Baseline): Comparison => {
    const counter = new RowCounter(against, FLIGHT_MODEL);
    for (const row of current) counter.add(row);
    return compare(against, counter.finish(), { source: 'flights of July 2013' });
  };
  return { january: baseline, comparison: compared(baseline), timed: compared(timed) };
}

async function rowsOf(month: number): Promise<TrainingRow<Flight>[]> {
  const flights = await readFlights();
  const rows: TrainingRow<Flight>[] = [];
  for await (const answered of answeredFlights(flights, month, await loadFlightModel()))
    rows.push(trainingRow(answered));
  return rows;
}
