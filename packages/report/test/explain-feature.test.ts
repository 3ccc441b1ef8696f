import { describe, expect, it } from 'vitest';
import { explainFeature } from '../src/index.js';
import { featureNamed } from './compared.js';
import { type Change, scenario } from './scenarios.js';
import { watched } from './watched.js';

async function told(name: string, change: Change, training?: Change): Promise<string> {
  return explainFeature(featureNamed(await scenario(change, training), name));
}

describe('the sentence of a number', () => {
  it('that is as in training says so', async () => {
    expect(await told('x', {})).toBe('As in training: 40.1 on average, 40 in training (PSI 0.004).');
  });

  it('that never varies says what it always is', async () => {
    expect(await told('flag', {})).toBe('As in training: always 1 (PSI under 0.001).');
  });

  it('that moved far says from where to where', async () => {
    expect(await told('x', { shift: 1 })).toBe('50.1 on average, 40 in training (PSI 0.98, surely above 0.87).');
  });

  it('that moved is a warning with the same words', async () => {
    expect(await told('x', { shift: 0.45 })).toBe(
      '44.6 on average, 40 in training; 14.3 % are above 55.4, 6.3 % in training (PSI 0.21, surely above 0.16).',
    );
  });

  it('that moved a little says what a warning takes', async () => {
    expect(await told('x', { shift: 0.15 })).toBe(
      'Beyond chance, but small: 41.6 on average, 40 in training; 8.7 % are above 55.4, 6.3 % in training (PSI 0.032, where a warning takes 0.14).',
    );
  });

  it('that left the range of training says how much of it', async () => {
    expect(await told('x', { shift: 6 })).toBe(
      '100 on average, 40 in training; 97.6 % are above the highest of training, 80.1 (PSI 8.41, surely above 8.10).',
    );
    expect(await told('x', { shift: -6 })).toMatch(/% are below the lowest of training, 4\.52 /);
  });

  it('that spread out about the same average says that', async () => {
    expect(await told('x', { spread: 2 })).toBe(
      'A standard deviation of 20, 9.97 in training, about an average of 40.3; 6 % are outside the range of training, 4.52 to 80.1 (PSI 0.63, surely above 0.55).',
    );
  });

  it('that went missing says only that', async () => {
    expect(await told('x', { missing: 0.2 })).toBe('20 % are missing or invalid, 0 % in training.');
  });

  it('that moved and went missing says both', async () => {
    expect(await told('x', { missing: 0.2, shift: 1 })).toMatch(
      /^50 on average, 40 in training \(PSI [\d.]+, surely above [\d.]+\); 20 % are missing or invalid, 0 % in training\.$/,
    );
  });

  it('that is sensitive tells a range of its bins and no average', async () => {
    expect(await told('secret', { shift: 1 })).toBe(
      '30.8 % are above 154, 6.3 % in training (PSI 0.98, surely above 0.87).',
    );
  });
});

describe('the sentence of a number of which little is known', () => {
  it('of files of other bins gives the index as a lower bound', async () => {
    const x = featureNamed(await scenario({ shift: 1 }), 'x');
    expect(explainFeature({ ...x, atLeast: true })).toContain('(PSI at least 0.98, surely above 0.87)');
  });

  it('without averages names the bin that changed most', async () => {
    const {
      mean: _,
      sd: _sd,
      min: _min,
      max: _max,
      shape: _shape,
      ...x
    } = featureNamed(await scenario({ shift: 1 }), 'x');
    expect(explainFeature(x)).toBe('30.8 % are above 55.4, 6.3 % in training (PSI 0.98, surely above 0.87).');
  });
});

describe('the sentence of a category', () => {
  it('names what grew and what shrank', async () => {
    expect(await told('prediction.label', { late: 0.05 })).toBe(
      '`late` is 4.9 % of the values, 30.1 % in training; `on-time` 95 %, 70 % in training (PSI 0.54, surely above 0.46).',
    );
  });

  it('tells of those that training never had', async () => {
    expect(await told('c', { category: 'voucher' })).toBe(
      '15 % of the values are of categories that training never had, among them `voucher` (596 rows).',
    );
  });

  it('hands no escape sequence on to a terminal', async () => {
    const sentence = await told('c', { category: '\u001b[2Jgone\u202e' });
    expect(sentence).toContain('`\\u001b[2Jgone\\u202e`');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(sentence).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

describe('the sentence of what could not be judged', () => {
  it('says that there are too few values, and what was seen', async () => {
    expect(await told('x', { rows: 12 })).toBe(
      'Not judged: 12 values are too few to tell a change from chance; seen: 42 on average, 40 in training (PSI 0.42).',
    );
  });

  it('says that rows hang together, and what was seen', async () => {
    expect(await told('x', { shift: 1 }, { alike: 2000 })).toMatch(
      /^Not judged: rows next to each other are alike, so that all 4,000 values count for hardly more than one, too few to tell a change from chance; seen: 50\.1 on average, /,
    );
    expect(await told('x', { shift: 1 }, { alike: 200 })).toMatch(
      /rows next to each other are alike, about [\d,]+ of them counting as one, so that 4,000 values are worth \d+ independent ones/,
    );
  });

  it('says that there were no rows, or no value in training', async () => {
    expect(await told('x', { rows: 0 })).toBe('Not judged: there were no rows.');
    expect(await told('x', {}, { missing: 1.1 })).toBe('Not judged: training had no value of it.');
  });

  it('is of a distance within chance where a large one could be', async () => {
    expect(await told('prediction.label', { late: 0.01 }, { alike: 200 })).toMatch(
      /^No further from training than chance can take it: `late` .*\(PSI [\d.]+\), where a warning takes a PSI of [\d.]+\.$/,
    );
  });
});

describe('the sentence of a monitor', () => {
  async function reported(name: string, ...args: Parameters<typeof watched>): Promise<string> {
    const { report } = await watched(...args);
    return explainFeature(report().features.find(feature => feature.name === name)!);
  }

  it('is of the window that rang first', async () => {
    expect(await reported('x', { shift: 1 })).toBe('50.1 on average, 40 in training (PSI 1.03, surely above 0.64).');
  });

  it('tells of an open window what it saw so far', async () => {
    expect(await reported('x', { shift: 1 }, {}, false)).toMatch(
      /^Not judged: no window has closed yet; so far: 30\.8 % are above 55\.4, 6\.3 % in training/,
    );
  });

  it('whose alarm is still open says that it has calmed', async () => {
    const { report } = await watched({});
    const x = report().features.find(({ name }) => name === 'x')!;
    expect(explainFeature({ ...x, verdict: 'warning' })).toMatch(
      /^Near to training again, but the alarm has not closed yet \(PSI [\d.]+\)\.$/,
    );
  });

  it('says that it still learns how far values hang together', async () => {
    expect(await reported('x', { shift: 1 }, { dependence: 'measured' })).toMatch(
      /; a notice at most while how far values hang together is being learned\.$/,
    );
  });
});
