import {
  type Baseline,
  categorical,
  defineModel,
  learnBaseline,
  type ModelSpec,
  numeric,
  type TrainingRow,
} from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ContractOptions, checkContract, type SampleFacts } from '../../src/contract/check-contract.js';
import type { Check, Finding } from '../../src/contract/finding.js';
import type { NoNumbers } from '../../src/contract/no-numbers.js';
import { Sample } from '../../src/contract/sample.js';

interface Row {
  amount?: unknown;
  carrier?: unknown;
  note?: unknown;
}

const MODEL = defineModel<Row>({
  name: 'flights',
  version: '7',
  features: {
    amount: numeric({ select: row => row.amount as number }),
    carrier: categorical({ select: row => row.carrier as string }),
    note: categorical({ select: row => row.note as string, limit: 2 }),
  },
});
const CARRIERS = ['UA', 'B6', 'Zürich', '00501'];

/** Amounts from 0 to 999, in an order that spreads them; every tenth note is missing, and 2 of every 100 are too rare to be kept. */
function training(n: number): Row[] {
  return Array.from({ length: n }, (_, i) => ({
    amount: (i * 617) % 1000,
    carrier: CARRIERS[i % CARRIERS.length],
    note: i % 10 === 0 ? null : i % 100 === 51 ? 'rare' : i % 100 === 53 ? 'rarer' : i % 2 === 0 ? 'even' : 'odd',
  }));
}

const rowsOf = (rows: readonly Row[]): TrainingRow<Row>[] => rows.map(input => ({ input }));
const NONE = () => false;

describe('a contract', () => {
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await learnBaseline(MODEL, rowsOf(training(5000)));
  });

  function check(
    rows: readonly Row[],
    {
      options = {},
      facts = {},
      model = MODEL,
      of = baseline,
    }: {
      options?: Partial<ContractOptions>;
      facts?: Partial<SampleFacts>;
      model?: ModelSpec<Row>;
      of?: Baseline;
    } = {},
  ) {
    const sample = new Sample(of, model);
    for (const row of rowsOf(rows)) sample.add(row);
    return checkContract(
      of,
      {
        rows: rows.length,
        source: 'sample.jsonl',
        features: sample.finish(name => name),
        absent: [],
        extra: [],
        noNumbers: new Map<string, NoNumbers>(),
        ...facts,
      },
      { mayBeMissing: NONE, mayLieOutside: NONE, showValues: false, ...options },
    );
  }

  function only(findings: readonly Finding[], wanted: Check): Finding {
    expect(findings.map(finding => finding.check)).toEqual([wanted]);
    return findings[0]!;
  }

  it('is kept by rows as in training, however few or chosen', () => {
    for (const rows of [
      training(1000),
      training(50),
      training(2).slice(1),
      training(1000).filter(row => row.carrier === 'B6'),
    ]) {
      const result = check(rows);
      expect(result).toMatchObject({ kept: true, findings: [], sample: { rows: rows.length } });
    }
  });

  it('is not broken by a sample of another shape alone', () => {
    const high = training(1000).filter(row => (row.amount as number) > 900);
    expect(check(high)).toMatchObject({ kept: true, findings: [] });
  });

  it('is broken by a column that is not there, unless it may be missing', () => {
    const facts = { absent: ['carrier'], extra: ['Carrier ', 'id'] };
    const rows = training(50).map(({ amount, note }) => ({ amount, note }));
    const result = check(rows, { facts });
    expect(result.kept).toBe(false);
    expect(result.findings[0]).toMatchObject({
      level: 'broken',
      check: 'absent',
      column: 'carrier',
      sentence: 'The column is not in the sample; one is called "Carrier ".',
    });
    expect(check(rows, { facts, options: { mayBeMissing: name => name === 'carrier' } }).kept).toBe(true);
  });

  it('notes columns that nobody reads, in one sentence', () => {
    const extra = Array.from({ length: 12 }, (_, i) => `x${i}`);
    const finding = only(check(training(50), { facts: { extra } }).findings, 'unread');
    expect(finding).toMatchObject({ level: 'note', column: '12 columns' });
    expect(finding.sentence).toBe('The model does not read x0, x1, x2, x3, x4, x5, x6, x7 and 4 more.');
  });

  it('is broken by a single value of another type where training had none', () => {
    const rows = training(50);
    rows[7] = { ...rows[7], amount: 'seven' };
    const finding = only(check(rows).findings, 'type');
    expect(finding).toMatchObject({ level: 'broken', rows: 1, training: 'no such value' });
    expect(finding.sentence).toBe('1 of 50 values (2 %) is no number.');
  });

  it('says so where numbers are sent as text', () => {
    const rows = training(50).map(row => ({ ...row, amount: String(row.amount) }));
    const noNumbers = new Map([['amount', new Map([['quoted' as const, 50]])]]);
    const finding = only(check(rows, { facts: { noNumbers } }).findings, 'type');
    expect(finding.sentence).toBe('All 50 values are no number, but numbers sent as text, in quotes.');
  });

  it('does not cry wolf over a few missing values, and does over many', () => {
    const missing = (n: number) => training(50).map((row, i) => (i < n ? { ...row, note: null } : row));
    expect(check(missing(6)).findings).toEqual([]);
    const finding = only(check(missing(40)).findings, 'missing');
    expect(finding).toMatchObject({ level: 'broken', training: '10 % missing' });
    expect(check(missing(40), { options: { mayBeMissing: name => name === 'note' } }).kept).toBe(true);
  });

  it('is broken by numbers beyond training, and notes a few of them', () => {
    const far = training(50).map((row, i) => (i < 10 ? { ...row, amount: 5000 + i } : row));
    const finding = only(check(far).findings, 'range');
    expect(finding).toMatchObject({ level: 'broken', rows: 10, training: '0 to 999' });
    expect(finding.sentence).toBe(
      "10 of 50 values (20 %) lie outside training's range: the sample goes from 21 to 5,009.",
    );
    expect(check(far, { options: { mayLieOutside: name => name === 'amount' } }).kept).toBe(true);
    const few = training(1000).map((row, i) => (i === 3 ? { ...row, amount: 1001 } : row));
    expect(only(check(few).findings, 'range').level).toBe('note');
  });

  it('guesses at the unit instead of the range', () => {
    const cents = training(1000).map(row => ({ ...row, amount: (row.amount as number) * 100 }));
    const finding = only(check(cents).findings, 'unit');
    expect(finding.sentence).toContain('100 times too large');
  });

  it('works on one row, which it can find broken', () => {
    expect(check([{ amount: 1e9, carrier: 'UA', note: 'odd' }]).findings).toMatchObject([
      { check: 'range', level: 'broken' },
    ]);
    expect(check([{ amount: 5, carrier: ' ua', note: null }]).findings).toMatchObject([
      { check: 'spelling', level: 'broken' },
    ]);
  });

  it('names the spelling of known categories, a broken encoding apart', () => {
    const rows = training(40).map((row, i) => ({ ...row, carrier: ['ua', ' B6', 'UA', 'UA'][i % 4] }));
    const finding = only(check(rows).findings, 'spelling');
    expect(finding.rows).toBe(20);
    expect(finding.sentence).toContain('"ua" for "UA"');
    expect(finding.sentence).toContain('" B6" for "B6"');
    const latin = training(40).map(row => ({ ...row, carrier: 'ZÃ¼rich' }));
    expect(only(check(latin).findings, 'encoding').sentence).toContain('as UTF-8 read as Latin-1');
    const lost = training(40).map(row => ({ ...row, carrier: 'Z\ufffdrich' }));
    expect(only(check(lost).findings, 'encoding').level).toBe('broken');
  });

  it('names an unknown category only if ten rows have it, or if asked to', () => {
    const rows = training(40).map((row, i) =>
      i < 12 ? { ...row, carrier: 'XX' } : i === 20 ? { ...row, carrier: 'Jane' } : row,
    );
    const finding = only(check(rows).findings, 'unknown');
    expect(finding).toMatchObject({ level: 'broken', rows: 13, training: '4 categories' });
    expect(finding.sentence).toContain('"XX" (12) and 1 more');
    expect(JSON.stringify(check(rows))).not.toContain('Jane');
    expect(JSON.stringify(check(rows, { options: { showValues: true } }))).toContain('Jane');
  });

  it("takes training's share of rare categories for no news, and more of them for some", () => {
    const rows = (n: number) => training(200).map((row, i) => (i < n ? { ...row, note: `new ${i}` } : row));
    expect(check(rows(6)).findings).toEqual([]);
    expect(only(check(rows(30)).findings, 'unknown')).toMatchObject({
      level: 'broken',
      training: '2 categories, and 2.22 % of the values in rarer ones',
    });
  });

  it('tells nothing of sensitive features but counts', async () => {
    const model = defineModel<Row>({
      name: 'flights',
      version: '7',
      sensitiveKey: 'a key of sixteen bytes',
      features: {
        amount: numeric({ select: row => row.amount as number, sensitive: true }),
        carrier: categorical({ select: row => row.carrier as string, sensitive: true }),
      },
    });
    const of = await learnBaseline(model, rowsOf(training(5000)));
    const rows = training(50).map(() => ({ amount: 123_456, carrier: 'secret' }));
    const result = check(rows, { model, of, options: { showValues: true } });
    expect(result.findings).toMatchObject([{ check: 'unknown', level: 'broken', rows: 50 }]);
    expect(JSON.stringify(result)).not.toMatch(/secret|123|UA/);
  });

  it('puts what is broken first', () => {
    const rows = training(50).map((row, i) => (i === 3 ? { amount: 'x', carrier: 'Y', note: 'odd' } : row));
    const { findings } = check(rows, { facts: { extra: ['z'] } });
    expect(findings.map(({ level }) => level)).toEqual(['broken', 'note', 'note']);
  });
});
