import { populationStabilityIndex } from '@driftspan/sketch';
import type { RuleOptions } from '../../../packages/fleet/src/options.js';
import { psiLowerBound } from '../../../packages/sketch/src/verdict/effect.js';
import type { Labels } from '../promtool.js';
import type { Saying } from './facts.js';
import { FEATURES, NONE, replica, SPARSE, traffic, USUAL } from './flights.js';

/** The model of all sayings. */
export const MODEL = 'flights';
export const SAYING_OPTIONS: RuleOptions = { latencyBudgets: { [MODEL]: 0.1 } };

/** When most of them are read. By then so many minutes have been counted: the lag is one. */
const MINUTE = 15;
const COUNTED = MINUTE - 1;

const MODERATE = [170, 100, 80, 46, 4, 0];
const SWAPPED = [100, 300, 0, 4, 0];
const PUNCTUAL = [40, 360, 0, 0, 0];
const NINETY = { late: 40, 'on time': 360 };

/** `- temp: PSI 0.52, with 99.9 % confidence above 0.47`, computed as a process does, of a feature that has had these counts a minute. */
function psiRow(name: keyof typeof FEATURES, aMinute: readonly number[]): string {
  const live = aMinute.slice(0, -2);
  const baseline = FEATURES[name].baseline!.slice(0, -2);
  const filled = baseline.flatMap((count, bin) => (count > 0 ? [bin] : []));
  const over = (minutes: number) => live.map(count => count * minutes);
  const of = (counts: readonly number[]): number[] => filled.map(bin => counts[bin]!);
  const sum = (counts: readonly number[]): number => of(counts).reduce((all, count) => all + count, 0);
  // The index is largest over the short window, its lower bound over the longer one.
  const psi = Math.max(...[5, COUNTED].map(minutes => populationStabilityIndex(over(minutes), baseline)));
  const u = 1 / sum(over(COUNTED)) + 1 / sum(baseline);
  const lower = psiLowerBound(populationStabilityIndex(of(over(COUNTED)), of(baseline)), u, filled.length - 1);
  return `- ${name}: PSI ${psi.toFixed(2)}, with 99.9 % confidence above ${lower.toFixed(2)}`;
}

const CLOSES = 'It closes 5m after the last feature was at a warning.';
const critical = (...rows: readonly string[]): string =>
  [
    'What the model sees or says (prediction.*) is not what its baseline holds: beyond chance, and by a large effect: a population stability index (PSI) above 0.25 with 99.9 % confidence, or 5 percentage points more missing or unseen values.',
    ...rows,
    CLOSES,
    'First: what changed when it began: a release, a feed, the feature code? If one version alone is concerned, stop its rollout. Then look at the bins of the first feature above.',
  ].join('\n');
const warning = (...rows: readonly string[]): string =>
  [
    'What the model sees or says (prediction.*) has moved away from its baseline: beyond chance, and by an effect that matters: a population stability index (PSI) above 0.1 with 99.9 % confidence, or a percentage point more unseen values.',
    ...rows,
    CLOSES,
    'First: find out what changed when it began, and whether accuracy (ml:outcome_accuracy) moved with it. A world that has changed for good asks for new training data and a new baseline.',
  ].join('\n');

const seen = (features: Readonly<Record<string, readonly number[]>>) => replica([[MINUTE, traffic({ features })]]);
const version = (name: string, more: Labels = {}): Labels => ({ ml_model_version: name, ...more });

export const SAYINGS: readonly Saying[] = [
  {
    replicas: [seen({ temp: MODERATE, carrier: SWAPPED })],
    minute: MINUTE,
    alert: 'MlDriftCritical',
    summary: 'flights 1: critical drift, 2 of the inputs and outputs concerned',
    description: critical(psiRow('carrier', SWAPPED), psiRow('temp', MODERATE)),
  },
  {
    replicas: [seen({ temp: [60, 60, 60, 60, 160, 0] })],
    minute: MINUTE,
    alert: 'MlDriftCritical',
    summary: 'flights 1: critical drift, 1 of the inputs and outputs concerned',
    description: critical('- temp: 40% missing or invalid, 0.9901% in the baseline'),
  },
  {
    replicas: [seen({ temp: MODERATE, carrier: [235, 157, 8, 4, 0] })],
    minute: MINUTE,
    alert: 'MlDriftWarning',
    summary: 'flights 1: drift, 2 of the inputs and outputs concerned',
    description: warning(
      psiRow('temp', MODERATE),
      '- carrier: 2% of the values were never seen in the baseline, 0% in the baseline',
    ),
  },
  {
    // Over since minute 8, gone from both windows by minute 21, and closed 5 minutes later.
    replicas: [
      replica([
        [8, traffic({ features: { temp: [240, 100, 40, 16, 4, 0] } })],
        [22, USUAL],
      ]),
    ],
    minute: 23,
    alert: 'MlDriftCritical',
    summary: 'flights 1: critical drift, 0 of the inputs and outputs concerned',
    description: critical(),
  },
  {
    replicas: [seen({ temp: [97, 97, 97, 97, 12, 0] })],
    minute: MINUTE,
    alert: 'MlFeatureMissing',
    summary: 'flights 1: 1 of the inputs missing or invalid more often than in the baseline',
    description: [
      'Values of these inputs are absent, NaN or of a wrong type, at least a percentage point more often than in the training data and beyond chance. The model still answers.',
      '- temp: 3% missing or invalid, 0.9901% in the baseline',
      CLOSES,
      'First: ask who feeds the first input above: a feed that dries up, a renamed field, a unit that became text.',
    ].join('\n'),
  },
  {
    replicas: [replica([[40, SPARSE]])],
    minute: 40,
    alert: 'MlDriftNotEnoughData',
    summary: 'flights 1: no drift verdict from 30 calls in 30m',
  },
  {
    replicas: [
      replica([
        [40, traffic({ confidence: 0.9 })],
        [10, traffic({ confidence: 0.6 })],
      ]),
    ],
    minute: 50,
    alert: 'MlConfidenceCollapse',
    summary: 'flights 1: mean confidence 0.60, usually 0.90',
  },
  {
    replicas: [replica([[MINUTE, traffic({ features: { 'prediction.label': PUNCTUAL }, labels: NINETY })]])],
    minute: MINUTE,
    alert: 'MlDriftCritical',
    summary: 'flights 1: critical drift, 1 of the inputs and outputs concerned',
    description: critical(
      psiRow('prediction.label', PUNCTUAL),
      '- on time: 90% of the predictions, usually 60%',
      '- late: 10% of the predictions, usually 40%',
    ),
  },
  {
    replicas: [
      replica(
        [
          [60, USUAL],
          [MINUTE, traffic({ labels: NINETY })],
        ],
        { features: {} },
      ),
    ],
    minute: 60 + MINUTE,
    alert: ['MlClassShare', version('1', { ml_prediction_label: 'on time' })],
    summary: 'flights 1: 90% of the predictions are on time',
    description: [
      'Over 5m one class took more than 70 % of the predictions, and at least 20 percentage points more than usual (in the baseline, or without one in the 30m before). A model that falls back on one class is often fed something it cannot read.',
      'Usually:',
      '- on time: 60%',
      '- late: 40%',
      'First: look for drifted or missing inputs of the same model; compare a few recorded predictions of that class with their inputs.',
    ].join('\n'),
  },
  {
    replicas: [replica([[MINUTE, traffic({ latency: [200, 200, 0] })]])],
    minute: MINUTE,
    alert: 'MlLatencyBudget',
    summary: 'flights 1: p95 of a call 95ms, budget 100ms',
  },
  {
    replicas: [replica([[MINUTE, traffic({ latency: [200, 100, 100] })]])],
    minute: MINUTE,
    alert: 'MlLatencyBudgetExceeded',
    summary: 'flights 1: p95 of a call 180ms, budget 100ms',
  },
  {
    replicas: [replica([[MINUTE, USUAL]]), replica([[MINUTE, NONE]], { version: '2' })],
    minute: MINUTE,
    alert: ['MlVersionWithoutTraffic', version('2')],
    summary: 'flights 2: 1 replicas, no call in 5m',
  },
  {
    replicas: [replica([[MINUTE, traffic({ dropped: { internal: 1, feature_reader: 4 } })]])],
    minute: MINUTE,
    alert: 'MlSdkDropped',
    summary: 'flights 1: 25 items not recorded by the SDK in 5m',
    description: [
      'The calls themselves are not touched, but what is counted of them is short or wrong:',
      '- feature_reader: 20',
      '- internal: 5',
      'First: look the reason up in the runbook; the diag log of a replica names the place, once a process and reason.',
    ].join('\n'),
  },
  {
    replicas: [
      replica([[MINUTE, USUAL]]),
      replica([[MINUTE, USUAL]], {
        instance: 'b',
        features: { ...FEATURES, temp: { ...FEATURES.temp, baselineId: 'b-temp-2' } },
      }),
    ],
    minute: MINUTE,
    alert: 'MlBaselineDisagreement',
    summary: 'flights 1: replicas disagree on the baseline of 1 features',
    description: [
      'Replicas of one version hold different baselines, so each baseline is compared with a part of the traffic only, or with counts that are not its own.',
      '- temp: 2 baselines',
      'First: has a rollout with a new baseline stopped halfway? Else find the replicas that loaded another file, or that learn a baseline of their own (learnFrom).',
    ].join('\n'),
  },
];
