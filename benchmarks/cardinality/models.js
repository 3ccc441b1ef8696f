// The models whose series are counted: 1 to 1,000 numbers, and the flights of the example. Each gives a monitor's options and its rows.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { categorical, defineModel, numeric } from '@driftspan/core';
import { learnBaseline, parseBaseline } from '@driftspan/sketch';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { seeded } from '../detection/random.js';

const FLIGHTS = new URL('../../examples/flight-delays/', import.meta.url);
/** Enough that every feature is judged: 320 would do, for 20 values expected in each of 16 bins. */
export const ROWS = 500;
const BASELINE_ROWS = 2000;
const LABELS = ['late', 'on-time'];

export const MODELS = {
  'numbers-1': { title: '1 number', make: () => numbers(1) },
  'numbers-20': { title: '20 numbers', make: () => numbers(20) },
  flights: { title: 'the flights of the example: 9 numbers, categories of 3, 15 and 64', make: flights },
  'numbers-100': { title: '100 numbers', make: () => numbers(100) },
  'numbers-1000': { title: '1,000 numbers, the most there can be', make: () => numbers(1000) },
};

const OUTPUT = { label: answer => answer.label, confidence: answer => answer.confidence };

async function numbers(count) {
  const random = seeded('cardinality', count, 1);
  const names = Array.from({ length: count }, (_, i) => `feature_${i}`);
  const row = () => Object.fromEntries(names.map(name => [name, random.uniform() * 100]));
  const answer = () => ({ label: LABELS[random.uniform() < 0.3 ? 0 : 1], confidence: random.uniform() });
  const features = Object.fromEntries(names.map(name => [name, numeric()]));
  const model = defineModel({ name: 'cardinality', version: '1', features });
  const baseline = await learnBaseline(
    model,
    Array.from({ length: BASELINE_ROWS }, () => ({ input: row(), output: answer() })),
  );
  const calls = Array.from({ length: ROWS }, () => [row(), answer()]);
  return { model, baseline, output: OUTPUT, calls };
}

async function flights() {
  const baseline = parseBaseline(readFileSync(new URL('model/flight-delay.baseline.json', FLIGHTS), 'utf8'));
  const kinds = { numeric, categorical };
  const model = defineModel({
    ...baseline.model,
    features: Object.fromEntries(baseline.features.map(({ name, kind }) => [name, kinds[kind]()])),
  });
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(fileURLToPath(new URL('data/flights-2013.parquet', FLIGHTS))),
    columns: baseline.features.map(({ name }) => name),
    rowEnd: ROWS,
  });
  const random = seeded('cardinality', 0, 1);
  const calls = rows.map(row => [
    row,
    { label: LABELS[random.uniform() < 0.3 ? 0 : 1], confidence: 0.5 + random.uniform() / 2 },
  ]);
  return { model, baseline, output: OUTPUT, calls };
}

/** What is exported in each row of the table. */
export const EXPORTS = [
  { bins: 16, baseline: true, values: false },
  { bins: 16, baseline: false, values: false },
  { bins: 16, baseline: true, values: true },
  { bins: 8, baseline: true, values: false },
  { bins: 8, baseline: false, values: false },
  { bins: 8, baseline: true, values: true },
  { bins: 4, baseline: true, values: false },
  { bins: 4, baseline: false, values: false },
  { bins: 4, baseline: true, values: true },
  { bins: 0, baseline: false, values: false },
];

/** What the traffic of these models was, for the formula. */
export const SEEN = { labels: LABELS.length, confidence: true, judged: true };
