import { orderOfRows, orderOfTimes, type RowOrder } from '../dependence/ladder.js';
import { SketchError, shown } from '../errors.js';
import type { PartOrder } from '../parts/part.js';

const CHUNK = 1 << 14;

/** When the rows happened, where they say so: all of them or none, and never back in time. 8 bytes a row, until {@link endRows}. */
export class RowTimes {
  readonly #timeOrdered: boolean;
  /** Undefined once they are no longer kept. */
  #times: Float64Array | undefined = new Float64Array(CHUNK);
  #rows = 0;
  #hasTimes = false;
  #first = 0;
  #last = 0;

  /** @param timeOrdered the rows come in order, with or without times. */
  constructor(timeOrdered: boolean) {
    this.#timeOrdered = timeOrdered;
  }

  /** @throws SketchError `ERR_ROWS` for a time that is none, goes back, or that only some rows have: the row is then not taken. */
  add(time: unknown): void {
    const index = this.#rows;
    const given = time !== undefined && time !== null;
    if (!given) {
      if (index > 0 && this.#hasTimes) throw notATime(index, time);
      this.#rows++;
      return;
    }
    if (index > 0 && !this.#hasTimes) throw wrongTime(index, 'a time', 'none, as row 0 has none');
    const ms = time instanceof Date ? time.getTime() : time;
    if (typeof ms !== 'number' || !Number.isFinite(ms)) throw notATime(index, time);
    if (index > 0 && ms < this.#last) {
      throw wrongTime(index, shown(ms), `at least ${this.#last}, the time before: sort the rows by time`);
    }
    if (index === 0) this.#first = ms;
    this.#hasTimes = true;
    this.#last = ms;
    this.#rows++;
    this.#keep(ms, index);
  }

  #keep(ms: number, index: number): void {
    if (this.#times === undefined) return;
    if (index === this.#times.length) {
      const longer = new Float64Array(2 * index);
      longer.set(this.#times);
      this.#times = longer;
    }
    this.#times[index] = ms;
  }

  /** How the rows are ordered: by their times, by the word of the caller, or not at all. */
  get kind(): PartOrder {
    if (this.#rows === 0) return 'none';
    return this.#hasTimes ? 'times' : this.#timeOrdered ? 'rows' : 'none';
  }

  /** Of the newest row since the first, ms, finite; 0 without times. */
  get elapsedMs(): number {
    return Math.min(this.#last - this.#first, Number.MAX_VALUE);
  }

  /** Where the rows stand in time; undefined if they are in no order, and once their times are no longer kept. */
  order(): RowOrder | undefined {
    if (this.#hasTimes) return this.#times && orderOfTimes(this.#times.subarray(0, this.#rows));
    return this.#timeOrdered ? orderOfRows(this.#rows) : undefined;
  }

  /** Keeps no time any longer but those of the first and the newest row. */
  endRows(): void {
    this.#times = undefined;
  }
}

function notATime(index: number, time: unknown): SketchError {
  const met = time instanceof Date ? 'an invalid Date' : `a ${typeof time}`;
  return wrongTime(index, met, 'a Date or milliseconds since the epoch');
}

function wrongTime(index: number, met: string, expected: string): SketchError {
  return new SketchError('ERR_ROWS', `rows[${index}].time`, met, expected);
}
