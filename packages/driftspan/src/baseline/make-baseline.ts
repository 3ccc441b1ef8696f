import { type Baseline, BaselineLearner, type ModelTask, type Provenance } from '@driftspan/sketch';
import {
  type ColumnChoices,
  type DataSource,
  type InferredColumn,
  inferColumns,
  modelOf,
  planOf,
  profileColumns,
  readRows,
} from '../data/index.js';
import { sensitiveKey } from '../request/sensitive-key.js';
import type { Io } from '../terminal/io.js';
import { startProgress } from '../terminal/progress.js';

/** What the model is called, as its `defineModel` has it. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly transforms?: string;
  readonly task?: ModelTask;
  readonly joint?: true;
}

export interface LearnRequest {
  readonly model: ModelIdentity;
  /** The rows come in order of time, though no column says when. */
  readonly timeOrdered: boolean;
  readonly provenance: Provenance;
  /** Whether the source is to say from when to when the rows were. */
  readonly tellsDates: boolean;
}

/** What each column is taken for. Reads the file once. */
export async function inferFrom(
  source: DataSource,
  choices: ColumnChoices,
  io: Io,
): Promise<readonly InferredColumn[]> {
  const progress = startProgress(io, 'looking at the columns', 'columns');
  try {
    const profiles = await profileColumns(source, (done, total) => progress.update(done, total), io.signal);
    return inferColumns(profiles, choices);
  } finally {
    progress.stop();
  }
}

/** The baseline of all rows: as `learnBaseline` of the same ones. Reads the file once more. */
export async function learnFrom(
  source: DataSource,
  inferred: readonly InferredColumn[],
  request: LearnRequest,
  io: Io,
): Promise<Baseline> {
  const plan = planOf(inferred);
  const hashed = plan.features.some(({ kind, sensitive }) => kind === 'categorical' && sensitive === true);
  const key = sensitiveKey(hashed, io.env);
  const model = modelOf(plan, { ...request.model, ...(key === undefined ? undefined : { sensitiveKey: key }) });
  const { provenance, timeOrdered } = request;
  const learner = new BaselineLearner(model, { provenance, timeOrdered });
  const progress = startProgress(io, 'reading', 'rows');
  let first: number | undefined;
  let last: number | undefined;
  try {
    await readRows(source, plan, {
      onProgress: (done, total) => progress.update(done, total),
      signal: io.signal,
      each: row => {
        learner.add(row);
        first ??= row.time;
        last = row.time;
      },
    });
    const baseline = learner.finish();
    return request.tellsDates ? withDates(baseline, first, last) : baseline;
  } finally {
    progress.stop();
  }
}

/** Beyond it a number of milliseconds is no date. */
const MAX_DATE_MS = 8.64e15;

/** `train.parquet, 2013-01-01 to 2013-01-31`: in order of time, the first row is the oldest. */
function withDates(baseline: Baseline, firstMs: number | undefined, lastMs: number | undefined): Baseline {
  if (firstMs === undefined || lastMs === undefined) return baseline;
  if (Math.max(Math.abs(firstMs), Math.abs(lastMs)) > MAX_DATE_MS) return baseline;
  const [first, last] = [firstMs, lastMs].map(ms => new Date(ms).toISOString().slice(0, 10));
  const source = `${baseline.provenance?.source}, ${first === last ? first : `${first} to ${last}`}`;
  return { ...baseline, provenance: { ...baseline.provenance, source } };
}
