import type { Calls } from './call.js';
import type { Counting } from './counting.js';
import { describeAssumptions } from './drift/assumption-words.js';
import type { DriftSettings } from './drift/options.js';
import type { DriftWatch } from './drift/watch.js';
import type { WindowJudgement } from './drift/window-judge.js';
import type { Faults } from './faults.js';
import type { Learning } from './learning.js';
import type { Outcomes } from './outcome/outcomes.js';
import type { LabelCounts } from './output/labels.js';
import type { Durations } from './record/durations.js';
import type { DriftReport, FeatureReport, Report } from './report.js';
import type { FeaturePlan } from './window/plan.js';
import type { Ring } from './window/ring.js';

export interface ReportParts {
  readonly model: Report['model'];
  readonly settings: DriftSettings;
  counting: Counting;
  /** While the baseline is being learned here. */
  learning: Learning | undefined;
  readonly watch: DriftWatch;
  readonly calls: Calls;
  readonly labels: LabelCounts;
  readonly outcomes: Outcomes;
  readonly durations: Durations;
  readonly faults: Faults;
}

/** Judges what has closed, then tells how things stand. Cost: a look of its own for `provisional`, about 5 µs a feature. */
export function makeReport(parts: ReportParts): Report {
  const { watch, calls, durations, labels, faults } = parts;
  watch.evaluate();
  return {
    model: parts.model,
    verdict: watch.verdict,
    judgedAtMs: watch.judgedAtMs,
    features: featureReports(parts),
    alsoMoved: watch.alsoMoved,
    drift: driftReport(parts),
    calls: {
      succeeded: durations.succeeded.count,
      failed: durations.failures,
      active: calls.active,
      errors: Object.fromEntries([...durations.failed].map(([type, { count }]) => [type, count])),
    },
    predictions: predictionCounts(labels),
    outcomes: parts.outcomes.report(),
    dropped: Object.fromEntries(faults.counts),
  };
}

function predictionCounts({ labels, counts }: LabelCounts): Report['predictions'] {
  // A label may itself be '': it is added to the predictions without one.
  const byLabel = new Map<string, number>();
  labels.forEach((label = '', i) => {
    byLabel.set(label, (byLabel.get(label) ?? 0) + counts[i]!);
  });
  if (byLabel.get('') === 0) byLabel.delete('');
  return Object.fromEntries(byLabel);
}

function driftReport({ settings, watch, counting, learning }: ReportParts): DriftReport {
  const { windowMs, falseAlarms, psi } = settings;
  const { tests, logAlpha } = watch.judge;
  return {
    windowMs,
    subWindowMs: watch.subWindowMs,
    falseAlarms,
    tests,
    logAlpha,
    psi,
    dependence: describeAssumptions(
      watch.judge.assumptions,
      watch.watched.map(({ look }) => (look?.windows ?? []).map(({ assumption }) => assumption)),
    ),
    baselineRows: counting.baseline?.rows,
    ...(learning === undefined ? {} : { learning: { rows: learning.rows, of: learning.of } }),
  };
}

function featureReports({ counting, watch }: ReportParts): FeatureReport[] {
  const { plans, ring } = counting;
  const watched = new Map(watch.watched.map(feature => [feature.name, feature]));
  const apart = new Map(watch.judge.distances().map((measures, i) => [watch.judge.names[i]!, measures]));
  const provisional = new Map(watch.judge.provisional().map((window, i) => [watch.judge.names[i]!, window]));
  // Features are judged together: all of them have windows, or none has.
  const judged = watch.watched.some(({ look }) => look !== undefined);
  const counts = new Map(watch.judge.counts(!judged).map((cells, i) => [watch.judge.names[i]!, cells]));
  const driftedBins = watch.driftedBins;
  return plans.map(plan => {
    const drifted = driftedBins.get(plan.name);
    const feature = watched.get(plan.name);
    const windows = feature?.look?.windows ?? [];
    const open = provisional.get(plan.name)?.judgement;
    return {
      name: plan.name,
      kind: plan.kind,
      verdict: feature?.verdict ?? 'insufficient',
      ...ofLongest(plan, windows.at(-1)),
      ...(windows.length === 0 ? {} : { distances: apart.get(plan.name)! }),
      ...(feature?.openedAtMs === undefined ? {} : { driftingSinceMs: feature.openedAtMs }),
      ...(drifted === undefined ? {} : { driftedBins: drifted }),
      windows: windows.map(({ slots, judgement, assumption }) => ({
        subWindows: slots,
        lengthMs: slots * watch.subWindowMs,
        judgement,
        assumes: assumption.source,
        guaranteed: assumption.guaranteed,
      })),
      ...(plan.baseline === undefined ? {} : { baseline: plan.baseline, counts: counts.get(plan.name)! }),
      ...(open === undefined ? {} : { provisional: open }),
      totals: totals(plan, ring),
    };
  });
}

function ofLongest(plan: FeaturePlan, longest: WindowJudgement | undefined) {
  const { psi = Number.NaN, ks, samples = 0 } = longest?.judgement ?? {};
  const shared = { psi, samples, ...(ks === undefined ? {} : { ks }) };
  if (plan.kind !== 'numeric' || longest === undefined) return shared;
  const { mean, sd } = plan.baseline ?? {};
  // Of a sensitive feature nothing is told but counts.
  if (mean === undefined || sd === undefined) return shared;
  return {
    ...shared,
    mean: longest.mean,
    sd: longest.sd,
    baselineMean: mean,
    baselineSd: sd,
  };
}

function totals(plan: FeaturePlan, ring: Ring): FeatureReport['totals'] {
  let valued = 0;
  for (let i = 0; i < plan.valued; i++) valued += ring.total(plan.cell + i);
  const after = plan.cell + plan.valued;
  return {
    valued,
    missing: ring.total(after),
    invalid: ring.total(after + 1),
    outOfRange: plan.kind === 'numeric' ? ring.total(after + 2) : 0,
  };
}
