import { expect, test } from 'vitest';
import { findOutputs } from '../../src/output/find-outputs.js';
import type { ValueMetadata } from '../../src/runtime.js';
import { modelPath, ort } from '../models.js';

const output = (name: string, type: string, shape: readonly (number | string)[]): ValueMetadata => ({
  name,
  isTensor: true,
  type,
  shape,
});

test.each([
  ['softmax', { logits: 'probabilities' }],
  ['float16', { logits: 'probabilities' }],
  ['logits', { logits: 'logits' }],
  ['image', { logits: 'output' }],
  ['regression', { value: 'variable' }],
  ['two-columns', { value: 'variable' }],
  ['int-label', { logits: 'probabilities', label: 'label' }],
  ['string-label', { logits: 'probabilities', label: 'label' }],
  ['zipmap', { label: 'output_label' }],
  ['tokens', {}],
  ['text', {}],
  ['dynamic', {}],
])('%s', async (name, expected) => {
  const session = await ort.InferenceSession.create(modelPath(name));
  expect(findOutputs(session.outputMetadata)).toEqual(expected);
  await session.release();
});

test('of several score-like outputs the one named so is read, and of unnamed ones none', () => {
  const a = output('a', 'float32', ['batch', 3]);
  const b = output('b', 'float32', ['batch', 5]);
  expect(findOutputs([a, b])).toEqual({});
  expect(findOutputs([a, output('class_logits', 'float32', ['batch', 5])])).toEqual({ logits: 'class_logits' });
});

test('classes whose number is not fixed are read only where the name says so', () => {
  expect(findOutputs([output('y', 'float32', ['batch', 'n'])])).toEqual({});
  expect(findOutputs([output('logits', 'float32', ['batch', 'n'])])).toEqual({ logits: 'logits' });
});

test('vectors, vocabularies and logits of tokens are no classes', () => {
  expect(findOutputs([output('sentence_embedding', 'float32', ['batch', 384])])).toEqual({});
  expect(findOutputs([output('y', 'float32', ['batch', 50_000])])).toEqual({});
  expect(findOutputs([output('logits', 'float32', ['batch', 'sequence', 9])])).toEqual({});
  expect(findOutputs([output('y', 'float32', [384])])).toEqual({});
});

test('integers are a class where they are named so, or stand beside scores', () => {
  expect(findOutputs([output('count', 'int64', ['batch'])])).toEqual({});
  expect(findOutputs([output('label', 'int64', ['batch', 1])])).toEqual({ label: 'label' });
});

test('of several values none is read', () => {
  expect(findOutputs([output('x', 'float32', ['batch']), output('y', 'float32', ['batch'])])).toEqual({});
});
