import { describe, expect, it } from 'vitest';
import { categorical, defineModel, mergeBaselineParts, numeric } from '../../src/index.js';
import { range } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { contentsAt, HEADER_AT, headerOf, partOf, withHeader } from './part-files.js';

const MODEL = defineModel<{ x: number | null; y: number; c: string }>({
  name: 'secret plans',
  version: '1',
  transforms: '3',
  features: { x: numeric(), y: numeric(), c: categorical() },
});
const TEXTS = ['private', 'personal', 'zażółć'];
const rows = range(1500).map(i => ({
  input: { x: i % 10 === 0 ? null : 77_777_000 + i, y: (i * 7919) % 1500, c: TEXTS[i % 3]! },
  output: { label: i % 2 },
  time: i * 60_000,
}));
/** Every value is kept, so no moments are told. */
const PART = partOf(MODEL, rows, { k: 512 });
/** Values are lost. */
const COMPACTED = partOf(MODEL, rows, { k: 64 });
const NUMBERS = headerOf(PART).features[0].bytes + headerOf(PART).features[1].bytes;

// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
type Header = any;
interface Corruption {
  readonly what: string;
  readonly where: string;
  readonly bytes: unknown;
}

const header = (what: string, where: string, spoil: (header: Header) => unknown, part = PART): Corruption => {
  const spoilt = headerOf(part);
  spoil(spoilt);
  return { what, where, bytes: withHeader(part, spoilt) };
};

const text = (what: string, where: string, header: string): Corruption => ({
  what,
  where,
  bytes: withHeader(PART, header),
});

/** Writes into a copy of the part, or of what follows its header. */
const bytes = (what: string, where: string, spoil: (view: DataView) => unknown, from = 0): Corruption => {
  const copy = PART.slice();
  spoil(new DataView(copy.buffer, from));
  return { what, where, bytes: copy };
};
const CONTENTS = contentsAt(PART);
/** Where the categories stand: N, then the counts of three, then the lengths of their texts, then the texts. */
const CATEGORIES = CONTENTS + NUMBERS;

const CORRUPTIONS: readonly Corruption[] = [
  { what: 'text', where: 'bytes', bytes: 'DPRT' },
  { what: 'nothing', where: 'bytes', bytes: undefined },
  { what: 'other arrays', where: 'bytes', bytes: [...PART.subarray(0, 100)] },
  { what: 'no byte', where: 'bytes', bytes: new Uint8Array(0) },
  { what: 'half a prefix', where: 'bytes', bytes: PART.slice(0, 11) },
  { what: 'half a header', where: 'bytes', bytes: PART.slice(0, 200) },
  { what: 'a header alone', where: 'bytes', bytes: PART.slice(0, CONTENTS) },
  { what: 'a byte too few', where: 'bytes', bytes: PART.slice(0, -1) },
  { what: 'a byte too many', where: 'bytes', bytes: Uint8Array.of(...PART, 0) },
  bytes('another magic', 'magic', view => view.setUint8(0, 0x58)),
  bytes('a later version', 'version', view => view.setUint8(4, 2)),
  bytes('padding that is filled', 'padding', view => view.setUint8(5, 1)),
  bytes('padding that is filled at its end', 'padding', view => view.setUint8(7, 1)),
  bytes('a header of four billion bytes', 'header', view => view.setUint32(8, 2 ** 32 - 1, true)),
  bytes('a header longer than all', 'bytes', view => view.setUint32(8, PART.length, true)),
  bytes('a header that is no UTF-8', 'header', view => view.setUint8(HEADER_AT + 3, 0xff)),
  text('a header that is no JSON', 'header', '{"schema": "secret'),
  text('an empty header', 'header', ' '),
  text('a byte order mark', 'header', `\ufeff${JSON.stringify(headerOf(PART))}`),
  text('a header that is an array', 'header', '[]'),
  text('a header nested a million deep', 'header', `${'['.repeat(1e6)}${']'.repeat(1e6)}`),
  header('a field that has no meaning', 'header', h => (h.note = 1)),
  text('__proto__', 'header', `{"__proto__": {}, ${JSON.stringify(headerOf(PART)).slice(1)}`),
  header('no schema', 'schema', h => delete h.schema),
  header('another schema', 'schema', h => (h.schema = 'driftspan.part/v2')),
  header('no model', 'model', h => delete h.model),
  header('a model without a name', 'model.name', h => delete h.model.name),
  header('a version that is a number', 'model.version', h => (h.model.version = 1)),
  header('transforms that are null', 'model.transforms', h => (h.model.transforms = null)),
  header('rows that are no number', 'rows', h => (h.rows = '1500')),
  header('rows beyond 2^52', 'rows', h => (h.rows = 2 ** 52 + 1)),
  header('rows that no column has', 'features[0]', h => h.rows++),
  header('an order that is none', 'order', h => (h.order = 'time')),
  header('block lengths of rows without order', 'dependence', h => (h.order = 'none')),
  header('block lengths that fall', 'dependence.blockMs[1]', h => h.dependence.blockMs.reverse()),
  header('a dependence of a feature without block lengths', 'features[0].dependence', h => delete h.dependence),
  header('no λ', 'features[0].dependence.lambda', h => delete h.features[0].dependence.lambda),
  header('a λ too few', 'features[0].dependence.lambda', h => h.features[0].dependence.lambda.pop()),
  header('a λ under 1', 'features[0].dependence.lambda[0]', h => (h.features[0].dependence.lambda[0] = 0.5)),
  header('no features', 'features', h => delete h.features),
  header('1,001 features', 'features', h => (h.features = range(1001).map(() => h.features[0]))),
  header('a feature that is null', 'features[2]', h => (h.features[2] = null)),
  header('a feature twice', 'features[1]', h => (h.features[1].name = 'x')),
  header('a feature of another kind', 'features[0].kind', h => (h.features[0].kind = 'text')),
  header('a feature without a name', 'features[0].name', h => delete h.features[0].name),
  header('a count of categories in a numeric feature', 'features[0]', h => (h.features[0].other = 0)),
  header('moments of a categorical feature', 'features[2]', h => (h.features[2].mean = 0)),
  header('missing values that are negative', 'features[0].missing', h => (h.features[0].missing = -1)),
  header('an invalid value too many', 'features[0]', h => h.features[0].invalid++),
  header('no other', 'features[2].other', h => delete h.features[2].other),
  header('a size that is negative', 'features[0].bytes', h => (h.features[0].bytes = -8)),
  header('a size that is too large', 'bytes', h => (h.features[0].bytes += 8)),
  header('sizes that overflow', 'features[0].bytes', h => (h.features[0].bytes = 1e300)),
  header('sizes that only together are right', 'features[0].sketch.bytes', h => {
    h.features[0].bytes += 8;
    h.features[1].bytes -= 8;
  }),
  header('two outputs', 'outputs', h => h.outputs.pop()),
  header('four outputs', 'outputs', h => h.outputs.push(h.outputs[0])),
  header('outputs in another order', 'outputs[0]', h => h.outputs.reverse() && h.outputs.push(h.outputs.shift())),
  header('an output of another kind', 'outputs[0]', h => (h.outputs[0] = h.features[0])),
  header('a mean of an exact sketch', 'features[0].mean', h => Object.assign(h.features[0], { mean: 0, squares: 0 })),
  header('a mean without squares', 'features[1]', h => delete h.features[1].squares, COMPACTED),
  header('a mean that is null', 'features[1].mean', h => (h.features[1].mean = null), COMPACTED),
  header('a mean over max', 'features[1].mean', h => (h.features[1].mean = 1500), COMPACTED),
  header('negative squares', 'features[1].squares', h => (h.features[1].squares = -1), COMPACTED),
  header('squares that no values have', 'features[1].squares', h => (h.features[1].squares = 1e12), COMPACTED),
  bytes('a sketch that is none', 'features[0].sketch.magic', view => view.setUint8(CONTENTS, 0)),
  bytes('a value that falls', 'features[1].sketch.levels[0][1]', view =>
    view.setFloat64(CONTENTS + headerOf(PART).features[0].bytes + 56, -5, true),
  ),
  bytes('100,001 categories', 'features[2].categories', view => view.setUint32(CATEGORIES, 100_001, true)),
  bytes('100,000 categories in a few bytes', 'features[2].categories', view => view.setUint32(CATEGORIES, 1e5, true)),
  bytes('a category less', 'features[2].categories', view => view.setUint32(CATEGORIES, 0, true)),
  bytes('a category that never came', 'features[2].categories.counts[0]', view =>
    view.setFloat64(CATEGORIES + 4, 0, true),
  ),
  bytes('half a category', 'features[2].categories.counts[1]', view => view.setFloat64(CATEGORIES + 12, 0.5, true)),
  bytes('a count of NaN', 'features[2].categories.counts[2]', view =>
    view.setFloat64(CATEGORIES + 20, Number.NaN, true),
  ),
  bytes('a category too often', 'features[2]', view => view.setFloat64(CATEGORIES + 4, 501, true)),
  bytes('a text of 769 bytes', 'features[2].categories.lengths[0]', view => view.setUint16(CATEGORIES + 28, 769, true)),
  bytes('a text beyond the end', 'features[2].categories[2]', view => view.setUint16(CATEGORIES + 32, 700, true)),
  bytes('a text cut short', 'features[2].categories', view => view.setUint16(CATEGORIES + 32, 2, true)),
  bytes('half a character', 'features[2].categories[1]', view => view.setUint8(CATEGORIES + 34 + 8, 0xc0)),
  bytes('texts that fall', 'features[2].categories[1]', view => view.setUint8(CATEGORIES + 34, 0x71)),
];

describe('bytes are refused', () => {
  it.each(CORRUPTIONS)('with $what, at $where', ({ where, bytes }) => {
    const error = refusal('ERR_PART_BYTES', () => mergeBaselineParts(MODEL, [PART, bytes as Uint8Array]));
    expect(error.where).toBe(`parts[1].${where}`);
    expect(error.message).not.toMatch(/777|private|personal|za/);
    expect(error.cause).toBeUndefined();
  });

  it('where rows add up to more than 2^52', () => {
    const many = (rows: number) => {
      const model = defineModel({ name: 'm', version: '1', features: { c: categorical() } });
      const part = partOf(model, [{ input: { c: null } }]);
      const spoilt = headerOf(part);
      spoilt.rows = rows;
      for (const column of [...spoilt.features, ...spoilt.outputs]) column.missing = rows;
      return { model, part: withHeader(part, spoilt) };
    };
    const { model, part } = many(2 ** 51);
    expect(mergeBaselineParts(model, [part, part]).rows).toBe(2 ** 52);
    const error = refusal('ERR_PART_BYTES', () => mergeBaselineParts(model, [part, part, many(1).part]));
    expect([error.where, error.met]).toEqual(['parts[2]', `${2 ** 52 + 1} rows with it`]);
  });
});

describe('bytes are read', () => {
  it('from the middle of a buffer, at an odd place too, and not held on to', () => {
    const buffer = new Uint8Array(PART.length + 20).fill(255);
    buffer.set(PART, 7);
    const merged = mergeBaselineParts(MODEL, [buffer.subarray(7, 7 + PART.length)]);
    buffer.fill(0);
    expect(merged).toEqual(mergeBaselineParts(MODEL, [PART]));
    expect(mergeBaselineParts(MODEL, [Buffer.from(PART)])).toEqual(merged);
  });

  it('with features in another order than the model has', () => {
    const spoilt = headerOf(PART);
    const [x, y, c] = spoilt.features;
    const at = CONTENTS + x.bytes;
    const contents = Uint8Array.of(...PART.subarray(at), ...PART.subarray(CONTENTS, at));
    // x goes behind all others, also in the contents, so the outputs have to come last again.
    const outputs = contents.subarray(y.bytes + c.bytes, contents.length - x.bytes);
    const reordered = Uint8Array.of(
      ...contents.subarray(0, y.bytes + c.bytes),
      ...contents.subarray(contents.length - x.bytes),
      ...outputs,
    );
    spoilt.features = [y, c, x];
    expect(mergeBaselineParts(MODEL, [withHeader(PART, spoilt, reordered)])).toEqual(mergeBaselineParts(MODEL, [PART]));
  });

  it('without moments, which are then those of the sketch', () => {
    const spoilt = headerOf(COMPACTED);
    delete spoilt.features[1].mean;
    delete spoilt.features[1].squares;
    const [from, told] = [withHeader(COMPACTED, spoilt), COMPACTED].map(part => mergeBaselineParts(MODEL, [part]));
    const [y, exact] = [
      from!.features[1] as { mean: number; sd: number },
      told!.features[1] as { mean: number; sd: number },
    ];
    expect(y.mean).not.toBe(exact.mean);
    expect(y.mean / exact.mean).toBeCloseTo(1, 1);
    expect(y.sd / exact.sd).toBeCloseTo(1, 1);
  });
});

it('a part holds its header and the values: 8 bytes each', () => {
  const columns = 48 + 8 * 1350 + 48 + 8 * 1500;
  expect(NUMBERS).toBe(columns);
  expect(PART.length - contentsAt(PART)).toBe(columns + (4 + 3 * 10 + 7 + 8 + 10) + (4 + 2 * 10 + 2) + 2 * 48);
  expect(contentsAt(PART)).toBeLessThan(2500);
});
