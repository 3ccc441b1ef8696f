import type { Fact, Facts } from './facts.js';
import { FEATURES, NONE, replica, SPARSE, thinned, traffic, USUAL } from './flights.js';

/** A replica without a baseline, where features have no part in the fact: a tenth of the series. */
const plain: typeof replica = (phases, other) => replica(phases, { features: {}, ...other });

const data: Readonly<Record<string, Fact>> = {
  'a call a minute is not enough, once the long window is full': {
    replicas: [replica([[50, SPARSE]])],
    firing: { 25: [], 40: ['MlDriftNotEnoughData'], 60: [], 80: [] },
  },
  'forty calls a minute are enough': {
    replicas: [replica([[60, thinned(10)]])],
    firing: { 25: [], 40: [], 60: [] },
  },
  'without a baseline nothing is missed': {
    replicas: [replica([[60, SPARSE]], { features: {} })],
    firing: { 40: [], 60: [] },
  },
  'without calls nothing is missed': { replicas: [replica([[60, NONE]])], firing: { 40: [], 60: [] } },
  'a young version has time to fill its window': {
    replicas: [replica([[80, USUAL]]), replica([[40, SPARSE]], { version: '2', from: 40 })],
    firing: { 60: [], 66: [], 80: [['MlDriftNotEnoughData', { ml_model_version: '2' }]] },
  },
};

const sure = (confidence: number) => traffic({ confidence });
const confidence: Readonly<Record<string, Fact>> = {
  'a third less sure than usual is a warning, until that is usual': {
    replicas: [
      plain([
        [60, sure(0.9)],
        [90, sure(0.6)],
      ]),
    ],
    firing: { 60: [], 70: ['MlConfidenceCollapse'], 100: ['MlConfidenceCollapse'], 145: [] },
  },
  'a sixth less sure than usual is quiet': {
    replicas: [
      plain([
        [60, sure(0.9)],
        [60, sure(0.75)],
      ]),
    ],
    firing: { 70: [], 100: [] },
  },
  'a version without a history has no usual confidence': {
    replicas: [
      plain([[120, sure(0.9)]]),
      plain(
        [
          [15, sure(0.9)],
          [20, sure(0.6)],
        ],
        { version: '2', from: 60 },
      ),
    ],
    firing: { 70: [], 85: [] },
  },
  'a few unsure calls are quiet': {
    replicas: [
      plain([
        [60, sure(0.9)],
        [40, thinned(80, sure(0.6))],
      ]),
    ],
    firing: { 72: [], 90: [] },
  },
};

/** The share of the class "on time" in 400 calls, in the predictions and in what is judged of them. */
const onTime = (share: number) =>
  traffic({
    features: { 'prediction.label': [400 * (1 - share), 400 * share, 0, 0, 0].map(Math.round) },
    labels: { late: Math.round(400 * (1 - share)), 'on time': Math.round(400 * share) },
  });
const NO_BASELINE = { features: {} };
const ON_TIME = { ml_model_version: '1', ml_prediction_label: 'on time' };

const classes: Readonly<Record<string, Fact>> = {
  'a class that takes 30 points more than in the baseline is told by the drift alone': {
    replicas: [
      replica([
        [40, onTime(0.6)],
        [40, onTime(0.9)],
      ]),
    ],
    firing: {
      40: [],
      50: ['MlDriftCritical'],
      80: ['MlDriftCritical'],
    },
  },
  'fifteen points more than in the baseline are quiet': {
    replicas: [
      replica([
        [40, onTime(0.6)],
        [40, onTime(0.75)],
      ]),
    ],
    firing: { 50: [], 80: [] },
  },
  'a class that the baseline never saw is told by the drift alone': {
    replicas: [
      replica([
        [40, USUAL],
        [
          20,
          traffic({
            features: { 'prediction.label': [40, 0, 360, 0, 0] },
            labels: { late: 40, 'on time': 0, diverted: 360 },
          }),
        ],
      ]),
    ],
    firing: {
      50: ['MlDriftCritical'],
    },
  },
  'without a baseline, the time before says what is usual': {
    replicas: [
      replica(
        [
          [60, onTime(0.5)],
          [60, onTime(0.9)],
        ],
        NO_BASELINE,
      ),
    ],
    firing: { 60: [], 70: [['MlClassShare', ON_TIME]], 85: [['MlClassShare', ON_TIME]], 120: [] },
  },
  'a class that always takes most is quiet': {
    replicas: [replica([[120, onTime(0.9)]], NO_BASELINE)],
    firing: { 20: [], 70: [], 120: [] },
  },
  'a young version without a baseline is quiet': {
    replicas: [
      replica([[100, onTime(0.5)]], NO_BASELINE),
      replica([[40, onTime(0.9)]], { ...NO_BASELINE, version: '2', from: 60 }),
    ],
    firing: { 70: [], 85: [] },
  },
  'a few predictions of one class are quiet': {
    replicas: [
      replica(
        [
          [60, onTime(0.5)],
          [40, thinned(40, onTime(0.9))],
        ],
        NO_BASELINE,
      ),
    ],
    firing: { 72: [], 90: [] },
  },
};

const NEAR = traffic({ latency: [200, 200, 0] });
const OVER = traffic({ latency: [200, 100, 100] });
const latency: Readonly<Record<string, Fact>> = {
  'a p95 in the headroom is a warning': {
    replicas: [
      plain([
        [40, USUAL],
        [30, NEAR],
        [20, USUAL],
      ]),
    ],
    firing: { 40: [], 50: ['MlLatencyBudget'], 70: ['MlLatencyBudget'], 80: [] },
  },
  'a p95 over the budget is critical and says so alone': {
    replicas: [
      plain([
        [40, USUAL],
        [20, OVER],
        [20, NEAR],
      ]),
    ],
    firing: {
      46: ['MlLatencyBudgetExceeded'],
      50: ['MlLatencyBudgetExceeded'],
      60: ['MlLatencyBudgetExceeded'],
      70: ['MlLatencyBudget'],
    },
  },
  'a p95 below the headroom is quiet': {
    replicas: [
      plain([
        [40, USUAL],
        [30, traffic({ latency: [372, 28, 0] })],
      ]),
    ],
    firing: { 50: [], 70: [] },
  },
  'ten slow calls a minute are too few': {
    replicas: [
      plain([
        [40, USUAL],
        [30, thinned(40, OVER)],
      ]),
    ],
    firing: { 52: [], 70: [] },
  },
  'of two versions only the slow one is told': {
    replicas: [plain([[60, USUAL]]), plain([[60, OVER]], { version: '2' })],
    firing: { 20: [['MlLatencyBudgetExceeded', { ml_model_version: '2' }]] },
  },
  'a model without a budget is quiet': { replicas: [plain([[60, OVER]])], firing: { 20: [], 60: [] } },
};
const BUDGETED = Object.keys(latency).filter(name => name !== 'a model without a budget is quiet');

const versions: Readonly<Record<string, Fact>> = {
  'a version that waits for calls beside one that has them is told, until it goes': {
    replicas: [plain([[60, USUAL]]), plain([[30, NONE]], { version: '2' })],
    firing: { 5: [], 12: [['MlVersionWithoutTraffic', { ml_model_version: '2' }]], 40: [], 60: [] },
  },
  'a rollout is quiet': {
    replicas: [
      plain([[45, USUAL]]),
      plain(
        [
          [4, NONE],
          [30, USUAL],
        ],
        { version: '2', from: 40 },
      ),
    ],
    firing: { 42: [], 45: [], 47: [], 50: [], 60: [] },
  },
  'a model that nobody calls is quiet': {
    replicas: [plain([[60, NONE]]), plain([[60, NONE]], { version: '2' })],
    firing: { 20: [], 60: [] },
  },
  'a canary with a call a minute is quiet': {
    replicas: [plain([[60, USUAL]]), plain([[60, SPARSE]], { version: '2' })],
    firing: { 20: [], 60: [] },
  },
};

const dropped = (reason: string, count: number) => traffic({ dropped: { [reason]: count } });
const faults: Readonly<Record<string, Fact>> = {
  'one internal fault is told while it is in the short window': {
    replicas: [
      plain([
        [40, USUAL],
        [1, dropped('internal', 1)],
        [20, USUAL],
      ]),
    ],
    firing: { 41: [], 46: ['MlSdkDropped'], 50: [] },
  },
  'a reader that throws once in a hundred calls is told': {
    replicas: [
      plain([
        [40, USUAL],
        [20, dropped('feature_reader', 4)],
      ]),
    ],
    firing: { 40: [], 50: ['MlSdkDropped'] },
  },
  'a reader that threw once is quiet': {
    replicas: [
      plain([
        [40, USUAL],
        [1, dropped('feature_reader', 1)],
        [20, USUAL],
      ]),
    ],
    firing: { 44: [], 46: [], 50: [] },
  },
  'a bound that holds by design is quiet': {
    replicas: [
      plain([
        [40, USUAL],
        [20, dropped('record_limit', 400)],
      ]),
    ],
    firing: { 50: [], 60: [] },
  },
};

const { temp } = FEATURES;
const OTHER_ID = { features: { ...FEATURES, temp: { ...temp, baselineId: 'b-temp-2' } } };
const OTHER_COUNTS = { features: { ...FEATURES, temp: { ...temp, baseline: [2500, 2500, 2500, 2400, 100, 0] } } };
const baselines: Readonly<Record<string, Fact>> = {
  'two baselines within a version are told': {
    replicas: [replica([[40, USUAL]]), replica([[40, USUAL]], { instance: 'b', ...OTHER_ID })],
    firing: { 4: [], 20: ['MlBaselineDisagreement'], 40: ['MlBaselineDisagreement'] },
  },
  'one id with two sets of counts is told': {
    replicas: [replica([[40, USUAL]]), replica([[40, USUAL]], { instance: 'b', ...OTHER_COUNTS })],
    firing: { 20: ['MlBaselineDisagreement'], 40: ['MlBaselineDisagreement'] },
  },
  'replicas with one baseline are quiet': {
    replicas: [replica([[40, USUAL]]), replica([[40, USUAL]], { instance: 'b' })],
    firing: { 20: [], 40: [] },
  },
  'a replica replaced by one with a new baseline is quiet': {
    replicas: [replica([[40, USUAL]]), replica([[40, USUAL]], { instance: 'b', from: 40, ...OTHER_ID })],
    firing: { 40: [], 42: [], 44: [], 60: [] },
  },
  'two versions may have a baseline each': {
    replicas: [replica([[40, USUAL]]), replica([[40, USUAL]], { version: '2', ...OTHER_ID })],
    firing: { 20: [], 40: [] },
  },
};

const unrecorded: Readonly<Record<string, Fact>> = {
  'models of rules that are not loaded': { replicas: [replica([[30, USUAL]])], firing: { 3: [], 20: [], 40: [] } },
  'and without a baseline': { replicas: [replica([[30, USUAL]], NO_BASELINE)], firing: { 3: [], 20: [] } },
};
const unexported: Readonly<Record<string, Fact>> = {
  'no replica exports the baseline bins': {
    replicas: [replica([[30, USUAL]], { features: { temp: { ...temp, baseline: null } } })],
    firing: { 3: [], 20: [], 40: [] },
  },
};

export const SERVICE_FACTS: Readonly<Record<string, Facts>> = {
  'too little data': { models: data },
  confidence: { models: confidence },
  'the share of a class': { models: classes },
  'the latency budget': {
    models: latency,
    options: { latencyBudgets: Object.fromEntries(BUDGETED.map(name => [name, 0.1])) },
  },
  'versions without traffic': { models: versions },
  'what the SDK dropped': { models: faults },
  'replicas that disagree': { models: baselines },
  'rules that are not loaded': { models: unrecorded, isRecording: false, silent: { 20: 2 } },
  'rules that find no baseline': { models: unexported, silent: { 20: 1 } },
};
