import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { GOLDEN_SKETCHES } from './kll-streams.js';

// A new version of the layout gets files of its own; these stay, and stay readable.
const file = (name: string) => new Uint8Array(readFileSync(new URL(`kll.v1.${name}.bin`, import.meta.url)));

describe.each(Object.entries(GOLDEN_SKETCHES))('the version 1 file "%s"', (name, make) => {
  it('is read, and written again byte for byte', () => {
    expect(KllSketch.fromBytes(file(name)).toBytes()).toEqual(file(name));
  });

  it('is what the same stream still gives', () => {
    expect(make().toBytes()).toEqual(file(name));
  });
});

it('the version 1 files hold these', () => {
  const told = Object.keys(GOLDEN_SKETCHES).map(name => {
    const { k, count, isExact, retained } = KllSketch.fromBytes(file(name));
    return [name, k, count, isExact, retained];
  });
  expect(told).toEqual([
    ['empty', 8192, 0, true, 0],
    ['exact', 64, 99, true, 99],
    ['compacted', 64, 49_761, false, 891],
    ['merged', 64, 59_717, false, 935],
  ]);
});
