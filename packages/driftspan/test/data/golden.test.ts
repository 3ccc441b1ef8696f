import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BaselineLearner, stringifyBaseline } from '@driftspan/sketch';
import { expect, test } from 'vitest';
import { inferColumns, modelOf, planOf, profileColumns, readRows } from '../../src/data/index.js';
import { CHOICES, withSource } from './temp-files.js';

const golden = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url));

/** `golden/run.sh` made both files: the CSV file out of numbers, texts and times in every form, its baseline by the NumPy script. */
test('a CSV file gives the baseline that the NumPy script gives, byte for byte', async () => {
  const text = await withSource(golden('awkward.csv'), async source => {
    const kinds = ['distance', 'odd numbers', 'constant', 'secret'].map(
      name => [name, { kind: 'numeric' as const }] as const,
    );
    const choices = {
      features: new Map(kinds),
      sensitive: ['secret', 'words*'],
      label: 'late',
      confidence: 'p',
      time: 'scheduled',
    };
    const plan = planOf(inferColumns(await profileColumns(source), { ...CHOICES, ...choices }));
    const identity = { name: 'awkward', version: '1', transforms: '3', task: 'classification' as const };
    const model = modelOf(plan, { ...identity, sensitiveKey: 'a key of the golden files' });
    const learner = new BaselineLearner(model, { provenance: { source: source.description } });
    await readRows(source, plan, { each: row => learner.add(row) });
    return stringifyBaseline(learner.finish());
  });
  expect(text).toBe(readFileSync(golden('awkward.baseline.json'), 'utf8'));
});
