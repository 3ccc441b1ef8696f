import { describe } from 'vitest';
import { equals, isRecorded, near } from './recording-rules/expectations.js';
import { Fleet, PROCESSES } from './recording-rules/fleet.js';
import { holds, recordedNames } from './recording-rules/holds.js';

const MODEL = { ml_model_name: 'fraud', ml_model_version: '7' };
const SOURCE = { ...MODEL, ml_operation_name: 'predict' };
const WINDOWS = [
  ['1h', 60],
  ['1d', 1440],
] as const;
const DURATION = (suffix: string) => ({
  collector: `ml_inference_duration_seconds_${suffix}`,
  js: `ml_inference_duration_${suffix}`,
});
const OVERHEAD = { collector: 'ml_sdk_overhead_seconds_total', js: 'ml_sdk_overhead_total' };
const [first, , third] = PROCESSES;

/** A fleet whose processes use both flavours of names. Ten calls a minute and weight: 6 under 0.1 s, 3 to 0.25 s, 1 to 1 s. */
function serving() {
  const fleet = new Fleet(75);
  const calls = fleet.counter(DURATION('count'), SOURCE, minute => (minute < 13 ? 20 : 10));
  for (const [le, rate] of [
    ['0.1', 6],
    ['0.25', 9],
    ['1', 10],
    ['+Inf', 10],
  ] as const) {
    fleet.counter(DURATION('bucket'), { ...SOURCE, le }, rate);
  }
  fleet.counter(DURATION('sum'), SOURCE, 2);
  // The first failure makes the series: it is there with its count, or not at all.
  const failing = [{ ...third!, from: 60 }];
  const failed = fleet.counter(DURATION('count'), { ...SOURCE, error_type: 'TypeError' }, 1, failing);
  fleet.gauge('ml_inference_active', SOURCE, 1);
  fleet.counter(OVERHEAD, SOURCE, 0.01);
  const dropped = fleet.counter('ml_sdk_dropped_total', { ...SOURCE, reason: 'label_limit' }, 1);
  return { fleet, calls, failed, dropped };
}

describe('inference', () => {
  holds('calls, failures, latency, cost and replicas add up over both flavours of names', () => {
    const { fleet, calls, failed, dropped } = serving();
    const expressions = WINDOWS.flatMap(([window, minutes]) => {
      const labels = { ...MODEL, ml_window: window };
      const all = calls(minutes) + failed(minutes);
      return [
        equals('ml:inference:window', labels, all),
        equals('ml:inference_errors:window', { ...labels, error_type: 'TypeError' }, failed(minutes)),
        near('ml:inference_errors:ratio', labels, failed(minutes) / all, 1e-12),
        equals('ml:sdk_dropped:window', { ...labels, reason: 'label_limit' }, dropped(minutes)),
        equals('ml:version_traffic:share', labels, 1),
      ];
    });
    expressions.push(
      near('ml:inference:rate', MODEL, (calls(10) + failed(10)) / 600, 1e-12),
      near('ml:sdk_overhead:ratio', MODEL, 0.01 / 2, 1e-9),
      // One was drained, one killed without a mark: three are left, in two flavours.
      equals('ml:replicas', MODEL, 3),
      near('ml:inference_duration_seconds:quantile', { ...MODEL, quantile: '0.5' }, (5 / 6) * 0.1, 1e-9),
      near('ml:inference_duration_seconds:quantile', { ...MODEL, quantile: '0.95' }, 0.25 + 0.75 * 0.5, 1e-9),
      near('ml:inference_duration_seconds:quantile', { ...MODEL, quantile: '0.99' }, 0.25 + 0.75 * 0.9, 1e-9),
    );
    return { series: fleet.series, evalMinute: 75, expressions };
  });

  holds("each version's share of its model's traffic; one that serves nothing has 0", () => {
    const fleet = new Fleet(75);
    const version = (ml_model_version: string, rate: number, ml_model_name = 'fraud') =>
      fleet.counter(DURATION('count'), { ...SOURCE, ml_model_name, ml_model_version }, rate, [first!]);
    version('7', 30);
    version('8', 10);
    version('9', 0);
    version('1', 5, 'another');
    const shares = [
      ['fraud', '7', 0.75],
      ['fraud', '8', 0.25],
      ['fraud', '9', 0],
      ['another', '1', 1],
    ] as const;
    const expressions = shares.map(([ml_model_name, ml_model_version, share]) =>
      near('ml:version_traffic:share', { ml_model_name, ml_model_version, ml_window: '1h' }, share, 1e-12),
    );
    return { series: fleet.series, evalMinute: 75, expressions };
  });

  holds(
    'no rule is silently empty, budgets of latency included',
    () => {
      const { fleet } = serving();
      const expressions = recordedNames('driftspan-inference', { latencyBudgets: { fraud: 0.2 } }).map(isRecorded);
      expressions.push(equals('ml:inference_duration_budget_seconds', { ml_model_name: 'fraud' }, 0.2));
      return { series: fleet.series, evalMinute: 75, expressions };
    },
    { latencyBudgets: { fraud: 0.2 } },
  );
});

describe('predictions and outcomes', () => {
  holds('labels, confidence and accuracy are those of the union of the replicas', () => {
    const fleet = new Fleet(75);
    const late = (before: number, after: number) => (minute: number) => (minute < 13 ? before : after);
    const labels = [
      ['yes', 6],
      ['no', 14],
    ] as const;
    const counts = labels.map(([ml_prediction_label, rate]) =>
      fleet.counter('ml_prediction_count_total', { ...SOURCE, ml_prediction_label }, late(50, rate)),
    );
    const unlabelled = fleet.counter('ml_prediction_count_total', SOURCE, 1);
    const buckets = (
      [
        ['0.5', 5],
        ['1', 20],
        ['+Inf', 20],
      ] as const
    ).map(([le, rate]) => [le, fleet.counter('ml_prediction_confidence_bucket', { ...SOURCE, le }, rate)] as const);
    const confidence = fleet.counter('ml_prediction_confidence_sum', SOURCE, late(2, 16));
    const outcome = (correct: string, rate: number) =>
      fleet.counter('ml_outcome_count_total', { ...SOURCE, ml_outcome_correct: correct }, late(3, rate));
    const [right, wrong] = [outcome('true', 9), outcome('false', 1)];
    const expressions = WINDOWS.flatMap(([window, minutes]) => {
      const model = { ...MODEL, ml_window: window };
      const n = counts.reduce((sum, count) => sum + count(minutes), unlabelled(minutes));
      const [, , every] = buckets;
      const known = right(minutes) + wrong(minutes);
      return [
        equals('ml:prediction_n', model, n),
        ...labels.flatMap(([ml_prediction_label], i) => [
          equals('ml:prediction_count:window', { ...model, ml_prediction_label }, counts[i]!(minutes)),
          near('ml:prediction_share', { ...model, ml_prediction_label }, counts[i]!(minutes) / n, 1e-12),
        ]),
        ...buckets.map(([le, count]) => equals('ml:prediction_confidence:bucket', { ...model, le }, count(minutes))),
        equals('ml:prediction_confidence:n', model, every![1](minutes)),
        near('ml:prediction_confidence:mean', model, confidence(minutes) / every![1](minutes), 1e-12),
        equals('ml:outcome_n', model, known),
        equals('ml:outcome_count:window', { ...model, ml_outcome_correct: 'false' }, wrong(minutes)),
        near('ml:outcome_accuracy', model, right(minutes) / known, 1e-12),
      ];
    });
    return {
      series: fleet.series,
      evalMinute: 75,
      expressions: [...expressions, ...recordedNames('driftspan-predictions').map(isRecorded)],
    };
  });
});
