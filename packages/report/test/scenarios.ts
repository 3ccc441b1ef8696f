import { type Comparison, categorical, defineModel, numeric, type TrainingRow } from '@driftspan/sketch';
import { compared, normal, rowsOf } from './compared.js';

export interface Row {
  readonly x: number | null;
  readonly c: string | null;
  readonly secret: number;
  readonly flag: number;
}

export const MODEL = defineModel<Row>({
  name: 'shop',
  version: '7',
  features: { x: numeric(), c: categorical(), secret: numeric({ sensitive: true }), flag: numeric() },
});

/** What differs of the current rows: by default nothing. */
export interface Change {
  readonly rows?: number;
  readonly shift?: number;
  readonly spread?: number;
  readonly missing?: number;
  readonly category?: string;
  readonly late?: number;
  /** So many rows in turn have the same values. */
  readonly alike?: number;
}

export const SEEDS = { training: 11, current: 29 };
const CATEGORIES = ['card', 'card', 'card', 'cash', 'cash', 'loan'];

/** Rows with their answers and times, a minute apart. */
export function rows(
  { rows = 4000, shift = 0, spread = 1, missing = 0, category, late = 0.3, alike = 1 }: Change,
  seed: number,
) {
  let held: TrainingRow<Row> | undefined;
  return rowsOf(rows, seed, (next, i): TrainingRow<Row> => {
    const [unit, wanted, chosen] = [normal(next), next(), next()];
    if (held !== undefined && i % alike !== 0) return { ...held, time: i * 60_000 };
    const c = category !== undefined && chosen > 0.85 ? category : CATEGORIES[Math.floor(wanted * 6)]!;
    const x = next() < missing ? null : 40 + 10 * (unit * spread + shift);
    const isLate = next() < late;
    held = {
      input: { x, c, secret: 100 * unit + 100 * shift, flag: 1 },
      output: { label: isLate ? 'late' : 'on-time', confidence: isLate ? 0.6 : 0.6 + 0.3 * next() },
      time: i * 60_000,
    };
    return held;
  });
}

/** 20,000 rows of training, and current ones that differ by `change`. */
export function scenario(change: Change, training: Change = {}): Promise<Comparison> {
  const untimed = (row: TrainingRow<Row>): TrainingRow<Row> => ({ input: row.input, output: row.output! });
  const learned = rows({ rows: 20_000, ...training }, SEEDS.training);
  const isTimed = training.alike !== undefined;
  return compared(MODEL, isTimed ? learned : learned.map(untimed), rows(change, SEEDS.current), {
    source: 'orders.parquet',
  });
}
