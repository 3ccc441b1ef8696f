import { expect, test } from 'vitest';
import * as onnxruntime from '../src/index.js';

test('what is public is this and nothing else', () => {
  expect(Object.keys(onnxruntime).sort()).toEqual(['InstrumentationError', 'OnnxruntimeInstrumentation', 'monitorFor']);
});
