import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftCases, flightCases, largeCases, startCases } from '../baseline/cases.js';
import { CATEGORICAL_COLUMNS, NUMERIC_COLUMNS, TIME_COLUMN } from '../baseline/large-table.js';
import { measure } from '../baseline/measure.js';
import { page } from '../baseline/page.js';
import { compared, lost } from '../baseline/ratios.js';
import { runCases } from '../baseline/run-cases.js';
import { DRIFT, FLIGHTS, LARGE, START } from '../baseline/titles.js';
import { query, writeLarge } from '../baseline/write-large.js';

const ROWS = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'driftspan-baseline-cost-test-'));
const [ordered, again, shuffled] = ['ordered', 'again', 'shuffled'].map(name => join(folder, `${name}.parquet`));
afterAll(() => rmSync(folder, { recursive: true }));

async function row(sql: string): Promise<Record<string, number>> {
  const [first] = (await query(sql)).getRowObjectsJS();
  return first as Record<string, number>;
}
const differing = (a: string, b: string): Promise<Record<string, number>> =>
  row(`SELECT count(*)::INTEGER AS rows FROM (
    (FROM '${a}' EXCEPT ALL FROM '${b}') UNION ALL (FROM '${b}' EXCEPT ALL FROM '${a}'))`);

describe('the large table', () => {
  beforeAll(async () => {
    await writeLarge(ordered!, ROWS);
    await writeLarge(again!, ROWS);
    await writeLarge(shuffled!, ROWS, { shuffled: true });
  });

  it('is the same bytes whenever it is written', () => {
    expect(readFileSync(again!).equals(readFileSync(ordered!))).toBe(true);
  });

  it('has the same rows in order of time and in none', async () => {
    const inOrder = (file: string) =>
      row(`SELECT count(*)::INTEGER AS rows, (count(*) FILTER (later))::INTEGER AS later FROM (
        SELECT ${TIME_COLUMN} > lag(${TIME_COLUMN}) OVER (ORDER BY file_row_number) AS later
        FROM read_parquet('${file}', file_row_number = true))`);
    expect(await differing(ordered!, shuffled!)).toEqual({ rows: 0 });
    expect(await inOrder(ordered!)).toEqual({ rows: ROWS, later: ROWS - 1 });
    const { later } = await inOrder(shuffled!);
    expect(later).toBeGreaterThan(0.3 * ROWS);
    expect(later).toBeLessThan(0.7 * ROWS);
  });

  it('has ties, missing values, long tails and columns that have nothing to do with one another', async () => {
    const met =
      await row(`SELECT count(DISTINCT rating)::INTEGER AS ratings, count(DISTINCT product)::INTEGER AS products,
      avg((discount IS NULL)::INTEGER) AS missing, max(abs(change)) AS farthest, abs(corr(balance, score)) AS correlation,
      avg(balance) AS mean, stddev(balance) AS sd FROM '${ordered}'`);
    expect([met['ratings'], met['products']]).toEqual([5, 500]);
    expect(met['missing']).toBeCloseTo(0.3, 1);
    expect(met['farthest']).toBeGreaterThan(1000);
    expect(met['correlation']).toBeLessThan(0.03);
    expect(Math.abs(met['mean']!)).toBeLessThan(30);
    expect(met['sd']).toBeCloseTo(1000, -2);
  });

  it('has 19 features and a time', async () => {
    const { names } = (await row(
      `SELECT string_agg(column_name, ',') AS names FROM (DESCRIBE FROM '${ordered}')`,
    )) as unknown as { names: string };
    expect(names.split(',')).toEqual([TIME_COLUMN, ...NUMERIC_COLUMNS, ...CATEGORICAL_COLUMNS]);
    expect([NUMERIC_COLUMNS.length, CATEGORICAL_COLUMNS.length]).toEqual([14, 5]);
  });
});

describe('a measured command', () => {
  const script = (text: string): string[] => [process.execPath, '-e', text];
  const HOLD = 'Buffer.alloc(200e6, 1); setTimeout(() => {}, 200)';

  it('is known by the most it held, though it lets go of it', async () => {
    const met = await measure(script(HOLD));
    expect(met).toMatchObject({ ended: 'done', processes: 1 });
    expect(met.peakBytes).toBeGreaterThan(200e6);
    expect(met.peakBytes).toBeLessThan(400e6);
  });

  it('answers for its children', async () => {
    const met = await measure(
      script(`require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(HOLD)}])`),
    );
    expect(met).toMatchObject({ ended: 'done', processes: 2 });
    expect(met.peakBytes).toBeGreaterThan(200e6);
  });

  it('is killed over its limits, and that is told from failing', async () => {
    const forever = 'setInterval(() => {}, 1000)';
    const [memory, time, failed] = await Promise.all([
      measure(script(`const held = Buffer.alloc(200e6, 1); ${forever}`), { limitBytes: 150e6 }),
      measure(script(forever), { limitSeconds: 0.3 }),
      measure(script('throw new Error("no such column")')),
    ]);
    expect([memory.ended, time.ended, failed.ended]).toEqual(['memory', 'time', 'failed']);
    expect(failed.error).toContain('no such column');
  });

  it('that was killed is not tried again, and one that fails ends the run', async () => {
    const limits = { limitBytes: 150e6, limitSeconds: 60 };
    const endless = { steps: [script('const held = Buffer.alloc(200e6, 1); setInterval(() => {}, 1000)')] };
    const order: string[] = [];
    const progress = (round: number, name: string) => order.push(`${name} ${round}`);
    const cases = { endless, quick: { steps: [script('')] } };
    const met = await runCases(cases, { rounds: 2, limits, progress });
    expect(order).toEqual(['endless 0', 'quick 0', 'quick 1']);
    expect(met['endless']!.map(({ ended }) => ended)).toEqual(['memory']);
    const broken = { broken: { steps: [script('process.exit(2)')] } };
    await expect(runCases(broken, { rounds: 1, limits, progress })).rejects.toThrow('process.exit(2)');
  });
});

describe('a comparison', () => {
  const round = (seconds: number, peakBytes: number) => ({ seconds, peakBytes, resultBytes: 10, ended: 'done' });
  const group = { ours: [round(2, 100), round(4, 100)], theirs: [round(8, 50), round(4, 50)] };

  it('is made within a round', () => {
    expect(compared(group.theirs, group.ours, 'seconds')).toEqual({ median: 2.5, min: 1, max: 4, rounds: 2 });
  });

  it('tells where the other one was better', () => {
    expect(lost(group, ['theirs'], 'ours')).toEqual([{ name: 'theirs', key: 'peakBytes', theirs: 50, ours: 100 }]);
  });
});

describe('docs/baseline-cost.md', () => {
  const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
  const figures = JSON.parse(read('baseline-cost.json'));

  it('is made of the figures that stand beside it', () => {
    expect(read('baseline-cost.md')).toBe(page(figures));
  });

  it('has every case, and a title for each', () => {
    const files = { parquet: '', csv: '', january: '', july: '', shuffled: '', folder: '', interpreter: '' };
    const sorted = (group: object) => Object.keys(group).sort();
    const groups = [
      [START, startCases(''), figures.start],
      [FLIGHTS, flightCases(files), figures.flights],
      [DRIFT, driftCases(files), figures.drift],
      [LARGE, largeCases(files), figures.large.at(-1).cases],
    ];
    for (const [titles, cases, measured] of groups) {
      expect(sorted(cases)).toEqual(sorted(titles));
      expect(sorted(measured)).toEqual(sorted(titles));
    }
  });

  it('goes to ten million rows and says so of 336,776', () => {
    expect(figures.large.at(-1).rows).toBe(10_000_000);
    expect(figures.flights.driftspan.length).toBeGreaterThanOrEqual(5);
  });
});
