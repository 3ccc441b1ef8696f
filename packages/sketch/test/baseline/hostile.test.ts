import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  categoricalId,
  dependenceOfWindow,
  judgeFeature,
  numericId,
  parseBaseline,
  prepareFeature,
  type SketchErrorCode,
  stringifyBaseline,
} from '../../src/index.js';
import { flightBaseline, spoilable } from '../flights.js';
import { repeated } from '../generated-rows.js';
import { refusal } from '../refusal.js';

// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
type Spoilt = any;
interface Corruption {
  readonly what: string;
  readonly code: SketchErrorCode;
  readonly where: string;
  /** Whether the JSON Schema, which sees each field alone, refuses it too. */
  readonly schema: boolean;
  spoil(baseline: Spoilt): unknown;
}

const schemaUrl = new URL('../../schema/driftspan.baseline.v1.json', import.meta.url);
const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(schemaUrl, 'utf8')));

let text: string;
let good: Spoilt;
beforeAll(async () => {
  const baseline = await flightBaseline();
  text = stringifyBaseline(baseline);
  good = () => spoilable(baseline);
});

/** Writes the id that goes with a numeric feature's present bounds and counts. */
function withId(feature: Spoilt): void {
  feature.id = numericId(feature.cuts, feature.counts, feature.missing, feature.invalid);
}

// features: 0 distance (numeric), 1 delay (numeric), 2 carrier (categorical), 3 seats (constant), 4 gate (no values)
const both = (
  what: string,
  where: string,
  spoil: (baseline: Spoilt) => unknown,
  code: SketchErrorCode = 'ERR_BASELINE_CORRUPT',
) => ({ what, where, spoil, code, schema: true });
const parserOnly = (
  what: string,
  where: string,
  spoil: (baseline: Spoilt) => unknown,
  code: SketchErrorCode = 'ERR_BASELINE_CORRUPT',
) => ({ what, where, spoil, code, schema: false });

/** Gives a baseline the dependence that rows with times would have, before it is spoilt. */
function timed(baseline: Spoilt): void {
  baseline.dependence = { blockRows: [8, 80, 400], blockMs: [6e4, 6e5, 3e6], spanMs: 1.5e7 };
  const factors = { lambda: [1, 2.5, 30], k: [1, 7.25, 2], missing: [1, 1, 4] };
  baseline.features[0].dependence = { ...factors };
  baseline.features[2].dependence = { ...factors, other: [1, 1, 2] };
}
const spoiltTimed =
  (spoil: (baseline: Spoilt) => unknown): ((baseline: Spoilt) => unknown) =>
  baseline => {
    timed(baseline);
    spoil(baseline);
  };

const DEPENDENCE_CORRUPTIONS: readonly Corruption[] = [
  both('a ladder that is an array', 'dependence', b => (b.dependence = [8, 80, 400])),
  both('a ladder without rows', 'dependence.blockRows', b => delete b.dependence.blockRows),
  both('an unknown field of the ladder', 'dependence', b => (b.dependence.unit = 'ms')),
  both('a ladder of no length', 'dependence.blockRows', b => (b.dependence.blockRows = [])),
  both(
    '33 lengths',
    'dependence.blockRows',
    b => (b.dependence.blockRows = repeated(0, 33).map((_, i) => i + 8)),
    'ERR_BASELINE_TOO_LARGE',
  ),
  both('a length that is text', 'dependence.blockRows[1]', b => (b.dependence.blockRows[1] = '80')),
  both('a length of no row', 'dependence.blockRows[0]', b => (b.dependence.blockRows[0] = 0)),
  both('a block of half a row', 'dependence.blockRows[0]', b => (b.dependence.blockRows[0] = 0.5)),
  parserOnly('a block of more rows than there are', 'dependence.blockRows[2]', b => (b.dependence.blockRows[2] = 2001)),
  parserOnly('rows that do not rise, without times', 'dependence.blockRows[2]', b => {
    b.dependence = { blockRows: [8, 80, 80] };
  }),
  both('times without a span', 'dependence', b => delete b.dependence.spanMs),
  both('a span without times', 'dependence', b => delete b.dependence.blockMs),
  both('a span that is text', 'dependence.spanMs', b => (b.dependence.spanMs = '1e7')),
  parserOnly('as many times as there are no rows for', 'dependence.blockMs', b => b.dependence.blockMs.pop()),
  parserOnly('times that do not rise', 'dependence.blockMs[1]', b => (b.dependence.blockMs[1] = 6e4 - 1)),
  parserOnly('a block longer than all rows together', 'dependence.blockMs[2]', b => (b.dependence.blockMs[2] = 2e7)),
  both('a block of a thousandth of a millisecond', 'dependence.blockMs[0]', b => (b.dependence.blockMs[0] = 1e-3)),
  both('a block of 5e-324 ms', 'dependence.blockMs[0]', b => (b.dependence.blockMs[0] = 5e-324)),
  both('a block of 1e300 ms, in as long a span', 'dependence.blockMs[2]', b => {
    b.dependence.blockMs[2] = 1e300;
    b.dependence.spanMs = 1e308;
  }),
  both('a dependence that is a number', 'features[0].dependence', b => (b.features[0].dependence = 5)),
  parserOnly('a dependence without lengths', 'features[0].dependence', b => delete b.dependence),
  both('a dependence without k', 'features[0].dependence.k', b => delete b.features[0].dependence.k),
  both(
    'an unknown field of a dependence',
    'features[0].dependence',
    b => (b.features[0].dependence.unseen = [1, 1, 1]),
  ),
  both('a numeric feature with others', 'features[0].dependence', b => (b.features[0].dependence.other = [1, 1, 1])),
  parserOnly('a λ too few', 'features[0].dependence.lambda', b => b.features[0].dependence.lambda.pop()),
  parserOnly('a k too many', 'features[0].dependence.k', b => b.features[0].dependence.k.push(1)),
  both('a λ that is null', 'features[0].dependence.lambda[1]', b => (b.features[0].dependence.lambda[1] = null)),
  both('a λ below 1', 'features[0].dependence.lambda[1]', b => (b.features[0].dependence.lambda[1] = 0.999)),
  both('a λ of 0', 'features[0].dependence.lambda[1]', b => (b.features[0].dependence.lambda[1] = 0)),
  both('a negative λ of a rate', 'features[2].dependence.other[0]', b => (b.features[2].dependence.other[0] = -3)),
  both('a λ of 1e308', 'features[0].dependence.lambda[2]', b => (b.features[0].dependence.lambda[2] = 1e308)),
  both('a λ of a rate of 1e308', 'features[0].dependence.missing[2]', b => {
    b.features[0].dependence.missing[2] = 1e308;
  }),
  both('more degrees of freedom than bins', 'features[0].dependence.k[1]', b => (b.features[0].dependence.k[1] = 17)),
].map(corruption => ({ ...corruption, spoil: spoiltTimed(corruption.spoil) }));

const CORRUPTIONS: readonly Corruption[] = [
  ...DEPENDENCE_CORRUPTIONS,
  both('another schema', 'schema', b => (b.schema = 'driftspan.baseline/v2'), 'ERR_BASELINE_SCHEMA'),
  both('no schema', 'schema', b => delete b.schema, 'ERR_BASELINE_SCHEMA'),
  both('an unknown field', 'baseline', b => (b.lambda = 1)),
  both('an own constructor', 'baseline', b => (b.constructor = { prototype: {} })),
  both('no model', 'model', b => delete b.model),
  both('a model that is an array', 'model', b => (b.model = [])),
  both('an unknown field of the model', 'model', b => (b.model.owner = 'x')),
  both('an empty model name', 'model.name', b => (b.model.name = '')),
  both('a model name of 257 characters', 'model.name', b => (b.model.name = 'x'.repeat(257))),
  both('a version that is a number', 'model.version', b => (b.model.version = 1)),
  both('transforms of null', 'model.transforms', b => (b.model.transforms = null)),
  both('an unknown task', 'model.task', b => (b.model.task = 'guessing')),
  both('rows that are a fraction', 'rows', b => (b.rows = 1000.5)),
  both('rows beyond 2^53', 'rows', b => (b.rows = 2 ** 53)),
  both('too few rows', 'rows', b => (b.rows = 999), 'ERR_BASELINE_TOO_SMALL'),
  both('an unknown field of the provenance', 'provenance', b => (b.provenance.host = 'x')),
  both('a source that is no text', 'provenance.source', b => (b.provenance.source = {}), 'ERR_BASELINE_PROVENANCE'),
  both(
    'a source of 1,025 characters',
    'provenance.source',
    b => (b.provenance.source = 'x'.repeat(1025)),
    'ERR_BASELINE_PROVENANCE',
  ),
  both(
    'a date in words',
    'provenance.createdAt',
    b => (b.provenance.createdAt = 'Feb 1 2013'),
    'ERR_BASELINE_PROVENANCE',
  ),
  parserOnly(
    'a date that does not exist',
    'provenance.createdAt',
    b => (b.provenance.createdAt = '2013-13-01'),
    'ERR_BASELINE_PROVENANCE',
  ),
  both('features that are an object', 'features', b => (b.features = {})),
  both('nothing to judge', 'features', b => Object.assign(b, { features: [], outputs: [] })),
  both('1,001 features', 'features', b => (b.features = repeated(b.features[3], 1001)), 'ERR_BASELINE_TOO_LARGE'),
  both('four outputs', 'outputs', b => (b.outputs = repeated(b.outputs[0], 4)), 'ERR_BASELINE_TOO_LARGE'),
  both('a feature that is null', 'features[1]', b => (b.features[1] = null)),
  both('a feature of no kind', 'features[1].kind', b => delete b.features[1].kind),
  both('a feature of an unknown kind', 'features[1].kind', b => (b.features[1].kind = 'text')),
  both('a numeric feature with categories', 'features[1]', b => (b.features[1].categories = [])),
  both('a categorical feature with cuts', 'features[2]', b => (b.features[2].cuts = [])),
  both('a feature called __proto__', 'features[0].name', b => (b.features[0].name = '__proto__')),
  both('a feature with the name of an output', 'features[0].name', b => (b.features[0].name = 'prediction.value')),
  both('an output with the name of a feature', 'outputs[0]', b => (b.outputs[0].name = 'label')),
  both('a numeric label', 'outputs[0]', b => (b.outputs = [{ ...b.outputs[1], name: 'prediction.label' }])),
  parserOnly('two features of one name', 'features[1]', b => (b.features[1].name = 'distance')),
  parserOnly('two outputs of one name', 'outputs[1]', b => (b.outputs[1] = b.outputs[0])),
  both('a cut that is text', 'features[0].cuts[2]', b => (b.features[0].cuts[2] = '0.2')),
  both('a cut that is null', 'features[0].cuts[2]', b => (b.features[0].cuts[2] = null)),
  both('equal cuts', 'features[0].cuts[3]', b => (b.features[0].cuts[3] = b.features[0].cuts[2])),
  parserOnly('falling cuts', 'features[0].cuts[2]', b => (b.features[0].cuts[2] = -5)),
  both(
    '128 cuts',
    'features[0].cuts',
    b => (b.features[0].cuts = repeated(0, 128).map((_, i) => i)),
    'ERR_BASELINE_TOO_LARGE',
  ),
  both('129 counts', 'features[0].counts', b => (b.features[0].counts = repeated(1, 129)), 'ERR_BASELINE_TOO_LARGE'),
  parserOnly('a count too many', 'features[0].counts', b => b.features[0].counts.push(0)),
  both('a negative count', 'features[0].counts[4]', b => (b.features[0].counts[4] = -1)),
  both('a fractional count', 'features[0].counts[4]', b => (b.features[0].counts[4] = 0.5)),
  both('a count beyond 2^53', 'features[0].counts[4]', b => (b.features[0].counts[4] = 1e300)),
  both('missing that is text', 'features[0].missing', b => (b.features[0].missing = '0')),
  both('no invalid', 'features[0].invalid', b => delete b.features[0].invalid),
  parserOnly('counts that do not add up to rows', 'features[0]', b => b.features[0].missing++),
  parserOnly('rows that the counts do not add up to', 'features[0]', b => b.rows++),
  both('a label that is no label', 'features[0].labels[1]', b => (b.features[0].labels[1] = '<script>')),
  both('a label with a newline at its end', 'features[0].labels[1]', b => (b.features[0].labels[1] += '\n')),
  both('a label with a quote', 'features[0].labels[1]', b => (b.features[0].labels[1] = '01 (0,"1]')),
  parserOnly(
    'a label with the index of another',
    'features[0].labels[1]',
    b => (b.features[0].labels[1] = b.features[0].labels[1].replace('01', '02')),
  ),
  both('the same label twice', 'features[0].labels[1]', b => (b.features[0].labels[1] = b.features[0].labels[0])),
  parserOnly(
    'a label that does not begin where the last one ended',
    'features[0].labels[1]',
    b => (b.features[0].labels[1] = b.features[0].labels[1].replace('(', '(9')),
  ),
  parserOnly(
    'labels that tell of other cuts',
    'features[3].labels[0]',
    b => (b.features[3].labels = ['00 (-inf,200]', '01 (200,201]', '02 (201,inf)']),
  ),
  parserOnly('a last label that ends', 'features[4].labels[0]', b => (b.features[4].labels = ['00 (-inf,5]'])),
  parserOnly('a label too few', 'features[0].labels', b => b.features[0].labels.pop()),
  both('an id of another form', 'features[0].id', b => (b.features[0].id = 'latest'), 'ERR_BASELINE_ID'),
  parserOnly('an edited id', 'features[0].id', b => (b.features[0].id = '0123456789abcdef'), 'ERR_BASELINE_ID'),
  parserOnly('an edited cut', 'features[0].id', b => (b.features[0].cuts[0] *= 1 + 2 ** -40), 'ERR_BASELINE_ID'),
  parserOnly(
    'counts moved from bin to bin',
    'features[0].id',
    b => b.features[0].counts[0]-- && b.features[0].counts[1]++,
    'ERR_BASELINE_ID',
  ),
  parserOnly(
    'missing moved to invalid',
    'features[1].id',
    b => b.features[1].missing-- && b.features[1].invalid++,
    'ERR_BASELINE_ID',
  ),
  parserOnly('an edited category', 'features[2].id', b => (b.features[2].categories[0] = 'Z'), 'ERR_BASELINE_ID'),
  parserOnly('max under min', 'features[0].max', b => Object.assign(b.features[0], { min: 1, max: 0 })),
  parserOnly('a mean out of range', 'features[0].mean', b => (b.features[0].mean = 7)),
  both('a mean that is null', 'features[0].mean', b => (b.features[0].mean = null)),
  both('a negative sd', 'features[0].sd', b => (b.features[0].sd = -0.1)),
  parserOnly('an sd beyond the range', 'features[0].sd', b => (b.features[0].sd = 7)),
  parserOnly('a min in a bin without values', 'features[3].min', b =>
    Object.assign(b.features[3], { min: 100, mean: 100 }),
  ),
  parserOnly('a max in a bin without values', 'features[3].max', b => (b.features[3].max = 1000)),
  parserOnly('a mean of no values', 'features[4].mean', b => (b.features[4].mean = 3)),
  both(
    'a category twice',
    'features[2].categories[1]',
    b => (b.features[2].categories[1] = b.features[2].categories[0]),
  ),
  both(
    'a category of 257 characters',
    'features[2].categories[0]',
    b => (b.features[2].categories[0] = 'x'.repeat(257)),
  ),
  both('a category that is a number', 'features[2].categories[0]', b => (b.features[2].categories[0] = 5)),
  parserOnly(
    'a category that is half a character',
    'features[2].categories[0]',
    b => (b.features[2].categories[0] = '\udc00'),
  ),
  both(
    '1,025 categories',
    'features[2].categories',
    b => (b.features[2].categories = repeated(0, 1025).map((_, i) => `c${i}`)),
    'ERR_BASELINE_TOO_LARGE',
  ),
  parserOnly('a category without a count', 'features[2].counts', b => b.features[2].counts.pop()),
  both('a category seen 9 times', 'features[2].counts[0]', b => (b.features[2].counts[0] = 9)),
  both('other that is negative', 'features[2].other', b => (b.features[2].other = -1)),
];

describe('a hostile baseline is refused with its place', () => {
  it.each(CORRUPTIONS)('$what: $code at $where', ({ spoil, code, where }) => {
    const spoilt = good();
    spoil(spoilt);
    expect(refusal(code, () => parseBaseline(JSON.stringify(spoilt))).where).toBe(where);
    expect(refusal(code, () => parseBaseline(spoilt)).where).toBe(where);
  });

  it.each(CORRUPTIONS)('$what: the JSON Schema agrees as far as it can', ({ spoil, schema }) => {
    const spoilt = good();
    spoil(spoilt);
    expect(validate(spoilt)).toBe(!schema);
  });

  it('unless it is not spoilt: parser and schema take what was learned', () => {
    expect(parseBaseline(text)).toEqual(good());
    expect(validate(good()), JSON.stringify(validate.errors)).toBe(true);
    const withTimes = good();
    timed(withTimes);
    expect(parseBaseline(withTimes)).toEqual(withTimes);
    expect(validate(withTimes), JSON.stringify(validate.errors)).toBe(true);
  });

  it('a dependence that lies as far as it may makes verdicts milder and no number wrong', () => {
    const lying = good();
    timed(lying);
    const most = 5 * 2 ** 53;
    lying.dependence = { blockRows: [1, 1, 1], blockMs: [1, 2, 1e20], spanMs: 1e308 };
    lying.features[0].dependence = { lambda: [most, 1, most], k: [16, 1, 1], missing: [most, most, 1] };
    const { dependence, features } = parseBaseline(lying);
    const prepared = prepareFeature(features[0]!);
    const cells = prepared.cells.map((count, i) => (i === 0 ? 100 * count : count));
    const rows = cells.reduce((a, b) => a + b, 0);
    for (const lengthMs of [1, 1.5, 4000, 3_600_000, 7.8e9]) {
      const window = { rows: 2 ** 53, lengthMs };
      const found = dependenceOfWindow(dependence!, features[0]!.dependence, { rows: 2000, df: 15 }, window);
      for (const part of [found.lambda, found.k, found.missing, found.other]) {
        expect(part).toBeGreaterThanOrEqual(1);
        expect(part).toBeLessThan(Number.POSITIVE_INFINITY);
      }
      const judged = judgeFeature(cells, prepared, { logAlpha: -1, dependence: found });
      expect(judged).toMatchObject({ verdict: 'insufficient', quiet: true, samples: rows });
      expect(judged.shape).toMatchObject({ effect: 0, lowerBound: 0 });
      expect(judged.shape.logP).toBeCloseTo(0, 12);
      expect(judged.shape.detectable).toBeGreaterThan(1e6);
    }
  });
});

describe('hostile text', () => {
  it('cut off anywhere is not JSON, and the cause is kept', () => {
    for (const length of [0, 1, 100, Math.floor(text.length / 2), text.length - 2]) {
      const error = refusal('ERR_BASELINE_JSON', () => parseBaseline(text.slice(0, length)));
      expect(error.cause).toBeInstanceOf(SyntaxError);
    }
  });

  it.each(['__proto__', 'constructor', 'prototype'])('with a key %s anywhere is refused and pollutes nothing', key => {
    const poison = `"${key}": {"polluted": true}, `;
    for (const anchor of ['"schema"', '"name"', '"source"', '"kind"']) {
      const error = refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(text.replace(anchor, poison + anchor)));
      expect(error.met).toBe(`the field "${key}"`);
    }
    expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('with a number too large for a double is refused', () => {
    const infinite = text.replace(/"cuts":\[[^,]*,/, '"cuts":[-1e999,');
    expect(refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(infinite)).where).toBe('features[0].cuts[0]');
  });

  it('over 16 MB is refused before it is parsed, by characters and by bytes', () => {
    refusal('ERR_BASELINE_TOO_LARGE', () => parseBaseline(' '.repeat(16_000_001)));
    refusal('ERR_BASELINE_TOO_LARGE', () => parseBaseline('é'.repeat(8_000_001)));
    refusal('ERR_BASELINE_TOO_LARGE', () => parseBaseline('😀'.repeat(4_000_001)));
    refusal('ERR_BASELINE_JSON', () => parseBaseline('é'.repeat(8_000_000)));
  });

  it('nested a million deep does not exhaust the stack', () => {
    const deep = '['.repeat(1_000_000);
    refusal('ERR_BASELINE_JSON', () => parseBaseline(deep));
    const nested = text.replace('"features"', `"deep": ${deep}${']'.repeat(1_000_000)}, "features"`);
    refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(nested));
  });

  it.each(['null', '5', '"text"', '[]', 'true'])('that is %s is no baseline', json => {
    expect(refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(json)).where).toBe('baseline');
  });
});

describe('a hostile object', () => {
  it.each([undefined, null, 5, Symbol('s'), () => 0, []])('such as case %# is no baseline', value => {
    refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(value));
  });

  it('gets no field from its prototype', () => {
    refusal('ERR_BASELINE_SCHEMA', () => parseBaseline(Object.create(good())));
    const { rows: _, ...rest } = good();
    refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(Object.assign(Object.create({ rows: 2000 }), rest)));
  });

  it('with holes in an array is refused', () => {
    const spoilt = good();
    delete spoilt.features[0].counts[3];
    expect(refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(spoilt)).where).toBe('features[0].counts[3]');
  });

  it('with numbers that JSON has not is refused', () => {
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const spoilt = good();
      spoilt.features[0].sd = number;
      expect(refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(spoilt)).met).toBe(String(number));
    }
  });

  it('changed afterwards leaves the baseline as it was', () => {
    const source = good();
    const baseline = parseBaseline(source);
    source.features[0].counts[0] = 0;
    source.model.name = 'other';
    expect(baseline).toEqual(good());
  });

  it('is never written to a file', () => {
    const spoilt = good();
    spoilt.features[0].counts[0] = -1;
    refusal('ERR_BASELINE_CORRUPT', () => stringifyBaseline(spoilt));
  });
});

describe('limits', () => {
  it('128 bins a feature are accepted', () => {
    const many = good();
    const feature = many.features[4];
    feature.cuts = repeated(0, 127).map((_, i) => i);
    feature.counts = repeated(0, 128);
    feature.labels = feature.counts.map((_: number, i: number) => {
      const upper = i === 127 ? 'inf)' : `${i}]`;
      return `${String(i).padStart(2, '0')} (${i === 0 ? '-inf' : i - 1},${upper}`;
    });
    withId(feature);
    expect(parseBaseline(many).features[4]?.counts).toHaveLength(128);
    expect(validate(many)).toBe(true);
  });

  it('a baseline whose text would be over 16 MB is not written', () => {
    const large = good();
    const categories = repeated(0, 1024).map((_, i) => `${i}`.padEnd(250, 'é'));
    const counts = repeated(10, 1024);
    const id = categoricalId(categories, counts, 0, 0, 0);
    large.rows = 10_240;
    large.outputs = [];
    large.features = repeated(0, 60).map((_, i) => ({
      kind: 'categorical',
      name: `f${i}`,
      id,
      categories,
      counts,
      other: 0,
      missing: 0,
      invalid: 0,
    }));
    refusal('ERR_BASELINE_TOO_LARGE', () => stringifyBaseline(large));
    large.features.length = 20;
    expect(parseBaseline(stringifyBaseline(large)).features).toHaveLength(20);
  });
});
