import type { Flights } from '@driftspan/example-flight-delays/flights';
import { seededRandom } from './random.js';

export interface TrafficOptions {
  /** 1 to 12. */
  readonly month: number;
  /** Rows drawn at random, each time from all of the replica's share, rather than one after another as they were scheduled. */
  readonly shuffled: boolean;
  readonly seed: number;
  /** Which of the shares, from 0 to before `replicas`. */
  readonly replica: number;
  readonly replicas: number;
}

/**
 * What one replica is asked about, without end. A month's flights are shared out by carrier and airport, as a balancer with a consistent
 * hash would: each replica sees other flights and another number of them, and together they see the month.
 */
export class Traffic {
  /** The replica's rows of the month, in order of scheduled departure. */
  readonly rows: readonly number[];
  /** How much of the month they are, 0 to 1. */
  readonly share: number;
  readonly #random: (() => number) | undefined;
  #at = 0;

  /** @throws Error for a share without a flight. */
  constructor(flights: Flights, { month, shuffled, seed, replica, replicas }: TrafficOptions) {
    const [first, end] = flights.month(month);
    const rows: number[] = [];
    for (let row = first; row < end; row++) {
      const { carrier, origin } = flights.flight(row);
      if (hash(`${carrier} ${origin}`) % replicas === replica) rows.push(row);
    }
    if (rows.length === 0) throw new Error(`replica ${replica} of ${replicas} has no flight in month ${month}`);
    this.rows = rows;
    this.share = rows.length / (end - first);
    this.#random = shuffled ? seededRandom(seed * replicas + replica) : undefined;
  }

  /** The next row. In order of time the month begins again at its end. */
  next(): number {
    const { rows } = this;
    return rows[this.#random === undefined ? this.#at++ % rows.length : Math.floor(this.#random() * rows.length)]!;
  }
}

/** FNV-1a over a text's UTF-16 units, 32 bits. */
function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hashed = Math.imul(hashed ^ text.charCodeAt(i), 0x01000193);
  return hashed >>> 0;
}
