import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bindBaseline, defineModel, learnBaseline, parseBaseline, stringifyBaseline } from '../../src/index.js';
import { GOLDEN_MODEL, type GoldenRow, goldenRows } from './rows.js';

// As beside it: never change the model, nor the key; the file was learned with them.
const text = readFileSync(new URL('driftspan.baseline.v1.sensitive.json', import.meta.url), 'utf8');
const { signed, ...others } = GOLDEN_MODEL.features!;
const MODEL = defineModel<GoldenRow>({
  ...GOLDEN_MODEL,
  sensitiveKey: 'the key of the golden file',
  features: {
    ...Object.fromEntries(Object.entries(others).map(([name, feature]) => [name, { ...feature, sensitive: true }])),
    signed: signed!,
  },
});

it('the version 1 file with sensitive features is read, and written again byte for byte', () => {
  const baseline = parseBaseline(text);
  expect(baseline.features.filter(({ sensitive }) => sensitive)).toHaveLength(9);
  expect(stringifyBaseline(baseline)).toBe(text);
});

it('the version 1 file with sensitive features is what the same rows still give', async () => {
  expect(stringifyBaseline(await learnBaseline(MODEL, goldenRows()))).toBe(text);
});

it('the version 1 file with sensitive features binds to its model', () => {
  expect(bindBaseline(parseBaseline(text), MODEL, { requireSameVersion: true })).toBeUndefined();
});
