import {
  type Baseline,
  bindBaseline,
  dateTime,
  defineModel,
  embedding,
  learnBaseline,
  numeric,
  text,
} from '@driftspan/sketch';
import { describe, expect, test } from 'vitest';
import { modelOf, planFor, planOf } from '../../src/data/index.js';
import { inferred, refusal, TempFiles } from './temp-files.js';

const files = new TempFiles();
const source = (...names: readonly string[]) => ({ columns: names.map(name => ({ name, type: 'text' })) });

const MODEL = defineModel<Record<string, unknown>>({
  name: 'reviews',
  version: '7',
  features: {
    stars: numeric(),
    note: text(),
    written: dateTime(),
    vector: embedding({ projections: 3 }),
    secret: numeric({ sensitive: true }),
  },
});

function baseline(): Promise<Baseline> {
  const rows = Array.from({ length: 1000 }, (_, i) => ({
    input: { stars: i % 5, note: `n ${i}`, written: i * 1000, vector: [i, 1], secret: i },
  }));
  return learnBaseline(MODEL, rows);
}

describe('a plan for a baseline', () => {
  test('finds parts again as what they are measured of, and binds', async () => {
    const learned = await baseline();
    const { plan, absent, extra } = planFor(
      learned,
      source('note', 'more', 'secret', 'vector', 'stars', 'written'),
      {},
    );
    expect(plan.features).toEqual([
      { name: 'stars', column: 'stars', kind: 'numeric' },
      { name: 'note', column: 'note', kind: 'text' },
      { name: 'written', column: 'written', kind: 'datetime' },
      { name: 'vector', column: 'vector', kind: 'embedding', projections: 3 },
      { name: 'secret', column: 'secret', kind: 'numeric', sensitive: true },
    ]);
    expect([absent, extra]).toEqual([[], ['more']]);
    expect(() => bindBaseline(learned, modelOf(plan, { name: 'reviews', version: '7' }))).not.toThrow();
  });

  test('takes the parts themselves where the file has them', async () => {
    const learned = await baseline();
    const parts = learned.features.map(({ name }) => name).filter(name => name.startsWith('note.'));
    const { plan } = planFor(learned, source('stars', 'written', 'vector', 'secret', ...parts), {});
    expect(plan.features.filter(({ name }) => name.startsWith('note')).map(({ name, kind }) => [name, kind])).toEqual(
      parts.map(name => [name, 'numeric']),
    );
    expect(() => bindBaseline(learned, modelOf(plan, { name: 'reviews', version: '7' }))).not.toThrow();
  });

  test('reads what is absent as missing, told once', async () => {
    const learned = await baseline();
    const { plan, absent } = planFor(learned, source('stars'), {});
    expect(absent).toEqual(['note', 'written', 'vector', 'secret']);
    expect(plan.features[1]).toEqual({ name: 'note', column: undefined, kind: 'text' });
    expect(() => bindBaseline(learned, modelOf(plan, { name: 'reviews', version: '7' }))).not.toThrow();
  });

  test('keeps an age, which needs a second time, as the number it is', async () => {
    const aged = defineModel<{ t: number }>({
      name: 'm',
      version: '1',
      features: { t: dateTime({ select: ({ t }) => t, asOf: ({ t }) => t + 5000 }) },
    });
    const learned = await learnBaseline(
      aged,
      Array.from({ length: 1000 }, (_, i) => ({ input: { t: i } })),
    );
    const { plan, absent } = planFor(learned, source('t'), {});
    expect(plan.features.map(({ name, kind }) => [name, kind])).toEqual([
      ['t', 'datetime'],
      ['t.age', 'numeric'],
    ]);
    expect(absent).toEqual(['t.age']);
    expect(() => bindBaseline(learned, modelOf(plan, { name: 'm', version: '1' }))).not.toThrow();
  });

  test('reads outputs and the time of the columns that are named', async () => {
    const learned = await baseline();
    const { plan, extra } = planFor(learned, source('stars', 'answer', 'p', 'v', 't'), {
      label: 'answer',
      confidence: 'p',
      value: 'v',
      time: 't',
    });
    expect(plan).toMatchObject({ label: 'answer', confidence: 'p', value: 'v', time: 't' });
    expect(extra).toEqual([]);
    const wrong = async () => planFor(learned, source('answer'), { label: 'anwser' });
    expect(await refusal(wrong())).toContain('did you mean answer?');
  });
});

test('the plan of what was inferred has the features in the order of the file', async () => {
  const path = files.write(
    'order.csv',
    `b,a,t,y\n${Array.from({ length: 30 }, (_, i) => `${i / 3},w${i % 2},${i},late`).join('\n')}\n`,
  );
  const plan = planOf(await inferred(path, { time: 't', label: 'y', sensitive: ['b'] }));
  expect(plan).toEqual({
    features: [
      { name: 'b', column: 'b', kind: 'numeric', sensitive: true },
      { name: 'a', column: 'a', kind: 'categorical' },
    ],
    time: 't',
    label: 'y',
  });
});
