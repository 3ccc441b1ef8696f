import { BaselineLearner, stringifyBaseline } from '@driftspan/sketch';
import { type DataSource, modelOf, type ReadPlan, readRows } from '../../src/data/index.js';

/** The text of the baseline that a plan learns from a source. */
export async function learnedWith(source: DataSource, plan: ReadPlan): Promise<string> {
  const learner = new BaselineLearner(modelOf(plan, { name: 'm', version: '1' }));
  await readRows(source, plan, { each: row => learner.add(row) });
  return stringifyBaseline(learner.finish());
}
