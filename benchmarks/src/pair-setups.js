// The two sides of each pair.
import { createMonitor, defineModel, tensor } from '@driftspan/core';
import { OnnxruntimeInstrumentation } from '@driftspan/instrumentation-onnxruntime';
import { learnBaseline } from '@driftspan/sketch';
import ort from 'onnxruntime-node';

const MODELS = new URL('../../packages/instrumentation-onnxruntime/test/models/', import.meta.url);
const { InferenceSession, Tensor } = ort;
/** An image of 224 × 224 in three colours. */
const FLOATS = 3 * 224 * 224;

const floats = (count, seed) => {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32 - 0.5;
  });
};

/** The smallest model, four columns in and three classes out, with everything on but spans: as a service under an unsampled parent. */
async function smallestModel() {
  const bareRun = InferenceSession.prototype.run;
  const instrumentation = new OnnxruntimeInstrumentation({ models: { softmax: { learnFrom: 1000 } } });
  instrumentation.instrument(ort);
  const session = await InferenceSession.create(new URL('softmax.onnx', MODELS).pathname, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const input = session.inputNames[0];
  const values = floats(4 * 1024, 42);
  const feeds = Array.from({ length: 1024 }, (_, i) => ({
    [input]: new Tensor('float32', values.subarray(i * 4, i * 4 + 4), [1, 4]),
  }));
  // The baseline is learned before anything is timed.
  for (let i = 0; i < 1200; i++) await session.run(feeds[i & 1023]);
  await new Promise(resolve => setTimeout(resolve, 200));
  return {
    calls: 500,
    base: async calls => {
      for (let i = 0; i < calls; i++) await bareRun.call(session, feeds[i & 1023]);
    },
    ours: async calls => {
      for (let i = 0; i < calls; i++) await session.run(feeds[i & 1023]);
    },
  };
}

/** Counting an image, beside adding its numbers up. */
async function largeInput() {
  const model = defineModel({ name: 'image', version: '1', features: { pixels: tensor({ select: row => row }) } });
  const rows = Array.from({ length: 1000 }, (_, i) => ({
    input: { data: floats(64, i), dims: [64], type: 'float32' },
  }));
  const watched = createMonitor({ model, baseline: await learnBaseline(model, rows) });
  const image = { data: floats(FLOATS, 7), dims: [1, 3, 224, 224], type: 'float32', location: 'cpu' };
  const count = watched.wrap(input => input.dims);
  let total = 0;
  return {
    calls: 20,
    base: calls => {
      for (let i = 0; i < calls; i++) {
        const { data } = image;
        let sum = 0;
        for (let k = 0; k < data.length; k++) sum += data[k];
        total += sum;
      }
      return total;
    },
    ours: calls => {
      for (let i = 0; i < calls; i++) count(image);
    },
  };
}

/** By the names of pairs.js. Each side is called with the number of calls of a block. */
export const SETUPS = { 'onnxruntime-smallest': smallestModel, 'tensor-150528': largeInput };
