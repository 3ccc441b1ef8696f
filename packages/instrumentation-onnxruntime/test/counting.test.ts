import type { Baseline } from '@driftspan/core';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import type { OnnxruntimeConfig } from '../src/index.js';
import { floats, integers, ort } from './models.js';
import { countsOf, load, monitorOf, nextTask, pointsOf, registerSdk, spansOf, sumsOf, watch } from './watching.js';

/** Values counted of each feature: valued, missing, invalid. */
const totals = (session: object): Record<string, readonly number[]> =>
  Object.fromEntries(
    monitorOf(session)
      .report()
      .features.map(({ name, totals: { valued, missing, invalid } }) => [name, [valued, missing, invalid]]),
  );

test('a table is counted by column, each row of it', async () => {
  watch();
  const session = await load('softmax');
  await session.run({ input: floats([1, 2, 3, Number.NaN, 5, Number.POSITIVE_INFINITY, 7, 8], [2, 4]) });
  expect(totals(session)).toEqual({
    'input.0': [2, 0, 0],
    'input.1': [1, 0, 1],
    'input.2': [2, 0, 0],
    'input.3': [1, 1, 0],
  });
});

test('columns have the names they are given, and one column the name of its input', async () => {
  watch({ models: { softmax: { columns: { input: ['a', 'b', 'c', 'd'] } } } });
  const named = await load('softmax');
  const single = await load('two-columns');
  await single.run({ age: integers([40, 50], [2, 1]), fare: floats([7, 8], [2, 1]) });
  expect(Object.keys(totals(named))).toEqual(['a', 'b', 'c', 'd']);
  expect(totals(single)).toEqual({ age: [2, 0, 0], fare: [2, 0, 0] });
});

test('any other numeric tensor is summed up once a call', async () => {
  watch();
  const session = await load('image');
  await session.run({ pixels: floats(new Array(192).fill(0.5), [1, 3, 8, 8]) });
  expect(Object.keys(totals(session))).toEqual(['mean', 'sd', 'min', 'max', 'zeros'].map(part => `pixels.${part}`));
  expect(Object.values(totals(session))).toEqual(new Array(5).fill([1, 0, 0]));
});

test('ids of tokens are summed up, 16-bit floats decoded, booleans summed up, strings not looked at', async () => {
  watch();
  const tokens = await load('tokens');
  await tokens.run({ input_ids: integers([1, 2, 3], [1, 3]) });
  expect(totals(tokens)).toMatchObject({ 'input_ids.mean': [1, 0, 0] });
  const half = await load('float16');
  const bits = new ort.Tensor('float16', Uint16Array.of(0x3c00, 0, 0x7e00, 0x7c00), [1, 4]);
  // Where there is a Float16Array the runtime makes one of the bits, and 1.30 can't take it on Node 24.9: counted all the same.
  await half.run({ input: bits }).catch(() => {});
  expect(totals(half)).toMatchObject({ 'input.0': [1, 0, 0], 'input.2': [0, 1, 0], 'input.3': [0, 0, 1] });
  const text = await load('text');
  await text.run({ text: new ort.Tensor('string', ['canary'], [1]), flag: new ort.Tensor('bool', [true], [1]) });
  expect(Object.keys(totals(text))).toEqual(['mean', 'sd', 'min', 'max', 'zeros'].map(part => `flag.${part}`));
});

test("tensors: 'none' counts no input, of one model or of all", async () => {
  watch({ tensors: 'none', models: { logits: { tensors: 'counts' } } });
  expect(totals(await load('softmax'))).toEqual({});
  expect(Object.keys(totals(await load('logits')))).toHaveLength(4);
});

test.each([
  ['softmax', [1, 0, 0, 0, 0, 0, 9, 0], { '0': 1, '2': 1 }],
  ['logits', [3, 1, 0, 0, 0, 4, 0, 0], { '0': 1, '1': 1 }],
  ['int-label', [3, 1, 0, 0, 0, 4, 0, 0], { '0': 1, '1': 1 }],
  ['string-label', [3, 1, 0, 0, 0, 4, 0, 0], { setosa: 1, versicolor: 1 }],
])('%s: each row of a batch has its label and confidence', async (name, values, labels) => {
  watch();
  const session = await load(name);
  await session.run({ input: floats(values, [2, 4]) });
  expect(await sumsOf('ml.prediction.count', name, 'ml.prediction.label')).toEqual(labels);
  expect(await countsOf('ml.prediction.confidence', name)).toEqual({ ok: 2 });
  expect(await countsOf('ml.inference.duration', name)).toEqual({ ok: 1 });
});

test('names of classes stand for their indexes', async () => {
  watch({ models: { logits: { labels: ['no', 'maybe', 'yes'] }, 'int-label': { labels: ['no', 'maybe', 'yes'] } } });
  for (const name of ['logits', 'int-label']) {
    await (await load(name)).run({ input: floats([0, 0, 5, 0]) });
    expect(await sumsOf('ml.prediction.count', name, 'ml.prediction.label')).toEqual({ yes: 1 });
  }
});

test('a regression has values', async () => {
  watch();
  const session = await load('regression');
  await session.run({ input: floats([1, 2, 3, 4, 5, 6, 7, 8], [2, 4]) });
  expect((await pointsOf('ml.prediction.value', 'regression'))[0]!.value).toMatchObject({ count: 2, sum: 36 });
});

test('a single prediction has its label and confidence on its span', async () => {
  const exporter = registerSdk();
  watch();
  const session = await load('softmax');
  await session.run({ input: floats([0, 9, 0, 0]) });
  const [span] = spansOf(exporter, 'predict softmax');
  expect(span!.attributes).toMatchObject({
    'ml.prediction.label': '1',
    'ml.prediction.confidence': expect.closeTo(1, 2),
    'ml.runtime.name': 'onnxruntime',
  });
});

test('results that were not fetched, and outputs that are declared not to be read, are no fault', async () => {
  watch({ models: { logits: { output: 'none' } } });
  const label = await load('int-label');
  await label.run({ input: floats([3, 1, 0, 0]) }, ['label']);
  expect(await sumsOf('ml.prediction.count', 'int-label', 'ml.prediction.label')).toEqual({ '0': 1 });
  const logits = await load('logits');
  await logits.run({ input: floats([3, 1, 0, 0]) });
  expect(await pointsOf('ml.prediction.confidence', 'logits')).toEqual([]);
  for (const name of ['int-label', 'logits']) expect(await sumsOf('ml.sdk.dropped', name, 'reason')).toEqual({});
});

test('outputs are read as the configuration says: by name, or by readers', async () => {
  watch({
    models: {
      tokens: { output: { logits: 'sentence_embedding' } },
      regression: { output: { label: results => (Number(results['variable']!.data) > 5 ? 'high' : 'low') } },
    },
  });
  await (await load('tokens')).run({ input_ids: integers([9], [1, 1]) });
  expect(await sumsOf('ml.prediction.count', 'tokens', 'ml.prediction.label')).toEqual({ '7': 1 });
  await (await load('regression')).run({ input: floats([1, 2, 3, 4]) });
  expect(await sumsOf('ml.prediction.count', 'regression', 'ml.prediction.label')).toEqual({ high: 1 });
});

test.each([
  ['missing_feed', 'softmax', { other: floats([1]) }, undefined],
  ['shape_mismatch', 'softmax', { input: floats([1, 2, 3, 4, 5]) }, undefined],
  ['shape_mismatch', 'softmax', { input: floats([1, 2, 3, 4], [4]) }, undefined],
  ['type_mismatch', 'softmax', { input: integers([1, 2, 3, 4], [1, 4]) }, undefined],
  ['invalid_output_name', 'softmax', { input: floats([1, 2, 3, 4]) }, ['nope']],
  ['invalid_arguments', 'softmax', { input: floats([1, 2, 3, 4]) }, []],
  ['invalid_feed', 'softmax', undefined, undefined],
  ['invalid_feed', 'softmax', { input: null }, undefined],
  ['node_failed', 'fails', { index: integers([9]) }, undefined],
  ['unsupported_output', 'zipmap', { input: floats([1, 2, 3, 4]) }, undefined],
])('a run that fails with %s rejects as it did, and is counted so', async (type, name, feeds, fetches) => {
  const bare = await load(name);
  const expected = await bare.run(feeds as never, fetches as never).catch((error: unknown) => error);
  expect(expected).toBeInstanceOf(Error);
  const exporter = registerSdk();
  watch();
  const session = await load(name);
  const error = await session.run(feeds as never, fetches as never).catch((thrown: unknown) => thrown);
  expect(error).toEqual(expected);
  expect(await countsOf('ml.inference.duration', name)).toEqual({ [type]: 1 });
  const [span] = spansOf(exporter, `predict ${name}`);
  expect(span!.attributes['error.type']).toBe(type);
  // The message quotes names and values.
  expect(span!.events).toEqual([]);
});

test('a tensor that does not lie in memory is never downloaded, and counts as missing', async () => {
  watch();
  const session = await load('image');
  const download = () => {
    throw new Error('downloaded');
  };
  const elsewhere = [
    ort.Tensor.fromGpuBuffer({} as never, { dataType: 'float32', dims: [1, 3, 8, 8], download } as never),
    ort.Tensor.fromTexture({} as never, { width: 8, height: 8, download } as never),
    ort.Tensor.fromMLTensor({} as never, { dataType: 'float32', dims: [1, 3, 8, 8], download } as never),
  ];
  for (const pixels of elsewhere) {
    await expect(session.run({ pixels })).rejects.not.toThrow('downloaded');
    expect(pixels.location).not.toBe('cpu');
  }
  expect(totals(session)['pixels.mean']).toEqual([0, 3, 0]);
});

test('a result that does not lie in memory is not looked at', async () => {
  const result = ort.Tensor.fromGpuBuffer({} as never, { dataType: 'float32', dims: [1, 3] } as never);
  class InferenceSession {
    static async create() {
      return new InferenceSession();
    }
    readonly inputMetadata = [];
    readonly outputMetadata = [{ name: 'logits', isTensor: true, type: 'float32', shape: ['batch', 3] }];
    async run() {
      return { logits: result };
    }
    async release() {}
  }
  watch().instrument({ InferenceSession });
  const session = await InferenceSession.create();
  expect((await session.run()).logits).toBe(result);
  expect(await countsOf('ml.inference.duration', 'onnx-model')).toEqual({ ok: 1 });
  expect(await sumsOf('ml.sdk.dropped', 'onnx-model', 'reason')).toEqual({});
});

test('a baseline is learned from the first traffic, batches too, and judged by', async () => {
  watch({ learnFrom: 1000 });
  const session = await load('softmax');
  for (let call = 0; call < 1010; call++) {
    await session.run({ input: floats([call % 7, call % 5, call % 3, 0, 1, 1, 1, 1], [2, 4]) });
  }
  await nextTask();
  const { baseline } = monitorOf(session) as { baseline: Baseline | undefined };
  expect(baseline?.features.map(({ name }) => name)).toEqual(['input.0', 'input.1', 'input.2', 'input.3']);
  expect(await sumsOf('ml.sdk.dropped', 'softmax', 'reason')).toEqual({});
});

test('as many bins are exported as the configuration says', async () => {
  watch({ learnFrom: 1000, models: { softmax: { export: { bins: 4 } }, image: { export: { bins: 0 } } } });
  for (const [model, feeds] of [
    ['softmax', (call: number) => ({ input: floats([call, call % 5, call % 3, 0]) })],
    ['image', (call: number) => ({ pixels: floats(new Array(192).fill(call), [1, 3, 8, 8]) })],
  ] as const) {
    const session = await load(model);
    for (let call = 0; call < 1010; call++) await session.run(feeds(call) as never);
  }
  await nextTask();
  const bins = await pointsOf('ml.feature.bins', 'softmax');
  const kinds = bins.filter(({ attributes }) => attributes['ml.feature.name'] === 'input.0');
  expect(kinds.map(({ attributes }) => attributes['ml.bin.kind'])).toEqual([
    ...['range', 'range', 'range', 'range'],
    ...['missing', 'invalid'],
  ]);
  expect(await pointsOf('ml.feature.bins', 'image')).toEqual([]);
  expect(await pointsOf('ml.drift.status', 'image')).not.toEqual([]);
});

test('learnFrom: false learns nothing', async () => {
  watch({ learnFrom: false });
  const session = await load('softmax');
  expect(monitorOf(session).report().drift.learning).toBeUndefined();
});

test.each<[string, OnnxruntimeConfig]>([
  ['a baseline of another model', { models: { softmax: { baseline: { schema: 'x' } as never } } }],
  ['columns that are too few', { models: { softmax: { columns: { input: ['a'] } } } }],
  ['a window of no length', { drift: { window: 'never' as never } }],
])('%s is told, and the model is watched without it', async (_, config) => {
  const errors: string[] = [];
  const logger = { error: (text: string) => errors.push(text), warn() {}, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  watch(config);
  const session = await load('softmax');
  await session.run({ input: floats([1, 2, 3, 4]) });
  expect(errors).toEqual(['driftspan: onnxruntime: softmax is watched without its configuration']);
  expect(await countsOf('ml.inference.duration', 'softmax')).toEqual({ ok: 1 });
  expect(totals(session)).toEqual({});
});
