// The models that grow: rows as a service gets them, and baselines learned from as few rows as a baseline takes.
import { categorical, columns, defineModel, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { seeded } from '../../detection/random.js';

/** The fewest that a baseline is learned from: what grows is what it holds, which is the same for a million. */
const TRAINING_ROWS = 1000;
/** Values that a category of the baseline is seen at least: it keeps none below 10. */
const A_CATEGORY = 20;
const LABELS = ['late', 'on-time'];

/** Categories of one feature in the plots where features or monitors grow. */
export const CATEGORIES = 8;
/** Rows that go round while calls are timed, a power of two. */
export const ROWS = 256;

/** Readers of what every model here answers. */
export const OUTPUT = { label: answer => answer.label, confidence: answer => answer.confidence };

/** Stands for a model: asynchronous, as an inference session is, and as cheap as can be, so that what is added shows. */
export const ANSWERS = LABELS.map(label => Object.freeze({ label, confidence: 0.75 }));

const named = count => Array.from({ length: count }, (_, i) => `feature_${i}`);
/** Longer than the strings that V8 keeps one copy of when it parses them. */
export const categoryName = i => `category_${String(i).padStart(4, '0')}`;
const number = random => random.uniform() * 100;

/** A row of named properties, parsed: what a service has in hand. */
const parsed = (names, value) => () =>
  JSON.parse(JSON.stringify(Object.fromEntries(names.map(name => [name, value()]))));

const KINDS = {
  numeric: (names, random) => ({ feature: numeric, row: parsed(names, () => number(random)) }),
  categorical: (names, random, categories) => ({
    feature: categorical,
    row: parsed(names, () => categoryName(random.below(categories))),
  }),
  columns: (names, random) => ({
    features: { table: columns(row => row, names) },
    row: () => tensorOf(names.length, 1, random),
  }),
};

/** A `[rows, columns]` tensor, as an onnxruntime feed is. */
export function tensorOf(width, rows, random) {
  const data = Float32Array.from({ length: width * rows }, () => number(random));
  return { data, dims: [rows, width], type: 'float32', location: 'cpu' };
}

/**
 * A model of so many features of one kind, and a baseline of it.
 *
 * @param {'numeric' | 'categorical' | 'columns'} kind
 * @param {number} count features; of `columns` the columns of one tensor.
 * @param {number} [categories] of each categorical feature.
 */
export async function grown(kind, count, categories = CATEGORIES) {
  const random = seeded(`growth ${kind}`, count, categories);
  const names = named(count);
  const { feature, features, row } = KINDS[kind](names, random, categories);
  const declared = features ?? Object.fromEntries(names.map(name => [name, feature()]));
  const define = name => defineModel({ name, version: '1', features: declared });
  const answer = () => ({ label: LABELS[random.uniform() < 0.3 ? 0 : 1], confidence: random.uniform() });
  const rows = Math.max(TRAINING_ROWS, kind === 'categorical' ? categories * A_CATEGORY : 0);
  const baseline = await learnBaseline(
    define('growth'),
    Array.from({ length: rows }, () => ({ input: row(), output: answer() })),
  );
  const text = JSON.stringify(baseline);
  return {
    row,
    random,
    /** Its options under a name of its own, with a baseline of its own, as if each were read from a file. */
    options: (name, further = {}) => {
      const own = JSON.parse(text);
      own.model = { ...own.model, name };
      return { model: define(name), baseline: own, output: OUTPUT, ...further };
    },
  };
}
