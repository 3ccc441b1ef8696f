import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { learnBaseline, stringifyBaseline } from '../../src/index.js';
import { CASES } from './cases.js';
import { modelOf, optionsOf, rowsOf } from './columns.js';

// The files were written by a Python script, out of the rows that `cases.ts` makes in this language. Nothing here needs Python.
const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');

it.each(CASES.map(make => [make.name, make] as const))(
  'the Python script wrote what learnBaseline learns: %s',
  async (name, make) => {
    const dataset = make();
    const baseline = await learnBaseline(modelOf(dataset), rowsOf(dataset), optionsOf(dataset));
    expect(stringifyBaseline(baseline)).toBe(golden(`${name}.baseline.json`));
  },
);

it('every golden file is of a case', () => {
  const names = readdirSync(new URL('golden', import.meta.url));
  expect(names.sort()).toEqual([...CASES.map(make => `${make.name}.baseline.json`), 'script.sha256'].sort());
});

it('the golden files are those of the script as it is', () => {
  const script = readFileSync(new URL('../../../../docs/python/driftspan_baseline.py', import.meta.url));
  expect(createHash('sha256').update(script).digest('hex')).toBe(golden('script.sha256').trim());
});
