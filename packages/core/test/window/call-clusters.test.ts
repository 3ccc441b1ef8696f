import { type FeatureBaseline, INDEPENDENT, prepareFeature } from '@driftspan/sketch';
import { beforeEach, describe, expect, it } from 'vitest';
import { CallClusters } from '../../src/window/call-clusters.js';
import { Ring } from '../../src/window/ring.js';
import { uniforms } from '../drift/stream.js';

const VALUED = 4;
const CELLS = VALUED + 2;

/** Four bins of 250, five values missing. */
const feature: FeatureBaseline = {
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
};

let ring: Ring;
let clusters: CallClusters;
let next: () => number;
beforeEach(() => {
  // Two features, and a cell that is nobody's.
  ring = new Ring(2 * CELLS + 1, 0);
  const prepared = prepareFeature(feature);
  clusters = new CallClusters(ring, [
    { cell: 0, prepared },
    { cell: CELLS, prepared },
  ]);
  next = uniforms(1);
});

/** Counts rows of the first feature by their cells. */
function count(cells: readonly number[], from = 0): void {
  for (const cell of cells) ring.cells[from + cell]!++;
}

function call(cells: readonly number[], from = 0): void {
  clusters.begin();
  count(cells, from);
  clusters.end();
}

const any = () => Math.floor(next() * VALUED);
const independent = (rows: number) => Array.from({ length: rows }, any);
const alike = (rows: number) => new Array<number>(rows).fill(any());

function close(): void {
  ring.advance(1);
  clusters.endGroup();
}

describe('rows of one call', () => {
  it('are independent as long as no call had two', () => {
    expect(clusters.of(0)).toEqual(INDEPENDENT);
    for (let i = 0; i < 100; i++) call([any()]);
    call([]);
    close();
    expect(clusters.of(0)).toEqual(INDEPENDENT);
  });

  it('count as one until twenty calls were seen', () => {
    for (let i = 0; i < 19; i++) call(independent(64));
    expect(clusters.of(0)).toEqual({ lambda: 64, k: 3, missing: 64, other: 64 });
    close();
    expect(clusters.of(0)).toEqual({ lambda: 64, k: 3, missing: 64, other: 64 });
    call(independent(64));
    close();
    expect(clusters.of(0).lambda).toBeLessThan(4);
  });

  it('that are independent are known to be', () => {
    for (let i = 0; i < 200; i++) call(independent(64));
    close();
    expect(clusters.of(0)).toEqual(INDEPENDENT);
  });

  it('that are alike count as one', () => {
    for (let i = 0; i < 200; i++) call(alike(64));
    close();
    const { lambda, k } = clusters.of(0);
    expect(lambda).toBeGreaterThan(64);
    expect(lambda).toBeLessThan(90);
    expect(k).toBeGreaterThan(2.3);
  });

  it('are measured by the size of their calls: a row is in a large one more often', () => {
    for (let i = 0; i < 400; i++) call(alike(i % 2 === 0 ? 2 : 62));
    close();
    // Σ n² / Σ n is 60.1.
    expect(clusters.of(0).lambda).toBeGreaterThan(60);
    expect(clusters.of(0).lambda).toBeLessThan(80);
  });

  it('whose missing values come together are told by their rate', () => {
    for (let i = 0; i < 400; i++) call(i % 20 === 0 ? new Array<number>(50).fill(VALUED) : independent(50));
    close();
    expect(clusters.of(0).lambda).toBe(1);
    expect(clusters.of(0).missing).toBeGreaterThan(45);
  });

  it('of one feature say nothing of another', () => {
    for (let i = 0; i < 50; i++) call(alike(64));
    close();
    expect(clusters.of(0).lambda).toBeGreaterThan(50);
    expect(clusters.of(1)).toEqual(INDEPENDENT);
    for (let i = 0; i < 50; i++) call(independent(8), CELLS);
    close();
    expect(clusters.of(1)).toEqual(INDEPENDENT);
  });
});

describe('calls of different times', () => {
  it('are not compared: a drift from one sub-window to the next is no likeness', () => {
    for (let slot = 0; slot < 10; slot++) {
      for (let i = 0; i < 25; i++) call(Array.from({ length: 16 }, () => (next() < slot / 10 ? 0 : any())));
      close();
    }
    expect(clusters.of(0)).toEqual(INDEPENDENT);
  });

  it('are compared where a sub-window has but one: a nightly job of a thousand rows each', () => {
    for (let night = 0; night < 19; night++) {
      call(alike(1000));
      close();
    }
    expect(clusters.of(0).lambda).toBe(1000);
    for (let night = 0; night < 41; night++) {
      call(alike(1000));
      close();
    }
    expect(clusters.of(0).lambda).toBeGreaterThan(900);
    for (let night = 0; night < 200; night++) {
      call(independent(1000), CELLS);
      close();
    }
    expect(clusters.of(1).lambda).toBeLessThan(3);
  });

  it('of which one has nearly all rows say little, so that it counts as one', () => {
    for (let i = 0; i < 200; i++) call(independent(2));
    call(independent(100_000));
    close();
    expect(clusters.of(0).lambda).toBeGreaterThan(99_000);
  });
});

describe('what was disturbed is left out', () => {
  it('rows of a call whose reader called the model are not counted twice', () => {
    for (let i = 0; i < 40; i++) {
      clusters.begin();
      count(alike(30));
      call(independent(20));
      count(alike(30));
      clusters.end();
    }
    close();
    // Only what the inner calls say is known for sure.
    expect(clusters.of(0)).toEqual(INDEPENDENT);
  });

  it.each([1, 60, 61, 62, 500])('rows of a call that %i sub-windows closed upon', steps => {
    clusters.begin();
    count(independent(500));
    ring.advance(steps);
    count(independent(3));
    clusters.end();
    expect(clusters.of(0)).toEqual(INDEPENDENT);
    for (let i = 0; i < 40; i++) call(independent(10));
    close();
    expect(clusters.of(0)).toEqual(INDEPENDENT);
  });

  it('an end without a beginning', () => {
    count(independent(50));
    clusters.end();
    expect(clusters.of(0)).toEqual(INDEPENDENT);
  });
});

describe('a call of', () => {
  it('a million rows is counted like any', () => {
    for (let i = 0; i < 20; i++) call(independent(50_000));
    close();
    expect(clusters.of(0).lambda).toBeLessThan(4);
  });

  it('values that were all missing, all of one bin, or none at all leaves no NaN', () => {
    for (let i = 0; i < 30; i++) call(new Array<number>(5).fill(VALUED));
    close();
    // Of the values nothing is known yet: the most that it can be.
    expect(clusters.of(0)).toEqual({ lambda: 5, k: 3, missing: 1, other: 1 });
    for (let i = 0; i < 30; i++) call(new Array<number>(5).fill(1), CELLS);
    close();
    expect(clusters.of(1)).toEqual({ lambda: 1, k: 1, missing: 1, other: 1 });
    const none = new CallClusters(new Ring(0, 0), []);
    none.begin();
    none.end();
    none.endGroup();
  });
});
