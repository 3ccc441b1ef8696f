import { numeric } from '@driftspan/core';
import { expect, test } from 'vitest';
import { type ConfiguredModel, checkConfig, type DriftspanConfig, defineConfig } from '../src/config.js';

/** Every field there is: a further one in the types does not compile here until it is named. */
const model: Required<ConfiguredModel> = {
  baseline: './ride.baseline.json',
  clock: Date.now,
  codegen: true,
  columns: { input: ['distance', 'hours'] },
  drift: { window: '1h' },
  export: { bins: 8 },
  features: { distance: numeric({ select: feeds => feeds['input']?.dims.length }) },
  hash: false,
  labels: ['no', 'yes'],
  learnFrom: 2000,
  limits: {},
  name: 'ride',
  output: { logits: 'scores' },
  predictionId: () => undefined,
  recordExceptions: false,
  redact: record => record,
  requireSameVersion: true,
  sampling: { rate: 0.1 },
  sensitiveKey: '0123456789abcdef',
  spans: 'parent',
  task: 'classification',
  tensors: 'counts',
  transforms: '1',
  version: '1',
};
const {
  clock,
  codegen,
  drift,
  export: exported,
  hash,
  learnFrom,
  limits,
  recordExceptions,
  redact,
  sampling,
  spans,
  tensors,
} = model;
const config: Required<DriftspanConfig> = {
  ...{
    clock,
    codegen,
    drift,
    export: exported,
    hash,
    learnFrom,
    limits,
    recordExceptions,
    redact,
    sampling,
    spans,
    tensors,
  },
  models: { ride: model },
  onnxruntime: true,
  resolveFrom: ['./app'],
  start: { serviceName: 'rides', handleSignals: false },
};

test('every field of the types is taken, and none need be there', () => {
  expect(() => checkConfig('driftspan.mjs', config)).not.toThrow();
  expect(() => checkConfig('driftspan.mjs', {})).not.toThrow();
  expect(() => checkConfig('driftspan.mjs', { start: false, onnxruntime: false, models: {} })).not.toThrow();
});

test('defineConfig types a configuration and gives it back', () => {
  expect(defineConfig(config)).toBe(config);
  // @ts-expect-error a field that there is not
  defineConfig({ model: {} });
  // @ts-expect-error sessions are not turned on here
  defineConfig({ enabled: true });
  // @ts-expect-error a baseline is a file, or is learned
  defineConfig({ models: { ride: { baseline: 7 } } });
  // @ts-expect-error an option that start() does not have
  defineConfig({ start: { service: 'rides' } });
});
