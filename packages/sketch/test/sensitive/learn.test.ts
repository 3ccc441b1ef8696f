import { describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  bindBaseline,
  cellNames,
  defineModel,
  distances,
  judgeFeature,
  learnBaseline,
  mergeBaselineParts,
  numeric,
  parseBaseline,
  stringifyBaseline,
} from '../../src/index.js';
import { BaselineLearner } from '../../src/learning/learner.js';
import { sensitiveCategory } from '../../src/sensitive/category.js';
import { sensitiveKeyId } from '../../src/sensitive/key.js';
import { repeated } from '../generated-rows.js';
import { jointModel, jointRows } from '../joint/rows.js';
import { partOf } from '../parts/part-files.js';
import { refusal } from '../refusal.js';
import { CANARY_NUMBERS, CANARY_TEXTS, PATIENT_KEY, PATIENT_MODEL, patientRows } from './patients.js';

const hash = sensitiveCategory(PATIENT_KEY);
const named = (baseline: Baseline, name: string) => baseline.features.find(feature => feature.name === name)!;

/** The same rows learned whole, and as a stream of which few are kept. */
const LEARNED: readonly (readonly [how: string, make: (rows: number, timeOrdered?: boolean) => Baseline])[] = [
  ['whole', (rows, timeOrdered = false) => learned(rows, 2 ** 30, timeOrdered)],
  ['as a stream', (rows, timeOrdered = false) => learned(rows, 500, timeOrdered)],
];

function learned(rows: number, exactRows: number, timeOrdered: boolean): Baseline {
  const learner = new BaselineLearner(PATIENT_MODEL, { timeOrdered }, { exactRows, k: 1024 });
  for (const row of patientRows(rows)) learner.add(row);
  return learner.finish();
}

describe.each(LEARNED)('a baseline with sensitive features, learned %s,', (_, learn) => {
  it('has no planted value in its bytes, written as a number or as the bytes of one', () => {
    for (const timeOrdered of [false, true]) {
      const text = stringifyBaseline(learn(20_000, timeOrdered));
      for (const canary of CANARY_TEXTS) expect(text).not.toContain(canary);
      for (const canary of CANARY_NUMBERS) {
        for (const written of [canary, canary / 2, canary * 2, Math.trunc(canary)]) {
          expect(text).not.toContain(String(written));
        }
      }
      expect(text).not.toContain(PATIENT_KEY);
    }
  });

  it('says nothing of min, max, mean and sd of a sensitive number, nor of the parts of a measured one', () => {
    const { features } = learn(5000);
    const numbers = features.filter(({ kind }) => kind === 'numeric');
    expect(numbers.filter(({ sensitive }) => sensitive).map(({ name }) => name)).toEqual([
      'income',
      'clinic',
      'letter.length',
      'letter.words',
      'letter.punctuation',
      'letter.digits',
      'letter.nonAscii',
      'letter.repeated',
      'seen.hour',
      'seen.weekday',
      'iron',
      'zinc',
    ]);
    for (const feature of numbers) {
      const told = ['min', 'max', 'mean', 'sd'].filter(field => Object.hasOwn(feature, field));
      expect(told).toHaveLength(feature.sensitive ? 0 : 4);
    }
  });

  it('has one bin of a number that is always the same', () => {
    const clinic = named(learn(5000), 'clinic');
    expect(clinic).toMatchObject({ cuts: [], labels: ['00 (-inf,inf)'], counts: [5000] });
  });

  it('has categories as hashes, the most frequent first, and rare ones not at all', () => {
    const diagnosis = named(learn(5000), 'diagnosis');
    expect(diagnosis).toMatchObject({
      sensitive: true,
      categories: [hash('CANARY-frequent'), hash('CANARY-middling')],
      other: 9,
    });
    expect(baselineCells(diagnosis).reduce((a, b) => a + b)).toBe(5000);
  });

  it('has what is not sensitive as ever', () => {
    const baseline = learn(5000);
    expect(named(baseline, 'ward')).toMatchObject({ categories: expect.arrayContaining(['A', 'B', 'C', 'D']) });
    expect(named(baseline, 'height')).not.toHaveProperty('sensitive');
    expect(baseline.outputs[0]).not.toHaveProperty('sensitive');
  });

  it('names its key by an id, reads back as it was and binds to its model', () => {
    const baseline = learn(5000);
    expect(baseline.sensitiveKeyId).toBe(sensitiveKeyId(PATIENT_KEY));
    expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
    expect(bindBaseline(baseline, PATIENT_MODEL)).toBeUndefined();
  });

  it('still says how far its values move together', () => {
    expect(learn(5000, true).dependence?.blockRows.length).toBeGreaterThan(1);
  });
});

describe('sensitive categories', () => {
  it('leave as c0, c1, …', async () => {
    const names = cellNames(named(await learnBaseline(PATIENT_MODEL, patientRows(2000)), 'diagnosis'));
    expect(names).toEqual([
      ['c0', 'category'],
      ['c1', 'category'],
      ['other', 'other'],
      ['missing', 'missing'],
      ['invalid', 'invalid'],
    ]);
  });

  it('that are equally frequent are in the order of their hashes, and it decides which of them are kept', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const diagnosis = { ...PATIENT_MODEL.features!['diagnosis']!, limit: 5 };
    const model = defineModel({ ...PATIENT_MODEL, features: { diagnosis } });
    const rows = patientRows(1600).map(({ input }, i) => ({ input: { ...input, diagnosis: texts[i % 8]! } }));
    const { features } = await learnBaseline(model, rows);
    expect(features[0]).toMatchObject({ categories: texts.map(hash).sort().slice(0, 5), other: 600 });
  });

  it('are others under another key, with the same counts', async () => {
    const rows = patientRows(2000);
    const other = { ...PATIENT_MODEL, sensitiveKey: 'another key of the clinic' };
    const [a, b] = [await learnBaseline(PATIENT_MODEL, rows), await learnBaseline(other, rows)];
    const [before, after] = [named(a, 'diagnosis'), named(b, 'diagnosis')];
    expect(after.counts).toEqual(before.counts);
    expect(after.id).not.toBe(before.id);
    expect(b.sensitiveKeyId).not.toBe(a.sensitiveKeyId);
  });
});

describe('a baseline with sensitive features is judged', () => {
  it('as any other, but that it has no Wasserstein distance, and that one bin tells nothing', async () => {
    const baseline = await learnBaseline(PATIENT_MODEL, patientRows(5000));
    for (const feature of baseline.features) {
      const same = baselineCells(feature);
      const moved = [...repeated(0, same.length - 3), 5000, 0, 0];
      const options = { logAlpha: -10 };
      const isOneBin = feature.counts.length === 1;
      expect(judgeFeature(same, feature, options).verdict).toBe(isOneBin ? 'insufficient' : 'ok');
      expect(judgeFeature(moved, feature, options).verdict).toBe(isOneBin ? 'insufficient' : 'critical');
      const measured = distances(moved, feature);
      expect(measured.psi > 0.25).toBe(!isOneBin);
      expect('wasserstein' in measured).toBe(feature.name === 'height');
      expect('ks' in measured).toBe(feature.kind === 'numeric');
    }
  });

  it('for missing values where a constant has one bin', async () => {
    const clinic = named(await learnBaseline(PATIENT_MODEL, patientRows(2000)), 'clinic');
    expect(judgeFeature([1000, 1000, 0], clinic, { logAlpha: -10 }).verdict).toBe('critical');
  });
});

describe('sensitive features', () => {
  it('are in no pair that is watched together', async () => {
    const rows = jointRows(4, 2000, [0, 1, 0.9], [2, 3, 0.9]);
    const open = jointModel(4);
    const model = { ...open, features: { ...open.features, x0: numeric({ sensitive: true }) } };
    const names = (await learnBaseline(model, rows)).joint!.map(({ name }) => name);
    expect(names).toEqual(['joint.x2~x3']);
  });

  it('are learned in one process: parts would have values and texts as they are', () => {
    const learner = new BaselineLearner(PATIENT_MODEL);
    for (const row of patientRows(1000)) learner.add(row);
    const error = refusal('ERR_MODEL', () => learner.toBytes());
    expect([error.where, error.met]).toEqual(['feature "income"', 'sensitive true']);
    expect(learner.finish().rows).toBe(1000);
  });

  it('are not merged out of parts of a model that was not sensitive', () => {
    const open = defineModel({ name: 'm', version: '1', features: { x: numeric() } });
    const part = partOf(open, repeated({ input: { x: 1 } }, 1000));
    const model = { ...open, features: { x: numeric({ sensitive: true }) } };
    expect(refusal('ERR_MODEL', () => mergeBaselineParts(model, [part])).where).toBe('feature "x"');
  });
});
