import type { Baseline } from '../baseline/baseline.js';
import { SketchError } from '../errors.js';
import type { ModelSpec } from '../model.js';
import { BaselineLearner } from './learner.js';
import { isObject, type LearnOptions, type TrainingRow } from './training-row.js';

export type { LearnOptions, TrainingOutput, TrainingRow } from './training-row.js';

/**
 * A baseline from training rows, each read once: how every declared feature, and every output that the rows have, was distributed.
 *
 * A `select` or getter that throws counts as invalid. Outputs become `prediction.label`, `prediction.confidence` and
 * `prediction.value` where at least one row has something there. Features keep the order of declaration, and the order of rows
 * doesn't matter up to 2^20 of them (past 100,000 distinct values of a category it does). More are learned by sketches, in the
 * memory and at the cost that {@link BaselineLearner} states. Rows are read in one go unless `rows` is asynchronous; what `rows` throws
 * comes through.
 *
 * @throws SketchError (by rejection) `ERR_MODEL` for a model that `defineModel` would refuse or rows without anything to
 * learn, `ERR_ROWS` if `rows` or a row has another shape or a tensor holds a batch, `ERR_BASELINE_TOO_SMALL` under 1,000 rows,
 * `ERR_BASELINE_PROVENANCE`.
 */
export async function learnBaseline<Row>(
  model: ModelSpec<Row>,
  rows: Iterable<TrainingRow<NoInfer<Row>>> | AsyncIterable<TrainingRow<NoInfer<Row>>>,
  options: LearnOptions = {},
): Promise<Baseline> {
  const learner = new BaselineLearner(model, options);
  await forEachRow(rows, row => learner.add(row));
  return learner.finish();
}

/** Calls `each` with every row. Without `await` where the source has no need of it: 10 × faster. */
async function forEachRow<R>(rows: Iterable<R> | AsyncIterable<R>, each: (row: R) => void): Promise<void> {
  const source: unknown = rows;
  if (isObject(source) && Symbol.asyncIterator in source) {
    for await (const row of source as AsyncIterable<R>) each(row);
  } else if (isObject(source) && Symbol.iterator in source) {
    for (const row of source as Iterable<R>) each(row);
  } else {
    throw new SketchError(
      'ERR_ROWS',
      'rows',
      `a value of type ${typeof source}`,
      'an iterable or async iterable of { input, output? }',
    );
  }
}
