import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { modelPath, ort } from './models.js';
import { countsOf, monitorOf, nextTask, pointsOf, sumsOf, watch } from './watching.js';

type Ort = typeof ort;
const require = createRequire(import.meta.url);

// The ends of the range that the README names.
test.each([
  ['1.17.3', () => require('onnxruntime-node-1.17') as Ort],
  ['1.30.0', () => ort],
])('%s: facts, counts, labels, errors and release', async (version, runtime) => {
  const { InferenceSession, Tensor } = runtime();
  watch().instrument({ ...runtime() });
  const session = await InferenceSession.create(modelPath('int-label'));
  const feeds = { input: new Tensor('float32', Float32Array.of(0, 9, 0, 0, 7, 0, 0, 0), [2, 4]) };
  await session.run(feeds);
  await session.run(feeds, ['label']);
  const [info] = await pointsOf('ml.model.info', 'int-label');
  expect(info!.attributes).toMatchObject({
    'ml.runtime.version': version,
    'ml.model.inputs': ['input float32[batch,4]'],
    'ml.model.outputs': ['label int64[batch]', 'probabilities float32[batch,3]'],
    'artifact.filename': 'int-label.onnx',
  });
  expect(
    monitorOf(session)
      .report()
      .features.map(({ name, totals }) => [name, totals.valued]),
  ).toEqual([
    ['input.0', 4],
    ['input.1', 4],
    ['input.2', 4],
    ['input.3', 4],
  ]);
  expect(await sumsOf('ml.prediction.count', 'int-label', 'ml.prediction.label')).toEqual({ '0': 2, '1': 2 });
  const wrong: [object, unknown?][] = [
    [{}],
    [{ input: new Tensor('float32', Float32Array.of(1), [1, 1]) }],
    [{ input: new Tensor('int32', Int32Array.of(1, 2, 3, 4), [1, 4]) }],
    [feeds, ['nope']],
    [{ input: { data: [1, 2, 3, 4], dims: [1, 4] } }],
  ];
  for (const [given, fetches] of wrong) {
    await expect(session.run(given as never, fetches as never)).rejects.toBeInstanceOf(Error);
  }
  const queued = session.run(feeds);
  await session.release();
  await expect(queued).rejects.toThrow('already disposed');
  await nextTask();
  await nextTask();
  expect(await countsOf('ml.inference.duration', 'int-label')).toEqual({
    ok: 2,
    missing_feed: 1,
    shape_mismatch: 1,
    type_mismatch: 1,
    invalid_output_name: 1,
    invalid_feed: 1,
    session_released: 1,
  });
});
