import { describe, expect, it } from 'vitest';
import { MAX_KLL_K } from '../../src/quantile/kll-capacity.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { range, shuffled } from '../generated-rows.js';
import { refusal } from '../refusal.js';

function sketchOf(values: ArrayLike<number>, k = 64): KllSketch {
  const sketch = new KllSketch({ k });
  sketch.addMany(values);
  return sketch;
}

const VALUES = shuffled(range(20_000, -10_000), 1);
/** Five levels; the first value of level 0 stands at 80. */
const COMPACTED = sketchOf(VALUES.slice(0, 6000)).toBytes();
/** One level; its values, 1 … 4, stand from 48. */
const EXACT = sketchOf([4, 2, 3, 1]).toBytes();
const EMPTY = sketchOf([]).toBytes();

describe('bytes', () => {
  it('read back are the sketch that was written', () => {
    for (const sketch of [sketchOf([]), sketchOf([4, 2, 3, 1]), sketchOf(VALUES), sketchOf(VALUES, 1000)]) {
      const back = KllSketch.fromBytes(sketch.toBytes());
      expect([back.k, back.count, back.min, back.max]).toEqual([sketch.k, sketch.count, sketch.min, sketch.max]);
      expect([back.retained, back.isExact]).toEqual([sketch.retained, sketch.isExact]);
      expect(back.weightedValues()).toEqual(sketch.weightedValues());
      expect(back.toBytes()).toEqual(sketch.toBytes());
    }
  });

  it('read back go on as if they had never been written', () => {
    let sketch = new KllSketch({ k: 64 });
    for (let i = 0; i < VALUES.length; i += 777) {
      sketch.addMany(VALUES.slice(i, i + 777));
      sketch = KllSketch.fromBytes(sketch.toBytes());
    }
    expect(sketch.toBytes()).toEqual(sketchOf(VALUES).toBytes());
  });

  it('are read from the middle of a buffer, at an odd place too', () => {
    const buffer = new Uint8Array(COMPACTED.length + 20).fill(255);
    buffer.set(COMPACTED, 7);
    const inside = buffer.subarray(7, 7 + COMPACTED.length);
    expect(KllSketch.fromBytes(inside).toBytes()).toEqual(COMPACTED);
    expect(KllSketch.fromBytes(Buffer.from(COMPACTED)).toBytes()).toEqual(COMPACTED);
  });

  it('are not held on to', () => {
    const bytes = COMPACTED.slice();
    const sketch = KllSketch.fromBytes(bytes);
    bytes.fill(0);
    expect(sketch.toBytes()).toEqual(COMPACTED);
  });

  it('are 48 of an empty sketch and 8 more for every value and further level', () => {
    expect(EMPTY).toHaveLength(48);
    expect(EXACT).toHaveLength(48 + 8 * 4);
    expect(COMPACTED).toHaveLength(40 + 8 * COMPACTED[6]! + 8 * KllSketch.fromBytes(COMPACTED).retained);
  });
});

interface Corruption {
  readonly what: string;
  readonly where: string;
  readonly bytes: unknown;
}

function spoilt(what: string, where: string, source: Uint8Array, spoil: (view: DataView) => void): Corruption {
  const bytes = source.slice();
  spoil(new DataView(bytes.buffer));
  return { what, where, bytes };
}

const u32 = (at: number, value: number) => (view: DataView) => view.setUint32(at, value, true);
const f64 = (at: number, value: number) => (view: DataView) => view.setFloat64(at, value, true);
const u8 = (at: number, value: number) => (view: DataView) => view.setUint8(at, value);

const CORRUPTIONS: readonly Corruption[] = [
  { what: 'text', where: 'bytes', bytes: 'DKLL' },
  { what: 'null', where: 'bytes', bytes: null },
  { what: 'other arrays', where: 'bytes', bytes: [...EXACT] },
  { what: 'a view of another kind', where: 'bytes', bytes: new DataView(EXACT.buffer) },
  { what: 'nothing', where: 'bytes', bytes: new Uint8Array(0) },
  { what: 'half a header', where: 'bytes', bytes: EXACT.slice(0, 20) },
  { what: 'a header alone', where: 'bytes', bytes: EXACT.slice(0, 40) },
  { what: 'a byte too few', where: 'bytes', bytes: EXACT.slice(0, -1) },
  { what: 'a value too few', where: 'bytes', bytes: EXACT.slice(0, -8) },
  { what: 'a byte too many', where: 'bytes', bytes: Uint8Array.of(...EXACT, 0) },
  { what: 'sizes cut off', where: 'bytes', bytes: COMPACTED.slice(0, 56) },
  spoilt('another magic', 'magic', EXACT, u8(0, 0x58)),
  spoilt('a later version', 'version', EXACT, u8(4, 2)),
  spoilt('version 0', 'version', EXACT, u8(4, 0)),
  spoilt('an unknown flag', 'flags', EXACT, u8(5, 1)),
  spoilt('padding that is filled', 'padding', EXACT, u8(7, 1)),
  spoilt('no level', 'levels', EXACT, u8(6, 0)),
  spoilt('54 levels', 'levels', EXACT, u8(6, 54)),
  spoilt('a level more than there is', 'owed[1]', EXACT, u8(6, 2)),
  spoilt('k = 63', 'k', EXACT, u32(8, 63)),
  spoilt('k = 65,537', 'k', EXACT, u32(8, MAX_KLL_K + 1)),
  spoilt('more values than k allows', 'sizes', EXACT, u32(40, 2000)),
  spoilt('four billion values', 'sizes', EXACT, view => {
    view.setUint32(8, MAX_KLL_K, true);
    view.setUint32(40, 2 ** 32 - 1, true);
  }),
  spoilt('as many values as the largest k allows', 'bytes', EXACT, view => {
    view.setUint32(8, MAX_KLL_K, true);
    view.setUint32(40, 190_000, true);
  }),
  spoilt('a coin of three sides', 'owed[0]', EXACT, u32(44, 3)),
  spoilt('a count too high', 'count', EXACT, f64(16, 5)),
  spoilt('a count too low', 'count', COMPACTED, f64(16, 5999)),
  spoilt('a negative count', 'count', EXACT, f64(16, -4)),
  spoilt('a fractional count', 'count', EXACT, f64(16, 4.5)),
  spoilt('a count of NaN', 'count', EXACT, f64(16, Number.NaN)),
  spoilt('an infinite count', 'count', EXACT, f64(16, Number.POSITIVE_INFINITY)),
  spoilt('a count beyond 2^52', 'count', EXACT, f64(16, 2 ** 53)),
  spoilt('a count of -0', 'count', EMPTY, f64(16, -0)),
  spoilt('an empty sketch with a min', 'min and max', EMPTY, f64(24, -1)),
  spoilt('an empty sketch with a max of -0', 'min and max', EMPTY, f64(32, -0)),
  spoilt('a min of NaN', 'min and max', EXACT, f64(24, Number.NaN)),
  spoilt('an infinite max', 'min and max', COMPACTED, f64(32, Number.POSITIVE_INFINITY)),
  spoilt('a min over max', 'min and max', COMPACTED, f64(24, 20_000)),
  spoilt('a min that an exact sketch has not', 'min and max', EXACT, f64(24, 0)),
  spoilt('a max that an exact sketch has not', 'min and max', EXACT, f64(32, 5)),
  spoilt('a min over a value', 'levels[0][0]', EXACT, f64(24, 1.5)),
  spoilt('a max under a value', 'levels[0][3]', EXACT, f64(32, 3.5)),
  spoilt('values that fall', 'levels[0][2]', EXACT, f64(48 + 8, 3.5)),
  spoilt('a value of NaN', 'levels[0][1]', EXACT, f64(48 + 8, Number.NaN)),
  spoilt('an infinite value', 'levels[0][3]', EXACT, f64(48 + 24, Number.POSITIVE_INFINITY)),
  spoilt('a value of -0', 'levels[0][0]', sketchOf([0, 1]).toBytes(), f64(48, -0)),
  spoilt('a min of -0', 'min and max', sketchOf([0, 1]).toBytes(), f64(24, -0)),
  spoilt(
    'a top level without values',
    'sizes[1]',
    Uint8Array.of(...EXACT.slice(0, 48), ...range(8).map(() => 0), ...EXACT.slice(48)),
    u8(6, 2),
  ),
];

describe('bytes are refused', () => {
  it.each(CORRUPTIONS)('with $what, at $where', ({ where, bytes }) => {
    const error = refusal('ERR_SKETCH_BYTES', () => KllSketch.fromBytes(bytes as Uint8Array));
    expect(error.where).toBe(where);
  });

  it('without telling a value', () => {
    const secret = spoilt('', '', EXACT, f64(48 + 8, 123_456.789)).bytes as Uint8Array;
    expect(refusal('ERR_SKETCH_BYTES', () => KllSketch.fromBytes(secret)).message).not.toMatch(/123|456/);
  });
});
