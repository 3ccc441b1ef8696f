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
  try {
    await readRows(source, plan, {
      onProgress: (done, total) => progress.update(done, total),
      signal: io.signal,
      each: row => learner.add(row),
    });
    return learner.finish();
  } finally {
    progress.stop();
  }
}
