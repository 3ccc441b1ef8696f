/** A sampled trace in which a value fell into a bin. */
export interface DriftExample {
  readonly traceId: string;
  readonly spanId: string;
  /** When, ms since the epoch (of the caller's clock where there is one). */
  readonly atMs: number;
}

/** Traces a bin: enough to look at, and some 300 bytes. */
export const EXAMPLES_A_BIN = 3;
/** A noting reads the row once more, a microsecond or so: ten a second are nothing, and a slow service notes every sampled call. */
export const NOTINGS_A_SECOND = 10;

/**
 * Of every cell of a slot, the newest sampled traces whose values it counted, each trace once. Bounded by
 * {@link EXAMPLES_A_BIN} a cell; the cells of a call share one object. Holds ids and times, never a value.
 */
export class Examples {
  readonly #byCell = new Map<number, DriftExample[]>();
  #secondBeganMs = Number.NEGATIVE_INFINITY;
  #notings = 0;
  #lastSpanId = '';

  /**
   * Whether a call that begins now is to be noted, if it is sampled: at most {@link NOTINGS_A_SECOND} a second are. Two comparisons.
   * Asking spends nothing, so that calls which turn out not to be sampled keep no others from being noted.
   *
   * @param nowMs monotonic.
   */
  wants(nowMs: number): boolean {
    if (nowMs - this.#secondBeganMs >= 1000) {
      this.#secondBeganMs = nowMs;
      this.#notings = 0;
    }
    return this.#notings < NOTINGS_A_SECOND;
  }

  /** Notes a trace for each cell, relative to a slot's first. A call may do so several times: by row, and again for its output. */
  note(cells: readonly number[], traceId: string, spanId: string, atMs: number): void {
    // Calls that overlap may be taken for two each: then fewer are noted, never more.
    if (spanId !== this.#lastSpanId) this.#notings++;
    this.#lastSpanId = spanId;
    const example: DriftExample = Object.freeze({ traceId, spanId, atMs });
    for (const cell of cells) {
      const kept = this.#byCell.get(cell);
      if (kept === undefined) {
        this.#byCell.set(cell, [example]);
        continue;
      }
      // Three spans of one trace would show a person one case, not three.
      const same = kept.findIndex(one => one.traceId === traceId);
      if (same >= 0) kept.splice(same, 1);
      else if (kept.length === EXAMPLES_A_BIN) kept.pop();
      kept.unshift(example);
    }
  }

  /** Those of a cell, newest first, none from before `sinceMs`. */
  of(cell: number, sinceMs: number): DriftExample[] {
    return (this.#byCell.get(cell) ?? []).filter(({ atMs }) => atMs >= sinceMs);
  }

  /** Forgets all: cells mean something else from now on. */
  clear(): void {
    this.#byCell.clear();
  }
}
