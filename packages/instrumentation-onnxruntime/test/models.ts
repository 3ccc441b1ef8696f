import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-node');

/** Where a model made by `make_models.py` lies. */
export const modelPath = (name: string): string => fileURLToPath(new URL(`models/${name}.onnx`, import.meta.url));

/** A float32 tensor. */
export const floats = (values: readonly number[], dims: readonly number[] = [1, values.length]) =>
  new ort.Tensor('float32', Float32Array.from(values), dims);

/** An int64 tensor. */
export const integers = (values: readonly number[], dims: readonly number[] = [values.length]) =>
  new ort.Tensor('int64', BigInt64Array.from(values.map(BigInt)), dims);

export const MODELS = [
  'dynamic',
  'fails',
  'float16',
  'image',
  'image-224',
  'int-label',
  'logits',
  'named',
  'regression',
  'softmax',
  'string-label',
  'text',
  'tokens',
  'two-columns',
  'versioned',
  'zipmap',
] as const;
