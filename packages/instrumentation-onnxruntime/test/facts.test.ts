import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';
import { monitorFor } from '../src/index.js';
import { floats, modelPath, ort } from './models.js';
import { load, monitorOf, nextTask, pointsOf, registerSdk, spansOf, watch } from './watching.js';

const feeds = { input: floats([1, 2, 3, 4]) };
const folder = mkdtempSync(join(tmpdir(), 'canary-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The attributes of `ml.model.info`, once they hold the hash. */
async function infoWithHash(model: string): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 5000; tries++) {
    const [point] = await pointsOf('ml.model.info', model);
    if (point?.attributes['artifact.hash'] !== undefined) return point.attributes;
    await sleep(2);
  }
  throw new Error('no hash came');
}

test('what the file and the session tell describes the model', async () => {
  watch();
  await load('softmax');
  expect(await infoWithHash('softmax')).toEqual({
    'ml.model.name': 'softmax',
    'ml.model.version': 'unknown',
    'ml.operation.name': 'predict',
    'ml.runtime.name': 'onnxruntime',
    'ml.runtime.version': '1.30.0',
    'ml.execution_provider': 'cpu',
    'ml.model.inputs': ['input float32[batch,4]'],
    'ml.model.outputs': ['probabilities float32[batch,3]'],
    'ml.model.load.duration': expect.any(Number),
    'artifact.filename': 'softmax.onnx',
    'artifact.hash': sha256(readFileSync(modelPath('softmax'))),
  });
});

test('a model of bytes is hashed too, whichever way they are handed over', async () => {
  watch();
  const bytes = new Uint8Array(readFileSync(modelPath('named')));
  const held = new Uint8Array(bytes.length + 20);
  held.set(bytes, 7);
  const sessions = [
    await ort.InferenceSession.create(bytes),
    await ort.InferenceSession.create(held.buffer, 7, bytes.length),
    await ort.InferenceSession.create(held.subarray(7, 7 + bytes.length), { executionProviders: [{ name: 'cpu' }] }),
  ];
  const info = await infoWithHash('iris-classifier');
  expect(info).toMatchObject({ 'artifact.hash': sha256(bytes), 'ml.execution_provider': 'cpu' });
  expect(info).not.toHaveProperty(['artifact.filename']);
  expect(new Set(sessions.map(monitorFor)).size).toBe(1);
});

test.each([
  ['softmax', {}, { name: 'softmax', version: 'unknown' }],
  ['versioned', {}, { name: 'versioned', version: '12' }],
  ['named', {}, { name: 'iris-classifier', version: '2024.7' }],
  ['named', { name: 'mine', version: '7' }, { name: 'mine', version: '7' }],
])('%s with %o is called so', async (name, own, expected) => {
  for (const key of [name, `${name}.onnx`]) {
    const instrumentation = watch({ models: { [key]: own } });
    const session = await load(name);
    expect(monitorOf(session).report().model).toEqual(expected);
    instrumentation.disable();
  }
});

test('a configuration is also found by the name in the metadata', async () => {
  watch({ models: { 'iris-classifier': { transforms: '4' } } });
  expect(monitorOf(await load('named')).report().model.transforms).toBe('4');
});

test('bytes without metadata are called as their graph is', async () => {
  watch();
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(modelPath('softmax'))));
  expect(monitorOf(session).report().model.name).toBe('main_graph');
});

test('sessions of one file share a monitor until the last is released; another state of the file has its own', async () => {
  watch();
  const path = join(folder, 'changing.onnx');
  copyFileSync(modelPath('softmax'), path);
  const create = () => ort.InferenceSession.create(path);
  const [first, second] = [await create(), await create()];
  expect(monitorFor(first)).toBe(monitorFor(second));
  copyFileSync(modelPath('logits'), path);
  const third = await create();
  expect(monitorFor(third)).not.toBe(monitorFor(first));
  const monitor = monitorOf(first);
  await first.release();
  await nextTask();
  await second.run(feeds);
  expect(monitorFor(first)).toBeUndefined();
  expect(monitor.report().features[0]!.totals.valued).toBe(1);
});

test('a file that changed while it was hashed has no hash', async () => {
  watch();
  const path = join(folder, 'swapped.onnx');
  copyFileSync(modelPath('softmax'), path);
  const session = await ort.InferenceSession.create(path);
  writeFileSync(path, 'something else');
  await load('logits');
  // Models are hashed one after the other.
  await infoWithHash('logits');
  const [point] = await pointsOf('ml.model.info', 'swapped');
  expect(point!.attributes).toMatchObject({ 'artifact.filename': 'swapped.onnx' });
  expect(point!.attributes).not.toHaveProperty(['artifact.hash']);
  await session.release();
});

test('hash: false leaves the bytes alone', async () => {
  watch({ models: { softmax: { hash: false } } });
  await load('softmax');
  await load('logits');
  await infoWithHash('logits');
  expect((await pointsOf('ml.model.info', 'softmax'))[0]!.attributes).not.toHaveProperty(['artifact.hash']);
});

test('loading is a span below the one it was asked in', async () => {
  const exporter = registerSdk();
  watch();
  const parent = trace.getTracer('test').startSpan('parent');
  await context.with(trace.setSpan(context.active(), parent), () => load('named'));
  const [span, ...more] = spansOf(exporter, 'load iris-classifier');
  expect(more).toEqual([]);
  expect(span!.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  expect(span!.attributes).toEqual({
    'ml.operation.name': 'load',
    'ml.model.name': 'iris-classifier',
    'ml.model.version': '2024.7',
    'ml.runtime.name': 'onnxruntime',
    'ml.runtime.version': '1.30.0',
    'ml.execution_provider': 'cpu',
    'artifact.filename': 'named.onnx',
  });
  expect(span!.status.code).toBe(SpanStatusCode.UNSET);
});

test.each([
  ['file_not_found', () => ort.InferenceSession.create(join(folder, 'missing.onnx'))],
  ['invalid_model', () => ort.InferenceSession.create(new Uint8Array(100))],
  ['invalid_model', () => ort.InferenceSession.create(new URL(import.meta.url).pathname)],
  ['unsupported_provider', () => load('softmax', { executionProviders: ['nope'] })],
  ['invalid_arguments', () => ort.InferenceSession.create(5 as never)],
])('a load that fails rejects as it did, and its span says %s', async (type, create) => {
  const bare = await create().catch((error: unknown) => error);
  const exporter = registerSdk();
  watch();
  const error = await create().catch((thrown: unknown) => thrown);
  expect(error).toEqual(bare);
  const spans = exporter.getFinishedSpans();
  expect(spans).toHaveLength(1);
  expect(spans[0]!.attributes['error.type']).toBe(type);
  expect(spans[0]!.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(JSON.stringify(spans[0]!.attributes)).not.toContain(folder);
});

test('a rejection of create is the very error, and unhandled where nobody handles it', async () => {
  class InferenceSession {
    static error = new Error('mine');
    static async create(): Promise<unknown> {
      throw InferenceSession.error;
    }
    async run() {}
    async release() {}
  }
  watch().instrument({ InferenceSession });
  await expect(InferenceSession.create()).rejects.toBe(InferenceSession.error);
});

test('no folder is in anything that describes a model', async () => {
  const exporter = registerSdk();
  watch();
  const path = join(folder, 'plain.onnx');
  copyFileSync(modelPath('softmax'), path);
  const session = await ort.InferenceSession.create(path);
  await session.run(feeds);
  const told = JSON.stringify([
    await infoWithHash('plain'),
    exporter.getFinishedSpans().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    monitorOf(session).report(),
  ]);
  expect(told).toContain('plain.onnx');
  expect(told).not.toContain('canary');
});
