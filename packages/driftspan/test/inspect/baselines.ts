import {
  type Baseline,
  categorical,
  dateTime,
  defineModel,
  embedding,
  image,
  learnBaseline,
  type ModelSpec,
  numeric,
  type TrainingRow,
  tensor,
  text,
} from '@driftspan/sketch';

/** A row with a value for every kind, from a counter alone. */
export interface EveryKind {
  readonly amount: number;
  readonly city: string;
  readonly zip: string;
  readonly note: string;
  readonly made: number;
  readonly photo: { readonly data: Uint8Array; readonly width: number; readonly height: number };
  readonly vector: readonly number[];
  readonly short: readonly number[];
  readonly signal: readonly number[];
  readonly income: number;
  readonly 'two words': number;
}

export const ROWS = 2000;

export const everyKind: ModelSpec<EveryKind> = defineModel<EveryKind>({
  name: "all 'kinds'",
  version: '1.0',
  transforms: '2',
  task: 'regression',
  joint: true,
  features: {
    amount: numeric(),
    city: categorical(),
    zip: categorical({ limit: 100 }),
    note: text(),
    made: dateTime(),
    photo: image(),
    vector: embedding(),
    short: embedding({ projections: 2 }),
    signal: tensor(),
    income: numeric({ sensitive: true }),
    'two words': numeric(),
  },
});

export function everyKindBaseline(): Promise<Baseline> {
  return learnBaseline(everyKind, rows());
}

/** One row a minute, so that windows can be told by their length. */
function* rows(): Generator<TrainingRow<EveryKind>> {
  for (let i = 0; i < ROWS; i++) {
    const wave = Math.sin(i);
    yield {
      input: {
        amount: wave * 100,
        city: ['Lisbon', 'Porto', 'Faro'][i % 3]!,
        zip: `z${i % 100}`,
        note: 'word '.repeat((i % 7) + 1),
        made: i * 3_600_000,
        photo: { data: Uint8Array.from({ length: 12 }, (_, k) => (i + k) % 256), width: 2, height: 2 },
        vector: Array.from({ length: 16 }, (_, k) => Math.cos(i * (k + 1))),
        short: [wave, 1, 2],
        signal: [wave, i % 5],
        income: i % 997,
        'two words': wave * 100 + (i % 3),
      },
      output: { label: i % 2 === 0 ? 'yes' : 'no', confidence: (i % 100) / 100 },
      time: i * 60_000,
    };
  }
}
