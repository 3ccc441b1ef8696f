import { describe, expect, it } from 'vitest';
import { explainReport } from '../src/index.js';
import { type Change, scenario } from './scenarios.js';
import { watched } from './watched.js';

const told = async (change: Change, training?: Change): Promise<string> =>
  explainReport(await scenario(change, training));

describe('the sentences of a report', () => {
  it('say what is wrong, what moved, and what the model answers now', async () => {
    expect(await told({ shift: 1, late: 0.05 })).toBe(
      'Critical: the model meets data unlike what it was trained on. 2 of 4 features have moved; furthest x: 50.1 on average, 40 in training. ' +
        'It answers `late` for 4.9 % of the rows, 30.1 % in training, and is 74.1 % sure on average, 70.5 % in training.',
    );
  });

  it('say that all is well', async () => {
    expect(await told({})).toBe(
      'OK: the data is as in training. None of 4 features has moved. ' +
        'It answers `late` for 28.7 % of the rows, 30.1 % in training, and is 70.5 % sure on average, as in training.',
    );
  });

  it.each([
    ['a warning', { shift: 0.45 }, /^Warning: the data has moved away from what the model was trained on\. /],
    ['a notice', { shift: 0.15 }, /^Notice: the data differs from training, but too little to act on\. /],
    [
      'missing values',
      { missing: 0.2 },
      /^Critical: values that the model had in training are missing\. 1 of 4 features has moved; x: 20 % are missing or invalid, 0 % in training\. /,
    ],
    [
      'unseen categories',
      { category: 'voucher' },
      /; c: 15 % of the values are of categories that training never had, among them `voucher`/,
    ],
    [
      'answers alone',
      { late: 0.05 },
      /^Critical: the model answers unlike in training\. None of 4 features has moved\. It answers `late` for 4\.9 %/,
    ],
    [
      'few rows',
      { rows: 12 },
      /^OK: what could be judged is as in training\. 3 of 4 features could not be judged; furthest from training x: 42 on average/,
    ],
  ] as const)('of %s', async (_, change, pattern) => {
    expect(await told(change)).toMatch(pattern);
  });

  it('of no rows are one', async () => {
    expect(await told({ rows: 0 })).toBe('Not judged: there were no rows to compare.');
  });

  it('do not call it well where what is far away could not be judged, and tell why', async () => {
    expect(await told({ shift: 1 }, { alike: 2000 })).toMatch(
      /^Undecided: \d of 4 features look unlike training, and chance could not be ruled out\. Rows next to each other are alike: training over a longer time would tell; furthest from training x: 50\.1 .*\. What could be judged is as in training\. /,
    );
  });

  it('of a model without features say so', async () => {
    const { features: _, ...rest } = await scenario({});
    expect(explainReport({ ...rest, verdict: 'insufficient', features: [] })).toBe(
      'Not judged: there is nothing to compare.',
    );
  });

  it('of a monitor that learns its baseline tell how far it is', async () => {
    const report = (await watched({ rows: 0 })).report();
    const learning = { ...report, drift: { ...report.drift, learning: { rows: 120, of: 5000 } } };
    expect(explainReport(learning)).toMatch(
      /^Not judged: the baseline is still being learned, 120 of 5,000 rows so far\./,
    );
  });

  it('of a monitor that learns what is usual call nothing small', async () => {
    const report = (await watched({ shift: 1 }, { dependence: 'measured' })).report();
    expect(explainReport(report)).toMatch(
      /^Notice: the data differs from training, and how much is usual is still being learned\. /,
    );
  });
});
