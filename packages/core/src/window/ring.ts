/** Sub-windows of the longest window. */
export const RING_SLOTS = 60;

/** Before the slots: the cell in which counting an input leaves what was odd of it, as bits of `sampling/reasons.ts`. */
export const FLAGS = 0;
const FLAG_CELLS = 1;

/*
 * The last 60 closed sub-windows of a monitor and the open one, as runs of cells:
 *
 *   slot      0          1          2                60
 *        ┌──────────┬──────────┬──────────┬─── … ┬──────────┐
 *  cells │ closed   │ open ◄───┼─ oldest  │      │ closed   │  1 flag cell, then 61 × cellCount × 4 bytes
 *  sums  │          │          │          │      │          │  61 × sumCount × 8 bytes
 *        └──────────┴──────────┴──────────┴─── … ┴──────────┘
 *
 * Invariants:
 *  1. `base` and `sumBase` point at the open slot; the hot path writes nowhere else.
 *  2. `total(i)` = closedTotals[i] + the open slot's cell i: every count since construction, exact to 2^53.
 *  3. A cell of one slot stays below 2^32: 24 minutes at 2.9 million values a second.
 */
export class Ring {
  readonly cellCount: number;
  readonly sumCount: number;
  readonly cells: Uint32Array;
  readonly sums: Float64Array;
  /** First cell of the open slot. */
  base = FLAG_CELLS;
  sumBase = 0;
  /** How often a slot was closed: tells what is still open from what was opened anew. */
  turns = 0;
  readonly #closedTotals: Float64Array;
  #slot = 0;

  constructor(cellCount: number, sumCount: number) {
    this.cellCount = cellCount;
    this.sumCount = sumCount;
    this.cells = new Uint32Array(FLAG_CELLS + (RING_SLOTS + 1) * cellCount);
    this.sums = new Float64Array((RING_SLOTS + 1) * sumCount);
    this.#closedTotals = new Float64Array(cellCount);
  }

  /** Closes the open slot and `steps - 1` empty ones after it. Cost: one fill of a slot a step, at most 61. */
  advance(steps: number): void {
    const { cells, base, cellCount } = this;
    this.turns++;
    for (let i = 0; i < cellCount; i++) this.#closedTotals[i]! += cells[base + i]!;
    for (let step = Math.min(steps, RING_SLOTS + 1); step > 0; step--) this.#open((this.#slot + 1) % (RING_SLOTS + 1));
  }

  #open(slot: number): void {
    this.#slot = slot;
    this.base = this.#first(slot);
    this.sumBase = slot * this.sumCount;
    this.cells.fill(0, this.base, this.base + this.cellCount);
    this.sums.fill(0, this.sumBase, this.sumBase + this.sumCount);
  }

  /** Goes on from what another ring counted in one cell. */
  carry(cell: number, total: number): void {
    this.#closedTotals[cell] = total;
  }

  /** Counts of one cell since construction. */
  total(cell: number): number {
    return this.#closedTotals[cell]! + this.cells[this.base + cell]!;
  }

  /** Counts of `count` cells over all slots, the open one included. */
  recent(cell: number, count: number): number[] {
    const totals = new Array<number>(count).fill(0);
    for (let slot = 0; slot <= RING_SLOTS; slot++) {
      const from = this.#first(slot) + cell;
      for (let i = 0; i < count; i++) totals[i]! += this.cells[from + i]!;
    }
    return totals;
  }

  /** The same of sums. */
  recentSums(sum: number, count: number): number[] {
    const totals = new Array<number>(count).fill(0);
    for (let slot = 0; slot <= RING_SLOTS; slot++) {
      const from = slot * this.sumCount + sum;
      for (let i = 0; i < count; i++) totals[i]! += this.sums[from + i]!;
    }
    return totals;
  }

  /** Whether no closed sub-window counted anything. */
  get isIdle(): boolean {
    for (let age = 1; age <= RING_SLOTS; age++) {
      const base = this.#first(this.#slotAt(age));
      for (let i = base; i < base + this.cellCount; i++) if (this.cells[i] !== 0) return false;
    }
    return true;
  }

  #first(slot: number): number {
    return FLAG_CELLS + slot * this.cellCount;
  }

  #slotAt(age: number): number {
    return (this.#slot - age + RING_SLOTS + 1) % (RING_SLOTS + 1);
  }

  /** Adds slots `newest` … `oldest - 1` to `into` and `sumsInto`; slot 0 is the open one, 1 the newest closed. */
  addSlots(newest: number, oldest: number, into: Float64Array, sumsInto: Float64Array): void {
    for (let age = newest; age < oldest; age++) {
      const slot = this.#slotAt(age);
      const base = this.#first(slot);
      for (let i = 0; i < this.cellCount; i++) into[i]! += this.cells[base + i]!;
      const sumBase = slot * this.sumCount;
      for (let i = 0; i < this.sumCount; i++) sumsInto[i]! += this.sums[sumBase + i]!;
    }
  }
}
