import {
  type ComparedFeature,
  type CompareOptions,
  type Comparison,
  compare,
  learnBaseline,
  type ModelSpec,
  RowCounter,
  type TrainingRow,
} from '@driftspan/sketch';

/** The same numbers in every run: x ← 1664525 x + 1013904223 (mod 2^32), given as x / 2^32 in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Normal enough to be drawn: the sum of twelve uniforms, less six. */
export function normal(next: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += next();
  return sum;
}

/** `rows` rows, each made of the generator and its index. */
export function rowsOf<Row>(rows: number, seed: number, make: (next: () => number, i: number) => Row): Row[] {
  const next = generator(seed);
  return Array.from({ length: rows }, (_, i) => make(next, i));
}

/** Rows compared with the baseline learned from others, by the real parts. */
export async function compared<Row>(
  model: ModelSpec<Row>,
  training: readonly TrainingRow<Row>[],
  current: readonly TrainingRow<Row>[],
  options?: CompareOptions,
): Promise<Comparison> {
  const baseline = await learnBaseline(model, training);
  const counter = new RowCounter(baseline, model);
  for (const row of current) counter.add(row);
  return compare(baseline, counter.finish(), options);
}

export function featureNamed({ features }: Comparison, name: string): ComparedFeature {
  const found = features.find(feature => feature.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}
