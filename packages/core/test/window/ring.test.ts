import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RING_SLOTS, Ring } from '../../src/window/ring.js';

const CELLS = 3;
const SUMS = 2;

/** The same ring, kept as a list of every sub-window there ever was. */
class NaiveRing {
  readonly slots: { cells: number[]; sums: number[] }[] = [{ cells: [0, 0, 0], sums: [0, 0] }];

  count(cell: number): void {
    this.slots.at(-1)!.cells[cell]!++;
  }

  add(sum: number, value: number): void {
    this.slots.at(-1)!.sums[sum]! += value;
  }

  advance(steps: number): void {
    for (let i = 0; i < steps; i++) this.slots.push({ cells: [0, 0, 0], sums: [0, 0] });
  }

  total(cell: number): number {
    return this.slots.reduce((total, { cells }) => total + cells[cell]!, 0);
  }

  /** Slots by age, the open one first; those that fell out of the ring are empty. */
  of(newest: number, oldest: number, pick: (slot: { cells: number[]; sums: number[] }) => number[]): number[][] {
    return Array.from({ length: oldest - newest }, (_, i) => {
      const slot = this.slots.at(-1 - newest - i);
      return slot === undefined ? [] : pick(slot);
    });
  }
}

const sumUp = (lists: number[][], length: number) =>
  lists.reduce(
    (total, list) => total.map((value, i) => value + (list[i] ?? 0)),
    Array.from({ length }, () => 0),
  );

type Step = { cell: number } | { sum: number; value: number } | { steps: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ cell: fc.nat(CELLS - 1) }) },
  { weight: 4, arbitrary: fc.record({ sum: fc.nat(SUMS - 1), value: fc.integer({ min: -1000, max: 1000 }) }) },
  { weight: 6, arbitrary: fc.record({ steps: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ steps: fc.integer({ min: 55, max: 200 }) }) },
);

function play(steps: readonly Step[]): { ring: Ring; naive: NaiveRing } {
  const ring = new Ring(CELLS, SUMS);
  const naive = new NaiveRing();
  for (const one of steps) {
    if ('cell' in one) {
      ring.cells[one.cell]!++;
      naive.count(one.cell);
    } else if ('sum' in one) {
      ring.sums[one.sum]! += one.value;
      naive.add(one.sum, one.value);
    } else {
      ring.advance(one.steps);
      naive.advance(one.steps);
    }
  }
  return { ring, naive };
}

describe('ring', () => {
  it('any run of slots equals the same run of a list that forgets nothing', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120 }),
        fc.nat(RING_SLOTS),
        fc.nat(RING_SLOTS + 1),
        (steps, newest, length) => {
          const oldest = Math.min(newest + length, RING_SLOTS + 1);
          const { ring, naive } = play(steps);
          const cells = new Float64Array(CELLS);
          const sums = new Float64Array(SUMS);
          ring.addSlots(newest, oldest, cells, sums);
          expect([...cells]).toEqual(
            sumUp(
              naive.of(newest, oldest, slot => slot.cells),
              CELLS,
            ),
          );
          expect([...sums]).toEqual(
            sumUp(
              naive.of(newest, oldest, slot => slot.sums),
              SUMS,
            ),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('totals count everything since construction, whatever fell out of the ring', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const { ring, naive } = play(steps);
        for (let cell = 0; cell < CELLS; cell++) expect(ring.total(cell)).toBe(naive.total(cell));
      }),
      { numRuns: 300 },
    );
  });

  it('recent counts are those of the open slot and the 60 before it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const { ring, naive } = play(steps);
        const expected = sumUp(
          naive.of(0, RING_SLOTS + 1, slot => slot.cells),
          CELLS,
        );
        expect(ring.recent(0, CELLS)).toEqual(expected);
        expect(ring.recent(1, 2)).toEqual(expected.slice(1));
      }),
      { numRuns: 300 },
    );
  });

  it('is idle while none of the 60 closed slots counted anything, whatever the open one did', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const { ring, naive } = play(steps);
        const closed = naive.of(1, RING_SLOTS + 1, slot => slot.cells).flat();
        expect(ring.isIdle).toBe(closed.every(count => count === 0));
      }),
      { numRuns: 300 },
    );
    const { ring } = play([{ cell: 1 }]);
    expect(ring.isIdle).toBe(true);
    ring.advance(RING_SLOTS);
    expect(ring.isIdle).toBe(false);
    ring.advance(1);
    expect(ring.isIdle).toBe(true);
  });

  it('knows what was opened anew from what stayed open, though it is in the same place', () => {
    const ring = new Ring(CELLS, SUMS);
    const { cells, turns } = ring;
    ring.advance(RING_SLOTS + 1);
    expect(ring.cells).toBe(cells);
    expect(ring.turns).not.toBe(turns);
  });

  it('addSlots adds to what is there already', () => {
    const { ring } = play([{ cell: 0 }, { steps: 1 }, { cell: 0 }, { sum: 1, value: 5 }]);
    const cells = new Float64Array([10, 20, 30]);
    const sums = new Float64Array([1, 2]);
    ring.addSlots(0, 2, cells, sums);
    expect([...cells, ...sums]).toEqual([12, 20, 30, 1, 7]);
  });

  it.each([1, 59, 60, 61, 62, 63, 1000, 1e9])(
    'after %i sub-windows at once only what is younger than 61 is left',
    steps => {
      const { ring } = play([{ cell: 2 }]);
      ring.advance(steps);
      expect(ring.recent(2, 1)).toEqual([steps <= RING_SLOTS ? 1 : 0]);
      expect(ring.total(2)).toBe(1);
      const cells = new Float64Array(CELLS);
      ring.addSlots(0, RING_SLOTS + 1, cells, new Float64Array(SUMS));
      expect(cells[2]).toBe(steps <= RING_SLOTS ? 1 : 0);
    },
  );

  it('a total goes on exactly above 2^32, slot after slot', () => {
    const ring = new Ring(1, 0);
    let exact = 0;
    for (let turn = 0; turn < 5; turn++) {
      ring.cells[0] = 2 ** 32 - 1;
      exact += 2 ** 32 - 1;
      ring.advance(1);
    }
    ring.cells[0] = 3;
    expect(ring.total(0)).toBe(exact + 3);
  });

  it('counting never touches a closed slot', () => {
    const ring = new Ring(CELLS, SUMS);
    for (let turn = 0; turn < 3 * (RING_SLOTS + 1); turn++) {
      const closed = () => {
        const counts = new Float64Array(CELLS);
        ring.addSlots(1, RING_SLOTS + 1, counts, new Float64Array(SUMS));
        return counts;
      };
      const before = closed();
      for (let cell = 0; cell < CELLS; cell++) ring.cells[cell]!++;
      expect(closed()).toEqual(before);
      ring.advance(1);
      expect([...ring.cells]).toEqual([0, 0, 0]);
    }
  });
});
