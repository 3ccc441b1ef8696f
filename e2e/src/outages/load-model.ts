import { categorical, defineModel, type Monitored, monitor, numeric } from '@driftspan/core';
import { type Baseline, learnBaseline } from '@driftspan/sketch';

/** A row; `index` counts the calls and is no feature. */
export interface Query {
  index: number;
  readonly age: number;
  readonly amount: number;
  readonly balance: number;
  readonly duration: number;
  readonly items: number;
  readonly speed: number;
  readonly channel: string;
}
export interface Answer {
  readonly label: 'accept' | 'refuse';
  readonly confidence: number;
}
export type Predict = (query: Query) => Promise<Answer>;

export const MODEL_NAME = 'load';

const MODEL = defineModel<Query>({
  name: MODEL_NAME,
  version: '1',
  task: 'classification',
  features: {
    age: numeric(),
    amount: numeric(),
    balance: numeric(),
    duration: numeric(),
    items: numeric(),
    speed: numeric(),
    channel: categorical(),
  },
});

const CHANNELS = ['web', 'phone', 'shop'] as const;
const ROWS = 2000;
/** Multiplications a call: about 45 µs. */
const WORK = 12_000;
const FAILS_EVERY = 101;
/** Predictions below it are recorded, one in ten. */
const RECORDED_BELOW = 0.55;
/** Outcomes come for one in three of the others. */
const ANSWERED_EVERY = 3;

/** The same 2,000 rows in every process: every value once in a shuffled order, so that no window of them drifts. */
export function queries(): Query[] {
  const at = (row: number, stride: number) => ((row * stride) % ROWS) / ROWS;
  return Array.from({ length: ROWS }, (_, row) => ({
    index: 0,
    age: 18 + 60 * at(row, 7),
    amount: 1000 * at(row, 11) ** 2,
    balance: 2000 * at(row, 13) - 1000,
    duration: 300 * at(row, 17),
    items: Math.floor(20 * at(row, 19)),
    speed: at(row, 23),
    channel: CHANNELS[row % CHANNELS.length]!,
  }));
}

export function loadBaseline(rows: readonly Query[]): Promise<Baseline> {
  return learnBaseline(
    MODEL,
    rows.map(input => ({ input })),
  );
}

/** Confidence of the answer to a query, 0.50 to 0.99. */
export function confidenceOf(query: Query): number {
  return 0.5 + (query.index % 50) / 100;
}

export function failsAt(query: Query): boolean {
  return query.index % FAILS_EVERY === 0;
}

export function isRecorded(query: Query): boolean {
  return !failsAt(query) && confidenceOf(query) < RECORDED_BELOW;
}

/** The id under which the outcome comes, if one does. */
export function idOf(query: Query): string | undefined {
  return isRecorded(query) || query.index % ANSWERED_EVERY === 0 ? `query ${query.index}` : undefined;
}

/** A model of some arithmetic, which rejects now and then. */
export async function predictAnswer(query: Query): Promise<Answer> {
  // Doubles all the way, whatever a row holds: compiled for whole numbers first, it would take half or twice as long from some call on.
  const amount = query.amount + 0.5;
  let sum = 0.5;
  for (let i = 0.5; i < WORK; i++) sum = sum * 0.5 + amount * i;
  if (failsAt(query)) throw new TypeError(`query ${query.index}`);
  return { label: sum + query.balance * 1e9 > 0 ? 'accept' : 'refuse', confidence: confidenceOf(query) };
}

/** Every recorded prediction is a log event or stands on its span, with no ceiling: what is to arrive is known to the unit. */
export async function loadMonitor(rows: readonly Query[]): Promise<Monitored<Predict, Answer>> {
  return monitor(predictAnswer, {
    model: MODEL,
    baseline: await loadBaseline(rows),
    output: { label: answer => answer.label, confidence: answer => answer.confidence },
    predictionId: idOf,
    sampling: {
      rate: 0,
      maxPerSecond: Number.POSITIVE_INFINITY,
      keep: {
        missing: false,
        invalid: false,
        outOfRange: false,
        unseen: false,
        drifted: false,
        error: false,
        confidenceBelow: RECORDED_BELOW,
      },
    },
  });
}
