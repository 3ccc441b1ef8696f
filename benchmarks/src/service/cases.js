/** By name: which model, watched how, and which share of the spans is sampled. A bare server has none. */
export const CASES = {
  'scorer-bare': { model: 'scorer', variant: 'bare', sampled: 0, title: 'bare' },
  'scorer-hand-1': { model: 'scorer', variant: 'hand', sampled: 0.01, title: 'hand-written, 1 % sampled' },
  'scorer-driftspan-1': { model: 'scorer', variant: 'driftspan', sampled: 0.01, title: 'Driftspan, 1 % sampled' },
  'scorer-hand-100': { model: 'scorer', variant: 'hand', sampled: 1, title: 'hand-written, all sampled' },
  'scorer-driftspan-100': { model: 'scorer', variant: 'driftspan', sampled: 1, title: 'Driftspan, all sampled' },
  'onnxruntime-bare': { model: 'onnxruntime', variant: 'bare', sampled: 0, title: 'bare' },
  'onnxruntime-hand-1': { model: 'onnxruntime', variant: 'hand', sampled: 0.01, title: 'hand-written, 1 % sampled' },
  'onnxruntime-driftspan-1': {
    model: 'onnxruntime',
    variant: 'driftspan',
    sampled: 0.01,
    title: 'Driftspan, 1 % sampled',
  },
};

/** The models, in the order of the page. */
export const MODEL_TITLES = {
  scorer: 'A hand-written scorer: logistic regression over the 20 fields',
  onnxruntime: 'The smallest onnxruntime model: four of the fields, one thread',
};

/** The case that a case is compared with. */
export const bareOf = name => `${CASES[name].model}-bare`;
