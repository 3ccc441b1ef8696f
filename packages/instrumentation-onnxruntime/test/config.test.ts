import { expect, test } from 'vitest';
import { modelConfig } from '../src/config.js';
import { OnnxruntimeInstrumentation } from '../src/index.js';

test.each([
  ['config', null],
  ['config.enabled', { enabled: 'yes' }],
  ['config.learnFrom', { learnFrom: 10 }],
  ['config.tensors', { tensors: 'all' }],
  ['config.hash', { hash: 1 }],
  ['config.resolveFrom', { resolveFrom: 'here' }],
  ['config.models', { models: [] }],
  ['models["a"]', { models: { a: 5 } }],
  ['models["a"].name', { models: { a: { name: '' } } }],
  ['models["a"].learnFrom', { models: { a: { learnFrom: true } } }],
  ['models["a"].features', { models: { a: { features: 'x' } } }],
  ['models["a"].columns["x"]', { models: { a: { columns: { x: 3 } } } }],
  ['models["a"].labels', { models: { a: { labels: [1] } } }],
  ['models["a"].output', { models: { a: { output: 'some' } } }],
  ['models["a"].output.logits', { models: { a: { output: { logits: 1 } } } }],
  ['models["a"].output.label', { models: { a: { output: { label: 1 } } } }],
])('%s is refused where it is given: %j', (where, config) => {
  const make = () => new OnnxruntimeInstrumentation({ ...(config as object), enabled: false } as never);
  const made = config === null || 'enabled' in config ? () => new OnnxruntimeInstrumentation(config as never) : make;
  expect(made).toThrow(
    expect.objectContaining({ name: 'InstrumentationError', code: 'ERR_ONNXRUNTIME_CONFIG', where }),
  );
});

test("a model's own options stand over those for all", () => {
  const config = { learnFrom: 2000, hash: false, models: { a: { learnFrom: 3000 as const } } };
  expect(modelConfig(config, undefined, ['a'])).toEqual({ learnFrom: 3000, hash: false });
  expect(modelConfig(config, undefined, ['b'])).toEqual({ learnFrom: 2000, hash: false });
});

test('a model is found by its metadata, then by the longest end of its path, then by its file', () => {
  const find = (keys: readonly string[], path: string, names: readonly (string | undefined)[]): unknown => {
    const models = Object.fromEntries(keys.map(key => [key, { name: key }]));
    return (modelConfig({ models }, path, names) as { name?: string }).name;
  };
  const path = '/models/bert/onnx/model.onnx';
  expect(find(['told', 'model.onnx', 'model'], path, ['told', 'model'])).toBe('told');
  expect(find(['model.onnx', 'bert/onnx/model.onnx', 'model'], path, [undefined, 'model'])).toBe(
    'bert/onnx/model.onnx',
  );
  expect(find(['model'], path, [undefined, 'model'])).toBe('model');
  expect(find(['el.onnx', 'ert/onnx/model.onnx'], path, [undefined, 'model'])).toBeUndefined();
  expect(find(['onnx/model.onnx'], 'C:\\models\\onnx\\model.onnx', [undefined, 'model'])).toBe('onnx/model.onnx');
  expect(find([], path, ['toString', '__proto__'])).toBeUndefined();
});

test('false keeps a model unwatched', () => {
  expect(modelConfig({ models: { a: false } }, undefined, ['a'])).toBe(false);
});
