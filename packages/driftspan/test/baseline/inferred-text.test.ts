import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { inferredText } from '../../src/baseline/inferred-text.js';
import type { ColumnProfile, InferredColumn } from '../../src/data/index.js';

const PLAIN = picocolors.createColors(false);

function column(name: string, more: Partial<InferredColumn>, profile: Partial<ColumnProfile> = {}): InferredColumn {
  return {
    name,
    type: 'integer',
    use: 'feature',
    sensitive: false,
    reason: 'numbers',
    profile: { name, type: 'integer', rows: 1000, missing: 0, distinct: 9, ...profile } as ColumnProfile,
    ...more,
  };
}

const COLUMNS = [
  column('amount', { kind: 'numeric', type: 'number' }, { distinct: 987, missing: 20, min: -1.5, max: 12_345 }),
  column('grade', {
    kind: 'numeric',
    reason: 'numbers; 9 different whole ones: --feature grade:categorical if they are names of something',
  }),
  column('salary', { kind: 'numeric', sensitive: true }, { min: 31_999, max: 99_999 }),
  column('carrier', { kind: 'categorical', limit: 128, type: 'text', reason: 'named on the command line' }),
  column('answer', { use: 'label', type: 'text', reason: 'named on the command line' }),
  column('at', { use: 'time', type: 'time', reason: 'named on the command line' }),
  column('id\u001b[2J', { use: 'excluded', type: 'text', reason: 'every value differs: an identifier' }),
];

describe('what was made of each column', () => {
  it('is a table for 80 columns, with what to look at twice in full below', () => {
    expect(inferredText(COLUMNS, PLAIN, 80)).toBe(`  column       used as            distinct  missing  why
  amount       numeric                 987      2 %  numbers
  grade        numeric                   9           numbers
  salary       sensitive numeric         9           numbers
  carrier      categorical (128)         9           named on the command line
  answer       prediction label          9           named on the command line
  at           time                      9           named on the command line
  id\\u001b[2J  excluded                  9           every value differs: an id…

Look twice:
  grade: 9 different whole ones: --feature grade:categorical if they are names
    of something
`);
  });

  it('has what the file says where there is room, and never the ends of what is sensitive', () => {
    const wide = inferredText(COLUMNS, PLAIN, 120);
    expect(wide.split('\n')[0]).toBe(
      '  column       in the file  used as            distinct  missing  from      to  why',
    );
    expect(wide.split('\n')[1]).toBe(
      '  amount       number       numeric                 987      2 %  -1.5  12,345  numbers',
    );
    expect(wide).not.toMatch(/31,999|99,999/);
  });

  it('cuts a name that nobody could read', () => {
    const text = inferredText([column('x'.repeat(300), { kind: 'numeric' })], picocolors.createColors(true), 80);
    for (const line of stripVTControlCharacters(text).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
