// What the service serves. Each takes a record and promises `{ label, probability }`.
import { fileURLToPath } from 'node:url';
import { CATEGORICAL, NUMERIC } from './records.js';

const SMALL_MODEL = new URL('../../../packages/instrumentation-onnxruntime/test/models/softmax.onnx', import.meta.url);
/** Of the fields in their order: about where each lies, and how far it spreads. */
const CENTRES = [850, 130, 12, 3, 6, 12, 45, 16, 0.7, 10, 12, 11, 9, 0.2, 50, 1014];
const WIDTHS = [500, 55, 7, 2, 3.5, 25, 15, 7, 0.25, 9, 9, 5, 2, 0.8, 29, 7];
const WEIGHTS = [0.2, 0.1, 0.5, 0.1, -0.1, 1.2, -0.4, 0.6, 0.3, 0.1, -0.2, 0.4, -0.5, 0.7, 0.1, -0.3];
/** What is missing counts as its centre. */
const scaled = (record, i) => ((record[NUMERIC[i]] ?? CENTRES[i]) - CENTRES[i]) / WIDTHS[i];

/** A logistic regression over all 20 fields, written by hand. */
function scorer() {
  // A category's weight from its letters: what matters is that it is looked up.
  const weight = category => {
    let sum = 0;
    for (let i = 0; i < category.length; i++) sum += category.charCodeAt(i);
    return ((sum % 11) - 5) / 20;
  };
  const known = new Map();
  return async record => {
    let z = -0.6;
    for (let i = 0; i < NUMERIC.length; i++) z += WEIGHTS[i] * scaled(record, i);
    for (const name of CATEGORICAL) {
      const category = record[name];
      let added = known.get(category);
      if (added === undefined) {
        added = weight(category);
        if (known.size < 1000) known.set(category, added);
      }
      z += added;
    }
    const late = 1 / (1 + Math.exp(-z));
    return late >= 0.5 ? { label: 'late', probability: late } : { label: 'on-time', probability: 1 - late };
  };
}

/** The smallest onnxruntime model: four of the fields in, three classes out, in one thread. */
async function onnxruntime() {
  const { default: ort } = await import('onnxruntime-node');
  const session = await ort.InferenceSession.create(fileURLToPath(SMALL_MODEL), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  const labels = ['on-time', 'late', 'cancelled'];
  return async record => {
    const values = Float32Array.of(scaled(record, 0), scaled(record, 5), scaled(record, 13), scaled(record, 11));
    const { [output]: answer } = await session.run({ [input]: new ort.Tensor('float32', values, [1, 4]) });
    const scores = answer.data;
    let best = 0;
    for (let i = 1; i < labels.length; i++) if (scores[i] > scores[best]) best = i;
    return { label: labels[best], probability: scores[best] };
  };
}

/** By name: opens the model. */
export const MODELS = { scorer, onnxruntime };
