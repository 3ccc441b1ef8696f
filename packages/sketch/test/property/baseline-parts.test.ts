import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  categorical,
  defineModel,
  learnBaseline,
  mergeBaselineParts,
  numeric,
  parseBaseline,
  SketchError,
  stringifyBaseline,
  type TrainingRow,
} from '../../src/index.js';
import { BaselineLearner } from '../../src/learning/learner.js';
import { contentsAt, headerOf, partOf, withHeader } from '../parts/part-files.js';

interface Input {
  readonly n: unknown;
  readonly c: unknown;
}
const MODEL = defineModel<Input>({
  name: 'm',
  version: '1',
  features: {
    n: numeric({ select: row => row.n as number }),
    c: categorical({ select: row => row.c as string, limit: 5 }),
  },
});
const number = fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.bigInt());
const odd = fc.constantFrom(null, undefined, '', '7', {}, -0, Number.NaN, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324);
const input = fc.record({
  n: fc.oneof(number, odd),
  c: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', 'b', 'c', '\ud800'), number, odd),
});
const output = fc.option(fc.record({ label: fc.constantFrom('x', 'y', null, true), value: fc.double() }), {
  nil: undefined,
});
/** A few different rows, repeated to make a thousand and a bit: ties, atoms and rare values. */
const rowSets: fc.Arbitrary<TrainingRow<Input>[]> = fc
  .tuple(fc.array(fc.record({ input, output }), { minLength: 1, maxLength: 120 }), fc.integer({ min: 0, max: 99 }))
  .map(([some, more]) => Array.from({ length: 1000 + more }, (_, i) => some[(i * 7) % some.length]!));
/** Where rows are cut into parts; equal ones leave a part empty. */
const splits = fc.array(fc.nat(1100), { maxLength: 6 }).map(ends => ends.sort((a, b) => a - b));

function split<T>(rows: readonly T[], ends: readonly number[]): T[][] {
  return [0, ...ends].map((from, i) => rows.slice(from, ends[i] ?? rows.length));
}

it('parts of any rows, split anywhere and turned around, merge to the baseline of all, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, splits, fc.boolean(), async (rows, ends, turned) => {
      const parts = split(rows, ends).map(some => partOf(MODEL, some));
      const text = stringifyBaseline(await learnBaseline(MODEL, rows));
      expect(stringifyBaseline(mergeBaselineParts(MODEL, turned ? parts.reverse() : parts))).toBe(text);
    }),
  );
});

it('a stream that kept any number of rows gives the baseline of all while its sketches are exact', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, fc.nat(1200), async (rows, exactRows) => {
      const learner = new BaselineLearner(MODEL, {}, { exactRows, k: 8192 });
      for (const row of rows) learner.add(row);
      expect(stringifyBaseline(learner.finish())).toBe(stringifyBaseline(await learnBaseline(MODEL, rows)));
    }),
  );
});

it('with values lost, counts still add up, those outside of the bins are exact, and the file can be read', () => {
  fc.assert(
    fc.property(rowSets, splits, fc.nat(1200), (some, ends, exactRows) => {
      const rows = [...some, ...some, ...some];
      const parts = split(rows, ends).map(part => partOf(MODEL, part, { k: 64, exactRows, timeOrdered: true }));
      const merged = mergeBaselineParts(MODEL, parts);
      const learner = new BaselineLearner(MODEL, {});
      for (const row of rows) learner.add(row);
      const exact = learner.finish();
      expect([merged.rows, merged.outputs.map(({ name }) => name)]).toEqual([
        rows.length,
        exact.outputs.map(({ name }) => name),
      ]);
      for (const [i, feature] of [...merged.features, ...merged.outputs].entries()) {
        const other = [...exact.features, ...exact.outputs][i]!;
        expect(baselineCells(feature).reduce((a, b) => a + b)).toBe(rows.length);
        expect([feature.missing, feature.invalid]).toEqual([other.missing, other.invalid]);
        if (feature.kind === 'categorical')
          expect([feature.categories, feature.counts]).toEqual([(other as typeof feature).categories, other.counts]);
        else expect([feature.min, feature.max]).toEqual([(other as typeof feature).min, (other as typeof feature).max]);
      }
      expect(parseBaseline(stringifyBaseline(merged))).toEqual(merged);
    }),
  );
});

const SAMPLES = [
  partOf(MODEL, []),
  partOf(MODEL, numbered(1200)),
  partOf(MODEL, numbered(1200, 60_000)),
  partOf(MODEL, numbered(1200, 60_000), { k: 64, exactRows: 500 }),
];

function numbered(length: number, stepMs?: number): TrainingRow<Input>[] {
  return Array.from({ length }, (_, i) => ({
    input: { n: i % 40 === 0 ? null : Math.floor(i / 7) * 1.5, c: 'abc'.charAt(i % 5) },
    output: { label: i % 2 },
    ...(stepMs === undefined ? {} : { time: i * stepMs }),
  }));
}

/** The baseline, or undefined if the part is refused as it should be; any other error comes through. */
function readOrRefused(bytes: Uint8Array): Baseline | undefined {
  try {
    return mergeBaselineParts(MODEL, [bytes, SAMPLES[2]!]);
  } catch (error) {
    // Names and kinds may have changed and still be such.
    const codes = ['ERR_PART_BYTES', 'ERR_BASELINE_MODEL', 'ERR_BASELINE_TRANSFORMS', 'ERR_BASELINE_FEATURE'];
    if (error instanceof SketchError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

const sample = fc.constantFrom(...SAMPLES);

it('bytes changed anywhere are refused, or read as what they say', () => {
  const change = fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) });
  const areas = fc.constantFrom('all', 'header', 'contents');
  fc.assert(
    fc.property(sample, fc.array(change, { minLength: 1, maxLength: 3 }), areas, (part, changes, area) => {
      const bytes = part.slice();
      const [from, to] =
        area === 'contents' ? [contentsAt(part), part.length] : [0, area === 'all' ? part.length : contentsAt(part)];
      for (const { at, bits } of changes) bytes[from + (at % (to - from))]! ^= bits;
      const baseline = readOrRefused(bytes);
      if (baseline !== undefined) expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    }),
    { numRuns: 1000 },
  );
});

it('bytes cut off or gone on are refused', () => {
  fc.assert(
    fc.property(sample, fc.nat(), fc.uint8Array({ minLength: 1 }), (part, at, more) => {
      expect(readOrRefused(part.subarray(0, at % part.length))).toBeUndefined();
      expect(readOrRefused(Uint8Array.of(...part, ...more))).toBeUndefined();
    }),
  );
});

it('a header with any field changed to anything is refused, or read as what it says', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -1, 1, 1e300, 2 ** 53, 'numeric', 'categorical', 'times', 'rows', 'none', null, [], {}),
  );
  fc.assert(
    fc.property(sample, fc.nat(), value, fc.boolean(), (part, which, other, remove) => {
      const header = headerOf(part);
      const places: [owner: Record<string, unknown>, key: string][] = [];
      const visit = (owner: Record<string, unknown>) => {
        for (const [key, item] of Object.entries(owner)) {
          places.push([owner, key]);
          if (typeof item === 'object' && item !== null) visit(item as Record<string, unknown>);
        }
      };
      visit(header);
      const [owner, key] = places[which % places.length]!;
      if (remove) delete owner[key];
      else owner[key] = other;
      const baseline = readOrRefused(withHeader(part, header));
      if (baseline !== undefined) expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    }),
    { numRuns: 1000 },
  );
});
