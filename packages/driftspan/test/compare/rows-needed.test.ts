import {
  type Baseline,
  type Comparison,
  categorical,
  compare,
  learnBaseline,
  numeric,
  RowCounter,
  type Verdict,
} from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkJudged, fails } from '../../src/compare/fail-on.js';
import { rowsNeeded } from '../../src/compare/rows-needed.js';

interface Row {
  readonly x: number;
  readonly c: string;
}

const MODEL = {
  name: 'm',
  version: '1',
  features: { x: numeric<Row>({ select: row => row.x }), c: categorical<Row>({ select: row => row.c }) },
};
const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ input: { x: (i * 617) % 1000, c: i % 50 === 0 ? 'rare' : 'usual' } }));

function compared(baseline: Baseline, n: number) {
  const counter = new RowCounter(baseline, MODEL);
  for (const row of rows(n)) counter.add(row);
  return compare(baseline, counter.finish(), { source: 'few.csv' });
}

describe('rows that a comparison takes', () => {
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await learnBaseline(MODEL, rows(20_000));
  });

  it('are as many as it says, and not much fewer would do', () => {
    const needed = rowsNeeded(baseline, {})!;
    expect(compared(baseline, needed).verdict).not.toBe('insufficient');
    expect(compared(baseline, Math.floor(needed * 0.8)).verdict).toBe('insufficient');
  });

  it('are none where the rows of training hang together so that no number would do', async () => {
    const trend = Array.from({ length: 2000 }, (_, i) => ({
      input: { x: Math.floor(i / 500), c: String(Math.floor(i / 500)) },
    }));
    const drifting = await learnBaseline(MODEL, trend, { timeOrdered: true });
    expect(rowsNeeded(drifting, {})).toBeUndefined();
    expect(rowsNeeded(drifting, { dependence: 'independent' })).toBeGreaterThan(0);
  });

  it('are told where nothing could be judged', () => {
    const few = compared(baseline, 5);
    expect(few.verdict).toBe('insufficient');
    const needed = rowsNeeded(baseline, {})!;
    expect(() => checkJudged(few, baseline)).toThrow(
      expect.objectContaining({
        code: 'ERR_NOTHING_JUDGED',
        where: 'few.csv',
        met: '5 rows',
        expected: `about ${needed.toLocaleString('en-US')} rows or more`,
      }),
    );
    expect(() => checkJudged(compared(baseline, 5000), baseline)).not.toThrow();
  });
});

describe('--fail-on', () => {
  it('fails from its verdict on', () => {
    const of = (verdict: 'insufficient' | 'ok' | 'notice' | 'warning' | 'critical') =>
      (['notice', 'warning', 'critical', 'never'] as const).filter(failOn =>
        fails({ verdict } as Parameters<typeof fails>[0], failOn),
      );
    expect(of('insufficient')).toEqual([]);
    expect(of('ok')).toEqual([]);
    expect(of('notice')).toEqual(['notice']);
    expect(of('warning')).toEqual(['notice', 'warning']);
    expect(of('critical')).toEqual(['notice', 'warning', 'critical']);
  });

  it('fails for a feature that nobody could judge, where that was asked for', () => {
    const some = (...verdicts: readonly Verdict[]) =>
      ({ verdict: 'ok', features: verdicts.map(verdict => ({ verdict })) }) as unknown as Comparison;
    expect(fails(some('ok', 'insufficient'), 'critical', true)).toBe(true);
    expect(fails(some('ok', 'insufficient'), 'never', true)).toBe(true);
    expect(fails(some('ok', 'insufficient'), 'critical')).toBe(false);
    expect(fails(some('ok', 'ok'), 'critical', true)).toBe(false);
  });
});
