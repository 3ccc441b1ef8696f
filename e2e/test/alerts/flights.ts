import type { Labels } from '../promtool.js';
import type { FeatureSpec, Replica, Traffic } from './replica-series.js';

/** Two inputs and the predictions, each with a baseline of 10,000 values and 100 missing ones. */
export const FEATURES: Readonly<Record<'temp' | 'carrier' | 'prediction.label', FeatureSpec>> = {
  temp: {
    baselineId: 'b-temp',
    bins: [
      ['00 (-inf,0]', 'range'],
      ['01 (0,10]', 'range'],
      ['02 (10,20]', 'range'],
      ['03 (20,inf)', 'range'],
      ['missing', 'missing'],
      ['invalid', 'invalid'],
    ],
    baseline: [2500, 2500, 2500, 2500, 100, 0],
  },
  carrier: {
    baselineId: 'b-carrier',
    bins: [
      ['AA', 'category'],
      ['UA', 'category'],
      ['_OTHER', 'other'],
      ['missing', 'missing'],
      ['invalid', 'invalid'],
    ],
    baseline: [6000, 4000, 0, 100, 0],
  },
  'prediction.label': {
    baselineId: 'b-label',
    bins: [
      ['late', 'category'],
      ['on time', 'category'],
      ['_OTHER', 'other'],
      ['missing', 'missing'],
      ['invalid', 'invalid'],
    ],
    baseline: [4000, 6000, 0, 0, 0],
  },
};

/** 400 calls a minute, distributed exactly as in the baseline; the 95th percentile is 47.5 ms. */
export const USUAL: Traffic = {
  calls: 400,
  features: {
    temp: [99, 99, 99, 99, 4, 0],
    carrier: [240, 160, 0, 4, 0],
    'prediction.label': [160, 240, 0, 0, 0],
  },
  labels: { late: 160, 'on time': 240 },
  confidence: 0.9,
  latency: [400, 0, 0],
  dropped: { internal: 0, feature_reader: 0, record_limit: 0 },
};

export const NONE: Traffic = {
  calls: 0,
  features: {},
  labels: { late: 0, 'on time': 0 },
  confidence: 0,
  latency: [0, 0, 0],
  dropped: {},
};

/** The usual traffic but for what is said. */
export function traffic(other: Partial<Traffic>): Traffic {
  return { ...USUAL, ...other, features: { ...USUAL.features, ...other.features } };
}

/** One call a minute: 30 values in the long window, of which no two bins expect 20. */
export const SPARSE = traffic({
  calls: 1,
  features: { temp: [1, 0, 0, 0, 0, 0], carrier: [1, 0, 0, 0, 0], 'prediction.label': [0, 1, 0, 0, 0] },
  labels: { late: 0, 'on time': 1 },
  latency: [1, 0, 0],
});

/** The usual traffic over so much: counts are divided and rounded. */
export function thinned(divisor: number, of: Traffic = USUAL): Traffic {
  const less = (count: number): number => Math.round(count / divisor);
  const each = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, less(count)]));
  const [a, b, c] = of.latency;
  return {
    ...of,
    calls: less(of.calls),
    features: Object.fromEntries(Object.entries(of.features).map(([name, counts]) => [name, counts.map(less)])),
    labels: each(of.labels),
    latency: [less(a), less(b), less(c)],
  };
}

/** A replica, from minute 0, of version 1 and with the baselines above unless it says otherwise. The fact gives the model's name. */
export function replica(
  phases: Replica['phases'],
  other: {
    readonly version?: string;
    readonly instance?: string;
    readonly from?: number;
    readonly features?: Replica['features'];
    readonly labels?: Labels;
  } = {},
): Replica {
  const version = other.version ?? '1';
  return {
    instance: other.instance ?? `replica-${version}`,
    labels: { ml_model_version: version, ...other.labels },
    features: other.features ?? FEATURES,
    from: other.from ?? 0,
    phases,
  };
}
