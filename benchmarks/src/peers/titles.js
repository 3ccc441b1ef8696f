// What each wrapper, input and sketch is called on the page, and what it does, as read in its source.

export const INPUT_TITLES = {
  row: 'An object of 20 numbers',
  floats: 'An array of 1,000 floats',
  image: 'An image of 150,528 floats',
};

export const MODE_TITLES = { unsampled: 'parent unsampled', sampled: 'parent sampled', none: 'no SDK' };

export const WRAPPER_TITLES = {
  bare: 'the bare call',
  hand: 'a hand-written span of 6 attributes, nothing of the input',
  'hand-input': 'the same, and the input as JSON where `isRecording()`',
  openinference: 'OpenInference, `traceChain`',
  'openinference-hidden': 'the same with `hideInputs`',
  langfuse: 'Langfuse, `observe`',
  'langfuse-off': 'the same without input and output',
  traceloop: 'Traceloop, `withWorkflow`',
  'traceloop-off': 'the same with `traceContent: false`',
  openlit: 'OpenLIT, `trace`, the input as metadata',
  'openlit-result': 'the same with the result alone',
  driftspan: '**Driftspan**',
  'driftspan-every': '**Driftspan**, every value (`tensor({ every: true })`)',
};

/** Short ones, that stand alone. */
export const SHORT_NAMES = {
  hand: 'hand-written, no input',
  'hand-input': 'hand-written, input if recorded',
  openinference: 'OpenInference',
  'openinference-hidden': 'OpenInference, inputs hidden',
  langfuse: 'Langfuse',
  'langfuse-off': 'Langfuse, no input and output',
  traceloop: 'Traceloop',
  'traceloop-off': 'Traceloop, no content',
  openlit: 'OpenLIT',
  'openlit-result': 'OpenLIT, the result alone',
  driftspan: 'Driftspan',
  'driftspan-every': 'Driftspan, every value',
};

export const SHORT_INPUTS = { row: '20 numbers', floats: '1,000 floats', image: '150,528 floats' };

/** One line each, of the pinned versions. */
export const WHAT_THEY_DO = [
  [
    'A hand-written span',
    'is `startActiveSpan` with operation, model, version, task, label and confidence. Ids and a context are made even when nothing is sampled.',
  ],
  [
    'OpenInference',
    'makes JSON of the input before it starts its span, so also for a span that nobody records and without an SDK. Each attribute then passes its masks; `hideInputs` throws the JSON away after it was made.',
  ],
  [
    'Langfuse',
    'starts a span and makes JSON of input and output for it, recorded or not. Its span processor, which is measured with it, marks roots and searches input and output for media.',
  ],
  [
    'Traceloop',
    'copies the input deeply, a typed array number by number into an object, and makes JSON of the copy, recorded or not. It asks only whether content is switched off.',
  ],
  [
    'OpenLIT',
    "wraps no function: its `trace` hands a span to a callback, which sets strings on it and can't ask whether it is recorded. Recording the input this way means JSON at every call.",
  ],
  [
    'Driftspan',
    "puts nothing of the input on the span by default: it counts it, at every call, sampled or not, with an SDK or none. 20 features, the label, the confidence and the duration go into bins and windows; of a tensor its mean, spread, range and zeros, over at most 4,096 of its elements unless told `every`. It doesn't record a call's whole input, which is what the four wrappers do.",
  ],
];

export const SKETCH_TITLES = {
  driftspan: '**Driftspan**, a row out of an object, generated code',
  'driftspan-loop': '**Driftspan**, the same with `codegen: false`',
  'driftspan-value': '**Driftspan**, one value of any type',
  inlined: 'a look-up among 15 cuts and an increment, written out',
  ddsketch: '`@datadog/sketches-js`, DDSketch of 1 %',
  hdr: '`hdr-histogram-js`, 3 digits',
  tdigest: '`tdigest`',
  'prometheus-child': '`prom-client`, the child of each feature kept',
  prometheus: '`prom-client`, labels at every value',
  opentelemetry: '`histogram.record`, 3 attributes',
  kll: 'Driftspan, `KllSketch` of 8,192 (for learning)',
};

export const SKETCHES_HOLD = {
  driftspan: '16 bins, moments, range, missing and invalid, in each of 61 sub-windows; the baseline',
  'driftspan-loop': 'the same',
  'driftspan-value': 'the same',
  inlined: '16 counts',
  ddsketch: 'counts by the logarithm of the value: any quantile, all time',
  hdr: 'counts by magnitude: any quantile, all time',
  tdigest: 'centroids: any quantile, all time',
  'prometheus-child': '15 buckets and a sum, all time',
  prometheus: 'the same',
  opentelemetry: '15 buckets, a sum, least and largest, all time',
  kll: 'a sample: any quantile, all time; exact at first',
};
