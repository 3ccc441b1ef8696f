import { type Baseline, learnBaseline, type ModelSpec } from '@driftspan/sketch';
import { categorical, numeric } from '../../src/index.js';
import { collected } from '../record/collected.js';

/** A model of one feature of each kind, under a name of its own so that its series can be told apart. */
export function modelNamed(name: string) {
  return { name, version: '1', features: { n: numeric(), c: categorical() } } as const satisfies ModelSpec<never>;
}

/** Learnt from 1,000 rows: `n` runs from 0 to 999, `c` is one of five letters. */
export function baselineFor(model: ModelSpec<never>): Promise<Baseline> {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ input: { n: i, c: 'abcde'[i % 5]! } as never }));
  return learnBaseline(model, rows);
}

/** How often each kind of bin of a feature was counted, as exported. */
export async function binKinds(model: string, feature: string): Promise<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { attributes, value } of await collected(model, 'ml.feature.bins')) {
    if (attributes['ml.feature.name'] !== feature) continue;
    const kind = String(attributes['ml.bin.kind']);
    kinds[kind] = (kinds[kind] ?? 0) + (value as number);
  }
  return kinds;
}
