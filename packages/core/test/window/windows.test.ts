import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Faults } from '../../src/faults.js';
import { RING_SLOTS, Ring } from '../../src/window/ring.js';
import { Windows } from '../../src/window/windows.js';

const SUB_MS = 60_000;
const EPOCH = Date.UTC(2013, 0, 1);

function windowsOn(clock: () => number, windowMs = RING_SLOTS * SUB_MS) {
  const ring = new Ring(1, 1);
  const faults = new Faults('test');
  const windows = new Windows(ring, windowMs, clock, faults);
  const count = () => {
    ring.cells[0]!++;
  };
  /** Counts by age, the open slot first. */
  const slots = (upTo = RING_SLOTS + 1) =>
    Array.from({ length: upTo }, (_, age) => {
      const into = new Float64Array(1);
      ring.addSlots(age, age + 1, into, new Float64Array(1));
      return into[0]!;
    });
  return { ring, faults, windows, count, slots };
}

function onTestClock(startMs = EPOCH + SUB_MS / 2) {
  const time = { now: startMs as unknown };
  const parts = windowsOn(() => {
    if (time.now instanceof Error) throw time.now;
    return time.now as number;
  });
  return { time, ...parts };
}

describe('windows', () => {
  it('sub-window i is [i × length, (i + 1) × length) of the clock, whenever construction was', () => {
    fc.assert(
      fc.property(fc.nat(10 * SUB_MS), fc.integer({ min: 1, max: 70 * SUB_MS }), (start, later) => {
        const { time, windows, count, slots } = onTestClock(EPOCH + start);
        expect(windows.openStartMs).toBe(Math.floor((EPOCH + start) / SUB_MS) * SUB_MS);
        count();
        time.now = EPOCH + start + later;
        windows.settle();
        const turned = Math.floor((EPOCH + start + later) / SUB_MS) - Math.floor((EPOCH + start) / SUB_MS);
        expect(slots()[turned] ?? 0).toBe(turned <= RING_SLOTS ? 1 : 0);
        expect(windows.openStartMs).toBe(Math.floor((EPOCH + start + later) / SUB_MS) * SUB_MS);
      }),
    );
  });

  it('a sub-window closes at its last millisecond and not before', () => {
    const { time, windows } = onTestClock(EPOCH);
    const open = windows.openIndex;
    time.now = EPOCH + SUB_MS - 1;
    windows.settle();
    expect(windows.openIndex).toBe(open);
    time.now = EPOCH + SUB_MS;
    windows.settle();
    expect(windows.openIndex).toBe(open + 1);
  });

  it('two processes that start apart turn together', () => {
    const a = onTestClock(EPOCH + 1);
    const b = onTestClock(EPOCH + SUB_MS - 1);
    expect(a.windows.openIndex).toBe(b.windows.openIndex);
    a.time.now = EPOCH + SUB_MS;
    b.time.now = EPOCH + SUB_MS;
    a.windows.settle();
    b.windows.settle();
    expect(a.windows.openIndex).toBe(b.windows.openIndex);
    expect(a.windows.openStartMs).toBe(b.windows.openStartMs);
  });

  it('a clock that goes back by less than a sub-window makes the open one longer', () => {
    const { time, windows, count, slots, faults } = onTestClock(EPOCH);
    count();
    time.now = EPOCH + SUB_MS + 10;
    windows.settle();
    count();
    time.now = EPOCH + SUB_MS - 1000;
    windows.settle();
    count();
    time.now = EPOCH + 2 * SUB_MS - 1;
    windows.settle();
    count();
    expect(slots(3)).toEqual([3, 1, 0]);
    time.now = EPOCH + 2 * SUB_MS;
    windows.settle();
    expect(slots(3)).toEqual([0, 3, 1]);
    expect([...faults.counts]).toEqual([]);
  });

  it('a clock that goes back by hours is counted once, and the turning goes on from where it was', () => {
    const { time, windows, count, slots, faults } = onTestClock(EPOCH + 10_000);
    count();
    const open = windows.openIndex;
    const hour = 3_600_000;
    time.now = EPOCH + 10_000 - 5 * hour;
    windows.settle();
    windows.settle();
    count();
    expect(faults.counts.get('clock_backwards')).toBe(1);
    expect(windows.openIndex).toBe(open);
    expect(windows.openStartMs).toBe(EPOCH - 5 * hour);
    time.now = EPOCH + SUB_MS - 5 * hour - 1;
    windows.settle();
    expect(windows.openIndex).toBe(open);
    time.now = EPOCH + SUB_MS - 5 * hour;
    windows.settle();
    expect(windows.openIndex).toBe(open + 1);
    expect(slots(2)).toEqual([0, 2]);
    expect(faults.counts.get('clock_backwards')).toBe(1);
  });

  it('a clock that goes back by a few sub-windows does not hold up the turning until it has caught up', () => {
    const { time, windows, count, slots, faults } = onTestClock(EPOCH + 10 * SUB_MS);
    time.now = EPOCH + 7 * SUB_MS;
    windows.settle();
    count();
    for (let minute = 8; minute <= 10; minute++) {
      time.now = EPOCH + minute * SUB_MS;
      windows.settle();
    }
    expect(slots(4)).toEqual([0, 0, 0, 1]);
    expect(faults.counts.get('clock_backwards')).toBe(1);
  });

  it('a clock that goes forward by days leaves nothing of the window but all of the totals', () => {
    const { time, windows, count, slots, ring } = onTestClock();
    count();
    time.now = EPOCH + 40 * 86_400_000;
    windows.settle();
    expect(slots()).toEqual(new Array(RING_SLOTS + 1).fill(0));
    expect(ring.total(0)).toBe(1);
    expect(windows.openStartMs).toBe(EPOCH + 40 * 86_400_000);
  });

  it('a clock that goes forward by days and back again keeps turning', () => {
    const { time, windows, count, slots } = onTestClock(EPOCH);
    time.now = EPOCH + 3 * 86_400_000;
    windows.settle();
    time.now = EPOCH + 5000;
    windows.settle();
    count();
    for (let i = 1; i <= 3; i++) {
      time.now = EPOCH + i * SUB_MS;
      windows.settle();
    }
    expect(slots(4)).toEqual([0, 0, 0, 1]);
    expect(windows.openStartMs).toBe(EPOCH + 3 * SUB_MS);
  });

  it.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a text', '2013-01-01'],
    ['a Date', new Date(EPOCH)],
    ['undefined', undefined],
    ['a throw', new Error('no clock')],
  ])('a clock that gives %s is counted at every asking, and turns nothing', (_, value) => {
    const { time, windows, count, slots, faults } = onTestClock();
    const open = windows.openIndex;
    count();
    time.now = value;
    windows.settle();
    windows.settle();
    expect(faults.counts.get('clock_invalid')).toBe(2);
    expect(windows.openIndex).toBe(open);
    expect(slots(1)).toEqual([1]);
    time.now = EPOCH + SUB_MS;
    windows.settle();
    expect(slots(2)).toEqual([0, 1]);
  });

  it('a clock that throws at construction is no error, and turns once it works', () => {
    const { time, windows, ring, count } = (() => {
      const time: { now: unknown } = { now: new Error('not yet') };
      const parts = windowsOn(() => {
        if (time.now instanceof Error) throw time.now;
        return time.now as number;
      });
      return { time, ...parts };
    })();
    count();
    time.now = EPOCH;
    windows.settle();
    expect(windows.openStartMs).toBe(EPOCH);
    expect(ring.total(0)).toBe(1);
  });

  it('whatever the clock does, the open index never goes back and every count stays in the totals', () => {
    const jump = fc.oneof(
      fc.integer({ min: -3 * SUB_MS, max: 3 * SUB_MS }),
      fc.integer({ min: -100 * SUB_MS, max: 100 * SUB_MS }),
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 80 }), jumps => {
        const { time, windows, count, ring } = onTestClock();
        let now = time.now as number;
        let before = windows.openIndex;
        for (const by of jumps) {
          if (Number.isFinite(by)) now += by;
          time.now = Number.isFinite(by) ? now : by;
          windows.settle();
          expect(windows.openIndex).toBeGreaterThanOrEqual(before);
          // Phase is kept: the open sub-window starts at a multiple of its length, and no further off than it is long.
          expect(windows.openStartMs % SUB_MS).toBe(0);
          before = windows.openIndex;
          count();
        }
        expect(ring.total(0)).toBe(jumps.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('windows on the real clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('the next turn is asked for at the end of the open sub-window', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: EPOCH + 15_000 });
    const before = performance.now();
    const windows = new Windows(new Ring(1, 1), RING_SLOTS * SUB_MS, undefined, new Faults('test'));
    const after = performance.now();
    expect(windows.turnAtMs).toBeGreaterThanOrEqual(before + SUB_MS - 15_000 - 1);
    expect(windows.turnAtMs).toBeLessThanOrEqual(after + SUB_MS - 15_000 + 1);
  });

  it('a wall clock that was set back by less than a sub-window turns at the end of the longer one', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: EPOCH + SUB_MS + 1000 });
    const windows = new Windows(new Ring(1, 1), RING_SLOTS * SUB_MS, undefined, new Faults('test'));
    const open = windows.openIndex;
    vi.setSystemTime(EPOCH + SUB_MS - 20_000);
    windows.settle();
    expect(windows.openIndex).toBe(open);
    expect(windows.turnAtMs - performance.now()).toBeGreaterThan(SUB_MS);
    vi.setSystemTime(EPOCH + 2 * SUB_MS);
    windows.settle();
    expect(windows.openIndex).toBe(open + 1);
  });

  it('with a clock of the caller every call asks it; without one none does before the turn', () => {
    const own = windowsOn(() => EPOCH);
    expect(own.windows.turnAtMs).toBe(Number.NEGATIVE_INFINITY);
    const real = new Windows(new Ring(1, 1), 90 * 86_400_000, undefined, new Faults('test'));
    expect(real.turnAtMs).toBeGreaterThan(performance.now());
  });
});
