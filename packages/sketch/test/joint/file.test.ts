import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { categorical, learnBaseline, parseBaseline, type SketchErrorCode, stringifyBaseline } from '../../src/index.js';
import { spoilable } from '../flights.js';
import { refusal } from '../refusal.js';
import { jointModel, jointRows } from './rows.js';

// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
type Spoilt = any;

const schemaUrl = new URL('../../schema/driftspan.baseline.v1.json', import.meta.url);
const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(schemaUrl, 'utf8')));

const model = { ...jointModel(4), features: { ...jointModel(4).features, carrier: categorical() } };
let text: string;
let good: () => Spoilt;
beforeAll(async () => {
  const baseline = await learnBaseline(model, jointRows(4, 1000, [0, 1, 0.8], [2, 3, -0.5]));
  text = stringifyBaseline(baseline);
  good = () => spoilable(baseline);
});

it('a projection is a line of its own, after the outputs', () => {
  const lines = text.split('\n');
  const at = lines.indexOf('  "joint": [');
  expect(lines[at - 1]).toBe('  "outputs": [],');
  expect(lines[at + 1]).toMatch(/^ {4}\{"kind":"numeric","name":"joint\.x0~x1","id":.*"terms":\[\["x0",.*\]\]\},$/);
  expect(lines.slice(at + 3)).toEqual(['  ]', '}', '']);
});

it('a file with projections fits the schema, and is read back and written again byte for byte', () => {
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  expect(stringifyBaseline(parseBaseline(text))).toBe(text);
});

it('a projection of rows in order takes at most 1.5 KB', async () => {
  const rows = jointRows(2, 40_000, [0, 1, 0.6]).map(({ input }, i) => {
    const season = 3 * Math.sin(i / 900) + Math.sin(i / 7000);
    return { input: { x0: (input['x0'] ?? 0) + season, x1: 1e5 * (input['x1']! + season / 3) }, time: i * 600_000 };
  });
  const lines = stringifyBaseline(await learnBaseline(jointModel(2), rows)).split('\n');
  const [line] = lines.filter(one => one.includes('"name":"joint.'));
  expect(JSON.parse(line!).dependence.lambda.length).toBeGreaterThan(9);
  expect(line!.length).toBeGreaterThan(1200);
  expect(line!.length).toBeLessThanOrEqual(1500);
});

it('what is parsed is frozen all the way down', () => {
  const { joint } = parseBaseline(text);
  for (const part of [joint, joint![0], joint![0]!.terms, joint![0]!.terms[0], joint![0]!.cuts]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

interface Corruption {
  readonly what: string;
  readonly where: string;
  spoil(baseline: Spoilt): unknown;
  /** Whether the JSON Schema, which sees each field alone, refuses it too. */
  readonly schema: boolean;
  readonly code?: SketchErrorCode;
}

const corruptions: readonly Corruption[] = [
  { what: 'no list', where: 'joint', schema: true, spoil: b => (b.joint = {}) },
  { what: 'null', where: 'joint', schema: true, spoil: b => (b.joint = null) },
  {
    what: 'more than 32 of them',
    where: 'joint',
    schema: true,
    code: 'ERR_BASELINE_TOO_LARGE',
    spoil: b => (b.joint = Array.from({ length: 33 }, (_, i) => ({ ...b.joint[0], name: `joint.${i}` }))),
  },
  { what: 'an item that is none', where: 'joint[1]', schema: true, spoil: b => (b.joint[1] = 5) },
  { what: 'an unknown field', where: 'joint[0]', schema: true, spoil: b => (b.joint[0].sign = 1) },
  {
    what: 'a categorical one',
    where: 'joint[0]',
    schema: true,
    spoil: b => (b.joint[0] = { ...b.features[4], name: 'joint.carrier', terms: b.joint[0].terms }),
  },
  { what: 'another kind', where: 'joint[0].kind', schema: true, spoil: b => (b.joint[0].kind = 'joint') },
  { what: 'a name without the prefix', where: 'joint[0].name', schema: true, spoil: b => (b.joint[0].name = 'x9') },
  {
    what: 'the name of an output',
    where: 'joint[0].name',
    schema: true,
    spoil: b => (b.joint[0].name = 'prediction.value'),
  },
  {
    what: 'the name of a feature',
    where: 'joint[0].name',
    schema: false,
    spoil: b => (b.features[4].name = b.joint[0].name),
  },
  { what: 'one name twice', where: 'joint[1]', schema: false, spoil: b => (b.joint[1].name = b.joint[0].name) },
  {
    what: 'an overlong name',
    where: 'joint[0].name',
    schema: true,
    spoil: b => (b.joint[0].name = `joint.${'x'.repeat(251)}`),
  },
  {
    what: 'counts that do not add up',
    where: 'joint[0]',
    schema: false,
    spoil: b => b.joint[0].counts[3]++,
  },
  {
    what: 'an id of other contents',
    where: 'joint[0].id',
    schema: false,
    code: 'ERR_BASELINE_ID',
    spoil: b => (b.joint[0].id = b.joint[1].id),
  },
  {
    what: 'a dependence without block lengths',
    where: 'joint[0].dependence',
    schema: false,
    spoil: b => (b.joint[0].dependence = { lambda: [2], k: [1], missing: [1] }),
  },
  { what: 'no terms', where: 'joint[0].terms', schema: true, spoil: b => delete b.joint[0].terms },
  { what: 'one term', where: 'joint[0].terms', schema: true, spoil: b => b.joint[0].terms.pop() },
  {
    what: 'three terms',
    where: 'joint[0].terms',
    schema: true,
    code: 'ERR_BASELINE_TOO_LARGE',
    spoil: b => b.joint[0].terms.push(['x2', 1, 0]),
  },
  { what: 'a term that is none', where: 'joint[0].terms[1]', schema: true, spoil: b => (b.joint[0].terms[1] = 'x1') },
  { what: 'a term without centre', where: 'joint[0].terms[0]', schema: true, spoil: b => b.joint[0].terms[0].pop() },
  {
    what: 'a term with more',
    where: 'joint[0].terms[0]',
    schema: true,
    code: 'ERR_BASELINE_TOO_LARGE',
    spoil: b => b.joint[0].terms[0].push(1),
  },
  {
    what: 'an unknown feature',
    where: 'joint[0].terms[0][0]',
    schema: false,
    spoil: b => (b.joint[0].terms[0][0] = 'y'),
  },
  {
    what: 'a categorical feature',
    where: 'joint[0].terms[1][0]',
    schema: false,
    spoil: b => (b.joint[0].terms[1][0] = 'carrier'),
  },
  {
    what: 'a projection of a projection',
    where: 'joint[0].terms[1][0]',
    schema: false,
    spoil: b => (b.joint[0].terms[1][0] = 'joint.x2~x3'),
  },
  {
    what: 'one feature twice',
    where: 'joint[0].terms[1]',
    schema: false,
    spoil: b => (b.joint[0].terms[1][0] = b.joint[0].terms[0][0]),
  },
  { what: 'a weight of 0', where: 'joint[0].terms[0][1]', schema: true, spoil: b => (b.joint[0].terms[0][1] = 0) },
  { what: 'a weight of -0', where: 'joint[0].terms[0][1]', schema: true, spoil: b => (b.joint[0].terms[0][1] = -0) },
  { what: 'a weight as text', where: 'joint[0].terms[0][1]', schema: true, spoil: b => (b.joint[0].terms[0][1] = '1') },
  {
    what: 'an infinite centre',
    where: 'joint[0].terms[0][2]',
    schema: true,
    spoil: b => (b.joint[0].terms[0][2] = Number.POSITIVE_INFINITY),
  },
  {
    what: 'a centre that is none',
    where: 'joint[0].terms[0][2]',
    schema: true,
    spoil: b => (b.joint[0].terms[0][2] = null),
  },
];

describe('a file is refused with', () => {
  it.each(corruptions)('$what', ({ where, spoil, schema, code = 'ERR_BASELINE_CORRUPT' }) => {
    const baseline = good();
    spoil(baseline);
    expect(refusal(code, () => parseBaseline(baseline)).where).toBe(where);
    expect(validate(baseline)).toBe(!schema);
  });
});
