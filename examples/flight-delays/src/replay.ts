import type { Flight, Prediction } from './flight-model.js';
import { LATE, ON_TIME } from './flight-model.js';
import type { Flights } from './flights.js';
import { OutcomeQueue } from './outcome-queue.js';

export interface Airport {
  /** Simulated time has come to a minute, before anything of that minute happens. It never goes back. */
  readonly minute: (minute: number) => void;
  /** Asks the model; flights of one minute are asked about at once, as passengers would. */
  readonly predict: (flight: Flight) => Promise<Prediction>;
  /** A flight has landed: minutes to hours after it was asked about, and after many later ones were. */
  readonly landed: (id: string, label: string) => void;
  /** Every minute with a flight: the month, and how many of its flights have been asked about. */
  readonly progress?: (month: number, done: number, of: number) => void;
  /** The month's flights have all been asked about and have landed. The next month waits for it. */
  readonly monthEnd: (month: number) => Promise<void>;
}

/**
 * Replays months in order of scheduled departure. Simulated time jumps from one departure to the next; outcomes come as it
 * passes them. A flight that is cancelled or diverted has none.
 *
 * @throws the signal's reason once it is aborted, and whatever `predict` rejects with.
 */
export async function replay(
  flights: Flights,
  months: readonly number[],
  airport: Airport,
  signal?: AbortSignal,
): Promise<void> {
  for (const month of months) {
    const [first, end] = flights.month(month);
    const outcomes = new OutcomeQueue<Outcome>(flights.scheduledMinute(first));
    for (let row = first; row < end; ) {
      signal?.throwIfAborted();
      const minute = flights.scheduledMinute(row);
      airport.minute(minute);
      for (const { id, label } of outcomes.takeUntil(minute)) airport.landed(id, label);
      const asked: Promise<Prediction>[] = [];
      for (; row < end && flights.scheduledMinute(row) === minute; row++) {
        const flight = flights.flight(row);
        asked.push(airport.predict(flight));
        const landing = flights.landing(row);
        if (landing !== undefined)
          outcomes.add(landing.knownAtMinute, { id: flight.id, label: landing.late ? LATE : ON_TIME });
      }
      await Promise.all(asked);
      airport.progress?.(month, row - first, end - first);
    }
    for (const { id, label } of outcomes.takeAll()) airport.landed(id, label);
    await airport.monthEnd(month);
  }
}

interface Outcome {
  readonly id: string;
  readonly label: string;
}
