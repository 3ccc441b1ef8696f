import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { contractText } from '../../src/contract/contract-text.js';
import { CONTRACT_SCHEMA, type ContractResult } from '../../src/contract/finding.js';

const PLAIN = picocolors.createColors(false);
const RESULT: ContractResult = {
  schema: CONTRACT_SCHEMA,
  kept: false,
  model: { name: 'flight-delay', version: '2013.01' },
  baseline: { rows: 27_004 },
  sample: { rows: 200, source: 'sample.jsonl' },
  features: 12,
  findings: [
    {
      level: 'broken',
      check: 'range',
      column: 'temp',
      sentence: "14 of 200 values (7 %) lie outside training's range: the sample goes from 10 to 98.96.",
      training: '10.94 to 64.04',
      rows: 14,
    },
    { level: 'note', check: 'unread', column: 'id\u001b[2J', sentence: 'The model does not read it.' },
  ],
};

describe('a contract as a person reads it', () => {
  it('opens on the verdict, and tells each finding under its column', () => {
    expect(
      contractText(RESULT, PLAIN, 80),
    ).toBe(`broken: sample.jsonl (200 rows) does not have the form of what flight-delay
2013.01 was trained on: 1 fault.

Broken
  temp (range)
    14 of 200 values (7 %) lie outside training's range: the sample goes from 10
    to 98.96.
    In training: 10.94 to 64.04.

Worth knowing
  id\\u001b[2J (unread)
    The model does not read it.
`);
  });

  it('says that it is kept, and by how many features', () => {
    expect(contractText({ ...RESULT, kept: true, findings: [] }, PLAIN, 80)).toBe(
      `kept: sample.jsonl (200 rows) has the form of what flight-delay 2013.01 was
trained on, in all 12 features.
`,
    );
  });
});
