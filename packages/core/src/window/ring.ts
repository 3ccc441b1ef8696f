/** Sub-windows of the longest window. */
export const RING_SLOTS = 60;

/*
 * The open sub-window of a monitor, and the last 60 closed ones as runs of cells:
 *
 *   open        ┌──────────┐
 *   cells, sums │ counting │  cellCount × 4 bytes, sumCount × 8: the same arrays for life, so that code can hold on to them
 *               └────┬─────┘
 *   closed slot  0   ▼          1          2                59
 *        ┌──────────┬──────────┬──────────┬─── … ┬──────────┐
 *        │ newest   │ oldest   │          │      │          │  60 × cellCount × 4 bytes, 60 × sumCount × 8
 *        └──────────┴──────────┴──────────┴─── … ┴──────────┘
 *
 * Invariants:
 *  1. Counting writes `cells`, `sums` and `flags` and nothing else.
 *  2. `total(i)` = #closedTotals[i] + cells[i]: every count since construction, exact to 2^53.
 *  3. A cell stays below 2^32: 24 minutes at 2.9 million values a second.
 */
export class Ring {
  readonly cellCount: number;
  readonly sumCount: number;
  /** Of the open sub-window. */
  readonly cells: Uint32Array;
  readonly sums: Float64Array;
  /** One cell, in which counting an input leaves what was odd of it, as bits of `sampling/reasons.ts`. */
  readonly flags = new Uint32Array(1);
  /** How often a sub-window was closed: tells what is still open from what was opened anew. */
  turns = 0;
  readonly #closed: Uint32Array;
  readonly #closedSums: Float64Array;
  readonly #closedTotals: Float64Array;
  /** Of the newest closed sub-window. */
  #slot = 0;

  constructor(cellCount: number, sumCount: number) {
    this.cellCount = cellCount;
    this.sumCount = sumCount;
    this.cells = new Uint32Array(cellCount);
    this.sums = new Float64Array(sumCount);
    this.#closed = new Uint32Array(RING_SLOTS * cellCount);
    this.#closedSums = new Float64Array(RING_SLOTS * sumCount);
    this.#closedTotals = new Float64Array(cellCount);
  }

  /** Closes the open sub-window and `steps - 1` empty ones after it. Cost: one copy and at most 60 fills of a slot. */
  advance(steps: number): void {
    const { cells, sums, cellCount } = this;
    this.turns++;
    for (let i = 0; i < cellCount; i++) this.#closedTotals[i]! += cells[i]!;
    this.#close(cells, sums);
    cells.fill(0);
    sums.fill(0);
    for (let step = Math.min(steps - 1, RING_SLOTS); step > 0; step--) this.#close(cells, sums);
  }

  #close(cells: Uint32Array, sums: Float64Array): void {
    this.#slot = (this.#slot + 1) % RING_SLOTS;
    this.#closed.set(cells, this.#slot * this.cellCount);
    this.#closedSums.set(sums, this.#slot * this.sumCount);
  }

  /** Goes on from what another ring counted in one cell. */
  carry(cell: number, total: number): void {
    this.#closedTotals[cell] = total;
  }

  /** Counts of one cell since construction. */
  total(cell: number): number {
    return this.#closedTotals[cell]! + this.cells[cell]!;
  }

  /** Counts of `count` cells over all slots, the open one included. */
  recent(cell: number, count: number): number[] {
    return sumOver(this.cells, this.#closed, this.cellCount, cell, count);
  }

  /** The same of sums. */
  recentSums(sum: number, count: number): number[] {
    return sumOver(this.sums, this.#closedSums, this.sumCount, sum, count);
  }

  /** Whether no closed sub-window counted anything. */
  get isIdle(): boolean {
    return this.#closed.every(count => count === 0);
  }

  /** Adds sub-windows `newest` … `oldest - 1` to `into` and `sumsInto`; 0 is the open one, 1 the newest closed, 60 the oldest. */
  addSlots(newest: number, oldest: number, into: Float64Array, sumsInto: Float64Array): void {
    for (let age = newest; age < oldest; age++) {
      const slot = (this.#slot - age + 1 + RING_SLOTS) % RING_SLOTS;
      addRun(age === 0 ? this.cells : this.#closed, age === 0 ? 0 : slot * this.cellCount, into, this.cellCount);
      addRun(age === 0 ? this.sums : this.#closedSums, age === 0 ? 0 : slot * this.sumCount, sumsInto, this.sumCount);
    }
  }
}

type Numbers = Uint32Array | Float64Array;

function addRun(from: Numbers, at: number, into: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) into[i]! += from[at + i]!;
}

function sumOver(open: Numbers, closed: Numbers, stride: number, first: number, count: number): number[] {
  const totals = Array.from(open.subarray(first, first + count));
  for (let at = first; at < closed.length; at += stride) {
    for (let i = 0; i < count; i++) totals[i]! += closed[at + i]!;
  }
  return totals;
}
