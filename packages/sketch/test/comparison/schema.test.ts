import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Baseline, type Comparison, compare, countsOfBaseline, learnBaseline } from '../../src/index.js';
import { counted, ORDER_MODEL, orders } from './rows.js';

const schema = (name: string) => JSON.parse(readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true }).addSchema(schema('driftspan.baseline.v1.json'));
const validate = ajv.compile(schema('driftspan.comparison.v1.json'));

/** What is wrong with it once it was written and read. */
function faultsOf(comparison: unknown): unknown {
  return validate(JSON.parse(JSON.stringify(comparison))) ? undefined : validate.errors;
}

let baseline: Baseline;
let drifted: Comparison;
beforeAll(async () => {
  const provenance = { source: 'orders of January', createdAt: '2024-02-01' };
  const timed = orders(3000, 1).map((row, i) => ({ ...row, time: i * 600_000 }));
  baseline = await learnBaseline(ORDER_MODEL, timed, { provenance });
  const rows = orders(2000, 3, { shift: 1, missing: 0.1, newCountry: 0.1 }).map((row, i) => ({ ...row, time: i }));
  drifted = compare(baseline, counted(baseline, ORDER_MODEL, rows), { source: 'february' });
});

describe('the schema of a comparison', () => {
  it('describes one of rows, and one of another baseline', async () => {
    expect(faultsOf(drifted)).toBeUndefined();
    const other = await learnBaseline(ORDER_MODEL, orders(2000, 5, { shift: 1 }));
    expect(faultsOf(compare(baseline, countsOfBaseline(baseline, other)))).toBeUndefined();
    expect(faultsOf(compare(other, counted(other, ORDER_MODEL, orders(20, 7))))).toBeUndefined();
  });

  it('has null for what could not be had', () => {
    const empty = compare(baseline, counted(baseline, ORDER_MODEL, []));
    expect(faultsOf(empty)).toBeUndefined();
    const [amount] = JSON.parse(JSON.stringify(empty)).features;
    expect([amount.distances.psi, amount.judgement.missing.rate, amount.judgement.shape.logP]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['another schema', (one: Spoilt) => (one.schema = 'driftspan.comparison/v2')],
    ['an unknown verdict', (one: Spoilt) => (one.features[0].verdict = 'fine')],
    ['a field of its own', (one: Spoilt) => (one.features[0].note = 'hm')],
    ['a part of a count', (one: Spoilt) => (one.features[0].counts[0] = 0.5)],
    ['a time alone', (one: Spoilt) => delete one.current.lastMs],
    ['no judgement', (one: Spoilt) => delete one.features[0].judgement],
    ['a baseline that is none', (one: Spoilt) => (one.features[0].baseline.id = 'none')],
    ['a rate above 1', (one: Spoilt) => (one.drift.falseAlarmRate = 2)],
  ])('refuses %s', (_, spoil) => {
    const one = JSON.parse(JSON.stringify(drifted));
    spoil(one);
    expect(faultsOf(one)).toBeDefined();
  });
});

// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
type Spoilt = any;
