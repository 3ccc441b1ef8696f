import { describe, expect, test } from 'vitest';
import {
  type FeatureReference,
  fleetLogAlpha,
  type RiseReference,
  referenceOf,
} from '../../packages/fleet/test/reference/fleet-verdict.js';
import type { ExpressionTest, Labels } from './promtool.js';
import { absent, equals, isRecorded, near } from './recording-rules/expectations.js';
import { FEATURES } from './recording-rules/features.js';
import { addFeature } from './recording-rules/features-in-fleet.js';
import { Fleet } from './recording-rules/fleet.js';
import { holds, recordedNames } from './recording-rules/holds.js';

const MODEL = { ml_model_name: 'fraud', ml_model_version: '7' };
const WINDOWS = [
  ['1h', 60],
  ['1d', 1440],
] as const;
const ALPHA = fleetLogAlpha(FEATURES.map(({ baseline }) => baseline));

interface WindowOfFeature {
  readonly name: string;
  readonly window: string;
  readonly labels: Labels;
  readonly reference: FeatureReference;
}

/** Puts every feature into the fleet. */
function drive(fleet: Fleet): WindowOfFeature[] {
  return FEATURES.flatMap(feature => {
    const { baseline } = feature;
    const labels = { ...MODEL, ml_baseline_id: baseline.id, ml_feature_name: baseline.name };
    const counts = addFeature(fleet, labels, feature);
    return WINDOWS.map(([window, minutes]) => {
      const reference = referenceOf(baseline, counts(minutes), ALPHA);
      return { name: baseline.name, window, labels: { ...labels, ml_window: window }, reference };
    });
  });
}

describe('drift of a fleet', () => {
  test('the traffic shows every level, as it says of itself', () => {
    const levels = drive(new Fleet(75)).filter(({ window }) => window === '1h');
    expect(levels.map(({ name, reference }) => [name, reference.level])).toEqual(
      FEATURES.map(({ baseline, level }) => [baseline.name, level]),
    );
    expect(new Set(FEATURES.map(({ level }) => level)).size).toBe(5);
  });

  holds('every figure is that of the in-process code over the union of the replicas', () => {
    const fleet = new Fleet(75);
    const expressions = drive(fleet).flatMap(({ labels, reference: r }) => [
      equals('ml:feature_n', labels, r.n),
      near('ml:feature_expected:min', labels, r.expected, 1e-9),
      near('ml:feature_psi', labels, r.psi, 1e-12),
      near('ml:feature_js', labels, r.js, 1e-9),
      Number.isNaN(r.ks) ? absent('ml:feature_ks', labels) : equals('ml:feature_ks', labels, r.ks),
      near('ml:feature_g', labels, r.g, 1e-8),
      near('ml:feature_g_df', labels, r.df, 1e-12),
      near('ml:feature_log_p', labels, r.logP, 1e-8),
      near('ml:feature_effect_psi', labels, r.effect, 1e-12),
      near('ml:feature_psi_lower', labels, r.lower, 1e-12),
      equals('ml:feature_shape_level', labels, r.shapeLevel),
      ...riseTests('missing', labels, r.missing),
      ...riseTests('unseen', labels, r.unseen),
      equals('ml:feature_drift_level', labels, r.level),
    ]);
    expressions.push(
      near('ml:drift_log_alpha', {}, ALPHA, 1e-12),
      ...WINDOWS.map(([window]) => equals('ml:model_drift_level', { ...MODEL, ml_window: window }, 3)),
    );
    return { series: fleet.series, evalMinute: 75, expressions };
  });

  holds('no rule is silently empty', () => {
    const fleet = new Fleet(75);
    drive(fleet);
    const names = recordedNames('driftspan-drift').filter(name => name !== 'ml:feature_baseline_conflict');
    return { series: fleet.series, evalMinute: 75, expressions: names.map(isRecorded) };
  });

  holds('a feature of 5 bins is 11 × 5 + 54 recorded series, however many replicas', () => {
    const fleet = new Fleet(75);
    drive(fleet);
    const expr = 'count({__name__=~"ml:feature_.*", ml_feature_name="steady"})';
    return { series: fleet.series, evalMinute: 75, expressions: [{ expr, samples: [{ labels: {}, value: 109 }] }] };
  });
});

function riseTests(kind: string, labels: Labels, rise: RiseReference | undefined): ExpressionTest[] {
  const { ml_window: _, ...feature } = labels as Labels & { ml_window: string };
  if (rise === undefined) {
    return ['ratio', 'log_p', 'level'].map(figure => absent(`ml:feature_${kind}_${figure}`, labels));
  }
  return [
    near(`ml:feature_${kind}_ratio`, labels, rise.ratio, 1e-12),
    near(`ml:feature_baseline_${kind}_ratio`, feature, rise.baselineRatio, 1e-12),
    near(`ml:feature_${kind}_log_p`, labels, rise.logP, 1e-8),
    equals(`ml:feature_${kind}_level`, labels, rise.level),
  ];
}
