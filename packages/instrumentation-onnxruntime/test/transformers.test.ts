import { fileURLToPath } from 'node:url';
import { env, pipeline } from '@huggingface/transformers';
import { expect, test } from 'vitest';
import { countsOf, pointsOf, registerSdk, spansOf, sumsOf, watch } from './watching.js';

env.allowRemoteModels = false;
env.localModelPath = fileURLToPath(new URL('models/', import.meta.url));

test('a pipeline of Transformers.js is watched as it is: its model has its name, labels, spans and counts', async () => {
  const exporter = registerSdk();
  watch({
    models: { 'tiny-bert/onnx/model.onnx': { name: 'sentiment', labels: ['NEGATIVE', 'POSITIVE'] }, t: false },
  });
  const classify = await pipeline('text-classification', 'tiny-bert', { dtype: 'fp32' });
  const answers = await classify(['good good', 'bad', 'good']);
  expect((answers as { label: string }[]).map(({ label }) => label)).toEqual(['POSITIVE', 'NEGATIVE', 'POSITIVE']);
  expect(spansOf(exporter, 'load sentiment')).toHaveLength(1);
  const spans = spansOf(exporter, 'predict sentiment');
  expect(await countsOf('ml.inference.duration', 'sentiment')).toEqual({ ok: spans.length });
  expect(await sumsOf('ml.prediction.count', 'sentiment', 'ml.prediction.label')).toEqual({ NEGATIVE: 1, POSITIVE: 2 });
  expect(await countsOf('ml.prediction.confidence', 'sentiment')).toEqual({ ok: 3 });
  const [info] = await pointsOf('ml.model.info', 'sentiment');
  expect(info!.attributes).toMatchObject({
    'artifact.filename': 'model.onnx',
    'ml.runtime.name': 'onnxruntime',
    'ml.model.inputs': [
      'input_ids int64[batch_size,sequence_length]',
      'attention_mask int64[batch_size,sequence_length]',
      'token_type_ids int64[batch_size,sequence_length]',
    ],
  });
  // The library's own TopK, in bytes, whose graph is called so.
  expect(await pointsOf('ml.inference.duration', 't')).toEqual([]);
  expect(await sumsOf('ml.sdk.dropped', 'sentiment', 'reason')).toEqual({});
  await classify.dispose();
});
