import { dependenceOfFits, FeatureBlocks, type NumericBaseline, prepareFeature } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { Calibration } from '../../src/drift/calibration.js';
import { uniforms } from './stream.js';

const WINDOWS = [4, 15, 60];
const VALUED = 4;

const feature = prepareFeature({
  kind: 'numeric',
  name: 'x',
  id: '0123456789abcdef',
  cuts: [1, 2, 3],
  labels: ['a', 'b', 'c', 'd'],
  counts: [250, 250, 250, 250],
  missing: 5,
  invalid: 0,
  min: 0,
  max: 4,
  mean: 2,
  sd: 1,
} satisfies NumericBaseline);

/** Sub-windows of so many rows; a value stays as it is for `run` rows, and `shift` of all are in the first bin. */
function subWindows(count: number, { rows = 20, run = 1, shift = 0, seed = 1 } = {}): Uint32Array[] {
  const next = uniforms(seed);
  let row = 0;
  let cell = 0;
  return Array.from({ length: count }, () => {
    const cells = new Uint32Array(VALUED + 2);
    for (let i = 0; i < rows; i++) {
      if (row++ % run === 0) cell = next() < shift ? 0 : Math.floor(next() * VALUED);
      cells[cell]!++;
    }
    return cells;
  });
}

function taken(all: readonly ArrayLike<number>[], daySlots = 1): Calibration {
  const calibration = new Calibration(feature, WINDOWS, daySlots);
  for (const cells of all) calibration.take(cells);
  return calibration;
}

/** What blocks of so many sub-windows say by themselves. */
function blocksOf(all: readonly Uint32Array[], slots: number): FeatureBlocks {
  const blocks = new FeatureBlocks(feature);
  for (let i = 0; i + slots <= all.length; i += slots) {
    const sum = new Float64Array(VALUED + 2);
    for (const cells of all.slice(i, i + slots)) for (const [cell, count] of cells.entries()) sum[cell]! += count;
    blocks.add(sum);
  }
  return blocks;
}

const known = (calibration: Calibration) => calibration.measured.map(one => one !== undefined);
const seen = (calibration: Calibration) => WINDOWS.map((_, window) => calibration.seen(window));

describe('a calibration', () => {
  it('knows a length once twenty windows of it were seen, and ends with the longest', () => {
    const all = subWindows(1200);
    const calibration = new Calibration(feature, WINDOWS, 1);
    const expected = new Map([
      [79, [19, 5, 1]],
      [80, [20, 5, 1]],
      [299, [20, 19, 4]],
      [300, [20, 20, 5]],
      [1199, [20, 20, 19]],
      [1200, [20, 20, 20]],
    ]);
    for (const [i, cells] of all.entries()) {
      calibration.take(cells);
      const counts = expected.get(i + 1);
      if (counts === undefined) continue;
      expect(seen(calibration)).toEqual(counts);
      expect(known(calibration)).toEqual(counts.map(count => count === 20));
      expect(calibration.learns).toBe(i + 1 < 1200);
    }
    // What comes later changes nothing.
    const { measured } = calibration;
    const before = structuredClone(measured);
    for (const cells of subWindows(2000, { shift: 1 })) calibration.take(cells);
    expect(measured).toEqual(before);
  });

  it('knows no length before a whole day, unless the longest is known', () => {
    const all = subWindows(1200);
    expect(known(taken(all.slice(0, 399), 400))).toEqual([false, false, false]);
    expect(known(taken(all.slice(0, 400), 400))).toEqual([true, true, false]);
    expect(known(taken(all.slice(0, 1199), 5000))).toEqual([false, false, false]);
    expect(known(taken(all, 5000))).toEqual([true, true, true]);
  });

  it('measures what blocks of a sub-window, and of each window’s length, say, all that were seen', () => {
    const all = subWindows(1200, { run: 7 });
    const expected = (seen: number, window: number) => {
      const fits = [1, ...WINDOWS].slice(0, window + 2).map(slots => blocksOf(all.slice(0, seen), slots).fit());
      return { dependence: dependenceOfFits(fits), rows: 20 * WINDOWS[window]! };
    };
    const { measured } = taken(all);
    for (const [window, one] of measured.entries()) {
      expect(one).toEqual(expected(1200, window));
      expect(one!.dependence.lambda).toBeGreaterThan(7);
    }
    // And until then with every window: these are 150 and 40.
    const early = taken(all.slice(0, 600)).measured;
    expect(early).toEqual([expected(600, 0), expected(600, 1), undefined]);
    expect(early[0]).not.toEqual(measured[0]);
  });

  it('finds independent values independent, wherever they lie', () => {
    for (const shift of [0, 0.5, 0.9]) {
      const { measured } = taken(subWindows(1200, { shift }));
      for (const one of measured) expect(one!.dependence).toEqual({ lambda: 1, k: 1, missing: 1, other: 1 });
    }
  });

  it('takes a drift that begins meanwhile for movement', () => {
    const [calm, drifted] = [subWindows(600), subWindows(600, { shift: 0.5, seed: 2 })];
    expect(taken([...calm, ...drifted]).measured[2]!.dependence.lambda).toBeGreaterThan(20);
    expect(taken([...calm, ...drifted]).measured[0]!.dependence.lambda).toBeGreaterThan(2);
  });

  it('passes over windows without a value', () => {
    const idle = new Uint32Array(VALUED + 2);
    const calibration = taken(new Array<Uint32Array>(3000).fill(idle));
    expect(seen(calibration)).toEqual([0, 0, 0]);
    expect(known(calibration)).toEqual([false, false, false]);
    for (const cells of subWindows(1200)) calibration.take(cells);
    expect(known(calibration)).toEqual([true, true, true]);
  });

  it('gives up what it began before sub-windows were missed', () => {
    const calibration = taken(subWindows(59));
    calibration.skip();
    expect(seen(calibration)).toEqual([14, 3, 0]);
    for (const cells of subWindows(60)) calibration.take(cells);
    expect(seen(calibration)).toEqual([20, 7, 1]);
    // All is known: there is nothing left to give up.
    const done = taken(subWindows(1200));
    done.skip();
    expect(seen(done)).toEqual([20, 20, 20]);
  });

  it('of a feature that is all missing, or of one value, ends as well', () => {
    for (const cell of [VALUED, 0]) {
      const cells = new Uint32Array(VALUED + 2);
      cells[cell] = 20;
      for (const one of taken(new Array<Uint32Array>(1200).fill(cells)).measured) {
        expect(one).toMatchObject({ dependence: { lambda: 1, k: 1, missing: 1, other: 1 } });
      }
    }
  });
});
