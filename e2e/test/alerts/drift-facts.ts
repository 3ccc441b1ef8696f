import type { Fact, Facts } from './facts.js';
import { NONE, replica, thinned, traffic, USUAL } from './flights.js';

const temp = (...counts: readonly number[]) => traffic({ features: { temp: counts } });
const carrier = (...counts: readonly number[]) => traffic({ features: { carrier: counts } });

const LARGE = [240, 100, 40, 16, 4, 0];
const MODERATE = [170, 100, 80, 46, 4, 0];

const shape: Readonly<Record<string, Fact>> = {
  'traffic as in the baseline is quiet, from its first minute to after its last': {
    replicas: [replica([[70, USUAL]])],
    firing: { 2: [], 5: [], 10: [], 40: [], 70: [], 73: [], 76: [], 80: [], 90: [], 100: [] },
  },
  'a fleet without traffic is quiet': { replicas: [replica([[100, NONE]])], firing: { 5: [], 40: [], 80: [] } },
  'a model without a baseline is quiet': {
    replicas: [replica([[100, traffic({ features: { temp: LARGE } })]], { features: {} })],
    firing: { 5: [], 40: [], 80: [] },
  },
  'a large drift is one critical alert until a short window after its end': {
    replicas: [
      replica([
        [40, USUAL],
        [40, temp(...LARGE)],
        [60, USUAL],
      ]),
    ],
    firing: {
      40: [],
      43: [],
      50: ['MlDriftCritical'],
      60: ['MlDriftCritical'],
      68: ['MlDriftCritical'],
      75: ['MlDriftCritical'],
      85: ['MlDriftCritical'],
      125: [],
    },
  },
  'a moderate drift is a warning': {
    replicas: [
      replica([
        [40, USUAL],
        [40, temp(...MODERATE)],
        [60, USUAL],
      ]),
    ],
    firing: { 40: [], 50: ['MlDriftWarning'], 60: ['MlDriftWarning'], 80: ['MlDriftWarning'], 125: [] },
  },
  'an index of 0.12 whose lower bound is below 0.1 is quiet': {
    replicas: [
      replica([
        [40, USUAL],
        [60, temp(150, 100, 90, 56, 4, 0)],
      ]),
    ],
    firing: { 50: [], 60: [], 75: [], 100: [] },
  },
  'a critical drift that becomes moderate stays one critical alert': {
    replicas: [
      replica([
        [40, USUAL],
        [20, temp(...LARGE)],
        [60, temp(...MODERATE)],
      ]),
    ],
    firing: { 55: ['MlDriftCritical'], 63: ['MlDriftCritical'], 80: ['MlDriftCritical'], 110: ['MlDriftCritical'] },
  },
  'what comes back at the same time of every day is told once': {
    replicas: [
      replica([
        [40, USUAL],
        [10, temp(...LARGE)],
        [20, USUAL],
        [10, temp(...LARGE)],
        [20, USUAL],
        [10, temp(...LARGE)],
        [10, USUAL],
      ]),
    ],
    firing: { 51: ['MlDriftCritical'], 66: [], 75: [], 78: [], 80: [], 84: [], 105: [], 110: [] },
  },
  'of two versions only the drifted one is told': {
    replicas: [
      replica([[80, USUAL]]),
      replica([[40, temp(...LARGE)]], { version: '2', from: 40 }),
      replica([[40, USUAL]], { version: '3', from: 40 }),
    ],
    firing: { 40: [], 43: [], 60: [['MlDriftCritical', { ml_model_version: '2' }]] },
  },
  'a night of little traffic is quiet': {
    replicas: [
      replica([
        [40, USUAL],
        [20, thinned(80)],
        [40, USUAL],
      ]),
    ],
    firing: { 45: [], 50: [], 55: [], 60: [], 65: [], 80: [] },
  },
  'several drifted features are one alert that ranks them': {
    replicas: [
      replica([
        [40, USUAL],
        [20, traffic({ features: { temp: MODERATE, carrier: [100, 300, 0, 4, 0] } })],
      ]),
    ],
    firing: { 50: ['MlDriftCritical'] },
  },
  'one value in five that the baseline never saw is critical': {
    replicas: [
      replica([
        [40, USUAL],
        [20, carrier(192, 128, 80, 4, 0)],
      ]),
    ],
    firing: { 50: ['MlDriftCritical'] },
  },
  'one in fifty is a warning': {
    replicas: [
      replica([
        [40, USUAL],
        [20, carrier(235, 157, 8, 4, 0)],
      ]),
    ],
    firing: { 50: ['MlDriftWarning'] },
  },
  'one in two hundred is quiet': {
    replicas: [
      replica([
        [40, USUAL],
        [20, carrier(239, 159, 2, 4, 0)],
      ]),
    ],
    firing: { 50: [], 59: [] },
  },
};

const missing: Readonly<Record<string, Fact>> = {
  'a feed that dries up is one critical alert that names it': {
    replicas: [
      replica([
        [40, USUAL],
        [40, temp(60, 60, 60, 60, 160, 0)],
      ]),
    ],
    firing: { 43: [], 50: ['MlDriftCritical'], 60: ['MlDriftCritical'], 80: ['MlDriftCritical'] },
  },
  'a field that is missing two points more often is a warning of its own': {
    replicas: [
      replica([
        [40, USUAL],
        [40, temp(97, 97, 97, 97, 12, 0)],
        [60, USUAL],
      ]),
    ],
    firing: { 43: [], 50: ['MlFeatureMissing'], 60: ['MlFeatureMissing'], 80: ['MlFeatureMissing'], 125: [] },
  },
  'values of a wrong type count as missing': {
    replicas: [
      replica([
        [40, USUAL],
        [20, temp(97, 97, 97, 97, 4, 8)],
      ]),
    ],
    firing: { 50: ['MlFeatureMissing'] },
  },
  'half a point more is quiet': {
    replicas: [
      replica([
        [40, USUAL],
        [40, temp(98, 99, 99, 98, 6, 0)],
      ]),
    ],
    firing: { 50: [], 60: [], 80: [] },
  },
  'one missing value of ten is not enough to tell': {
    replicas: [
      replica([
        [40, NONE],
        [
          1,
          traffic({
            calls: 10,
            features: { temp: [2, 2, 2, 3, 1, 0], carrier: [6, 4, 0, 0, 0], 'prediction.label': [4, 6, 0, 0, 0] },
            labels: { late: 4, 'on time': 6 },
          }),
        ],
        [40, NONE],
      ]),
    ],
    firing: { 46: ['MlDriftNotEnoughData'], 50: ['MlDriftNotEnoughData'] },
  },
};

/** What production and staging are told apart by. */
const ENVIRONMENT = 'deployment_environment_name';
const labelled: Readonly<Record<string, Fact>> = {
  'environments that are kept apart have alerts of their own': {
    replicas: [
      replica([[60, temp(...LARGE)]], { instance: 'a', labels: { [ENVIRONMENT]: 'staging' } }),
      replica([[60, USUAL]], { instance: 'b', labels: { [ENVIRONMENT]: 'production' } }),
    ],
    firing: { 30: [['MlDriftCritical', { ml_model_version: '1', [ENVIRONMENT]: 'staging' }]] },
  },
};

export const DRIFT_FACTS: Readonly<Record<string, Facts>> = {
  'drift of values': { models: shape },
  'missing values': { models: missing },
  'labels that are kept apart': { models: labelled, options: { by: [ENVIRONMENT] } },
};
