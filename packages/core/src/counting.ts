import {
  type Baseline,
  type CategoryHash,
  type FeatureBaseline,
  featureReader,
  KINDS_OF_SEVERAL_ROWS,
  type ModelSpec,
  modelReadings,
  sensitiveCategory,
} from '@driftspan/sketch';
import type { DriftSettings } from './drift/options.js';
import { WindowJudge } from './drift/window-judge.js';
import type { Faults } from './faults.js';
import { planJoint } from './input/joint-plan.js';
import { type RowCounter, rowCounter } from './input/row-counter.js';
import { RowReader } from './input/row-reader.js';
import { OUTCOME_CELLS, OUTCOME_SUMS } from './outcome/outcomes.js';
import type { OutputPlans, Readers } from './output/output-counter.js';
import { OUTPUT_CONFIDENCE, OUTPUT_LABEL, OUTPUT_VALUE } from './semconv.js';
import { type CategoricalPlan, type FeaturePlan, type NumericPlan, Planner } from './window/plan.js';
import { Ring } from './window/ring.js';

/** All that follows from a baseline: where each value is counted, and how it is judged. Made anew when one is learned. */
export interface Counting {
  readonly baseline: Baseline | undefined;
  readonly plans: readonly FeaturePlan[];
  readonly ring: Ring;
  /** Of all numeric features, one run after another. */
  readonly cuts: Float64Array;
  readonly countRow: RowCounter;
  /** Reads a row once more, where it is recorded or an example. */
  readonly reader: RowReader;
  readonly outputs: OutputPlans;
  readonly judge: WindowJudge;
  /** First of three cells: outcomes that were right, those that were wrong, and those that are numbers. */
  readonly outcomeCell: number;
  /** First of three sums: of errors, of their sizes, of their squares. */
  readonly outcomeSum: number;
}

export interface CountingOptions {
  readonly model: ModelSpec<never>;
  readonly readers: Readers;
  readonly settings: DriftSettings;
  readonly codegen: boolean;
  /** Whether the first argument is an iterable of rows. */
  readonly batch: boolean;
}

export function makeCounting(options: CountingOptions, baseline: Baseline | undefined, faults: Faults): Counting {
  const { model, settings } = options;
  const planner = new Planner(categoryHash(model));
  const inputs = planInputs(model, baseline, planner);
  const joint = planJoint(baseline, inputs, planner);
  const outputs = planOutputs(options.readers, baseline, planner);
  const plans = [
    ...inputs,
    ...joint.map(({ plan }) => plan),
    ...Object.values(outputs).filter(plan => plan !== undefined),
  ];
  const cuts = planner.cuts();
  const ring = new Ring(planner.cellCount + OUTCOME_CELLS, planner.sumCount + OUTCOME_SUMS);
  const clustered =
    options.batch || Object.values(model.features ?? {}).some(({ kind }) => KINDS_OF_SEVERAL_ROWS.has(kind));
  const judge = new WindowJudge(plans, ring, settings, baseline, clustered);
  return {
    baseline,
    plans,
    ring,
    cuts,
    countRow: rowCounter({
      plans: inputs,
      joint,
      cuts,
      ring,
      codegen: options.codegen,
      faults,
      several: judge.clusters?.beginLate,
    }),
    reader: new RowReader(model, inputs, cuts),
    outputs,
    judge,
    outcomeCell: planner.cellCount,
    outcomeSum: planner.sumCount,
  };
}

function categoryHash({ sensitiveKey }: ModelSpec<never>): CategoryHash | undefined {
  return sensitiveKey === undefined ? undefined : sensitiveCategory(sensitiveKey);
}

function planInputs(model: ModelSpec<never>, baseline: Baseline | undefined, planner: Planner): FeaturePlan[] {
  const known = new Map(baseline?.features.map(feature => [feature.name, feature]));
  return modelReadings(model).flatMap(({ name, feature, measures, columns }) => {
    // Under a name that every object has, only the row's own property counts; any other is read where it stands.
    const read = name in Object.prototype ? featureReader(name, feature) : feature.read;
    const group = measures === undefined ? undefined : { name, read, measures };
    return columns.map(column => planner.plan(column.name, column.kind, read, known.get(column.name), group));
  });
}

/** Outputs are judged as features where the baseline has them and a reader gives them. */
function planOutputs(readers: Readers, baseline: Baseline | undefined, planner: Planner): OutputPlans {
  const known = new Map<string, FeatureBaseline>(baseline?.outputs.map(feature => [feature.name, feature]));
  const plan = (reader: unknown, name: string): FeaturePlan | undefined => {
    const feature = reader === undefined ? undefined : known.get(name);
    return feature === undefined ? undefined : planner.plan(name, feature.kind, undefined, feature);
  };
  return {
    label: plan(readers.label, OUTPUT_LABEL) as CategoricalPlan | undefined,
    confidence: plan(readers.confidence, OUTPUT_CONFIDENCE) as NumericPlan | undefined,
    value: plan(readers.value, OUTPUT_VALUE) as NumericPlan | undefined,
  };
}
