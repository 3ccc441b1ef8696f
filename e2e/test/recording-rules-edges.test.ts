import { describe } from 'vitest';
import { fleetLogAlpha, referenceOf } from '../../packages/fleet/test/reference/fleet-verdict.js';
import { equals, near } from './recording-rules/expectations.js';
import { FEATURES } from './recording-rules/features.js';
import { addFeature } from './recording-rules/features-in-fleet.js';
import { Fleet, PROCESSES } from './recording-rules/fleet.js';
import { holds } from './recording-rules/holds.js';

const MODEL = { ml_model_name: 'fraud', ml_model_version: '7' };
const BIN = { ...MODEL, ml_baseline_id: 'b', ml_feature_name: 'amount', ml_bin: '00 (-inf,0]', ml_bin_kind: 'range' };
const FEATURE = { ...MODEL, ml_baseline_id: 'b', ml_feature_name: 'amount' };
const HOUR = { ...FEATURE, ml_window: '1h' };
const [first, , third] = PROCESSES;
const steady = FEATURES.find(({ baseline }) => baseline.name === 'steady')!;
const moved = FEATURES.find(({ baseline }) => baseline.name === 'moved far')!;

describe('counting', () => {
  const bin = (values: string) => [
    {
      series:
        'ml_feature_bins_total{' +
        Object.entries(BIN)
          .map(([k, v]) => `${k}="${v}"`)
          .join(',') +
        '}',
      values,
    },
  ];

  holds('a restart under the same labels loses what came since the last tile, and nothing goes negative', () => ({
    // 280 by the tile that ends at minute 28; 30 more are lost; then 3 + 10 a minute from minute 32 to 58.
    series: bin('0+10x31 3+10x28'),
    evalMinute: 60,
    expressions: [equals('ml:feature_n', HOUR, 280 + 263)],
  }));

  holds('a process that is silent for less than the lookback loses nothing', () => ({
    series: bin('0+10x20 _x20 410+10x19'),
    evalMinute: 60,
    expressions: [equals('ml:feature_n', HOUR, 580)],
  }));

  holds(
    'one that is silent for longer is taken for new, and counts its whole life again',
    () => ({
      series: bin('0+10x20 _x20 410+10x19'),
      evalMinute: 60,
      expressions: [equals('ml:feature_n', HOUR, 200 + 580)],
    }),
    { lookback: '10m' },
  );
});

describe('baselines', () => {
  holds('replicas that give different counts under one id are a conflict, bin by bin', () => {
    const fleet = new Fleet(75);
    for (const [ml_bin, ofFirst, ofThird] of [
      ['00', 10, 10],
      ['01', 20, 21],
      ['02', 30, 29],
    ] as const) {
      fleet.gauge('ml_feature_baseline_bins', { ...BIN, ml_bin }, ofFirst, [first!]);
      fleet.gauge('ml_feature_baseline_bins', { ...BIN, ml_bin }, ofThird, [third!]);
    }
    return { series: fleet.series, evalMinute: 75, expressions: [equals('ml:feature_baseline_conflict', FEATURE, 2)] };
  });

  holds('replicas with different baselines are judged apart, and counted', () => {
    const fleet = new Fleet(75);
    const labels = { ...MODEL, ml_feature_name: 'amount' };
    const [one, other] = [first!, third!].map((process, i) =>
      addFeature(fleet, { ...labels, ml_baseline_id: `b${i}` }, steady, [process]),
    );
    const n = (count: readonly number[]) => count.reduce((sum, cell) => sum + cell, 0);
    return {
      series: fleet.series,
      evalMinute: 75,
      expressions: [
        equals('ml:feature_baselines', labels, 2),
        equals('ml:feature_n', { ...labels, ml_baseline_id: 'b0', ml_window: '1h' }, n(one!(60))),
        equals('ml:feature_n', { ...labels, ml_baseline_id: 'b1', ml_window: '1h' }, n(other!(60))),
        { expr: 'ml:feature_baseline_conflict', samples: [] },
      ],
    };
  });
});

describe('labels to keep apart', () => {
  holds(
    'environments have their own counts, verdicts and budgets',
    () => {
      const fleet = new Fleet(75);
      const expressions = (['prod', 'dev'] as const).flatMap(deployment_environment_name => {
        const feature = deployment_environment_name === 'prod' ? moved : steady;
        const scope = { deployment_environment_name };
        const labels = { ...scope, ...FEATURE };
        const alpha = fleetLogAlpha([feature.baseline]);
        const counts = addFeature(fleet, labels, feature, [first!]);
        fleet.gauge('ml_inference_active', { ...scope, ...MODEL }, 0, [first!]);
        const { n, psi, logP, level } = referenceOf(feature.baseline, counts(60), alpha);
        const window = { ...labels, ml_window: '1h' };
        return [
          near('ml:drift_log_alpha', scope, alpha, 1e-12),
          equals('ml:feature_n', window, n),
          near('ml:feature_psi', window, psi, 1e-12),
          near('ml:feature_log_p', window, logP, 1e-8),
          equals('ml:model_drift_level', { ...scope, ...MODEL, ml_window: '1h' }, level),
          equals('ml:replicas', { ...scope, ...MODEL }, 1),
        ];
      });
      return { series: fleet.series, evalMinute: 75, expressions };
    },
    { by: ['deployment_environment_name'] },
  );
});
