// What the model is fed, in the three sizes that are compared; a model that does nothing beside each, and how Driftspan is told of it.
import { numeric, tensor } from '@driftspan/core';
import { featureNames, generator, SHAPES } from './values.js';

const FEATURES = 20;
/** A sentence's embedding has about as many. */
const FLOATS = 1000;
/** Three colours of 224 × 224, as the usual image models take them. */
const DIMS = [1, 3, 224, 224];
const names = featureNames(FEATURES);

const uniform = seed => {
  const random = generator(seed);
  return () => random() - 0.5;
};

/** Answers of one shape for every input: whatever a wrapper does with them costs the same. */
const answer = isLate => ({ label: isLate ? 'late' : 'on-time', probability: 0.75 });

/** @returns {(random: () => number) => Record<string, number>} */
const makeRow = random => {
  const values = SHAPES.map(({ of }) => of(random));
  return Object.fromEntries(names.map((name, i) => [name, values[i % values.length]()]));
};

/**
 * By name. `rows` are turned through, a power of two of them; `training` makes those of the baseline; the model is asynchronous, as an inference session is, and as cheap
 * as can be, so that what is added shows.
 */
export const INPUTS = {
  row: () => {
    const random = generator(42);
    return {
      rows: Array.from({ length: 1024 }, () => makeRow(random)),
      training: () => Array.from({ length: 5000 }, () => makeRow(random)),
      features: Object.fromEntries(names.map(name => [name, numeric()])),
      model: async row => answer(row.feature_0 > 0),
    };
  },
  // A plain array: the form that costs least as JSON.
  floats: () => {
    const next = uniform(7);
    const make = () => ({ embedding: Array.from({ length: FLOATS }, next) });
    return {
      rows: Array.from({ length: 64 }, make),
      training: () => Array.from({ length: 1000 }, make),
      features: { embedding: tensor() },
      model: async row => answer(row.embedding[0] > 0),
    };
  },
  // A Float32Array in a tensor, as onnxruntime takes it.
  image: () => {
    const next = uniform(11);
    const make = dims => ({
      image: { data: Float32Array.from({ length: dims.reduce((a, b) => a * b) }, next), dims, type: 'float32' },
    });
    return {
      rows: Array.from({ length: 4 }, () => make(DIMS)),
      training: () => Array.from({ length: 1000 }, () => make([1, 3, 8, 8])),
      features: { image: tensor() },
      everyFeatures: { image: tensor({ every: true }) },
      model: async row => answer(row.image.data[0] > 0),
    };
  },
};
