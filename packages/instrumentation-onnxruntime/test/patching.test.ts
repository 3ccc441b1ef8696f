import { createRequire } from 'node:module';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import * as imported from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { monitorFor, OnnxruntimeInstrumentation } from '../src/index.js';
import { floats, modelPath, ort } from './models.js';
import { load, monitorOf, watch } from './watching.js';

const CLASS = ort.InferenceSession as unknown as { prototype: object };
const METHODS = [
  [CLASS, 'create'],
  [CLASS.prototype, 'run'],
  [CLASS.prototype, 'release'],
] as const;
const descriptors = () => METHODS.map(([holder, key]) => Object.getOwnPropertyDescriptor(holder, key)!);
const feeds = { input: floats([1, 2, 3, 4]) };

test('disable puts back the very functions, with their descriptors and in their order', () => {
  const before = descriptors();
  const keys = METHODS.map(([holder]) => Reflect.ownKeys(holder));
  const instrumentation = watch();
  expect(descriptors().map(({ value }) => value)).not.toContain(before[0]!.value);
  instrumentation.disable();
  const after = descriptors();
  expect(after).toEqual(before);
  after.forEach((descriptor, i) => {
    expect(descriptor.value).toBe(before[i]!.value);
  });
  expect(METHODS.map(([holder]) => Reflect.ownKeys(holder))).toEqual(keys);
});

test('our functions have the names, lengths and flags of theirs', () => {
  const before = descriptors();
  watch();
  descriptors().forEach((ours, i) => {
    const { value, ...flags } = before[i]!;
    expect(ours).toMatchObject(flags);
    expect([ours.value.name, ours.value.length]).toEqual([value.name, value.length]);
  });
});

test('enabling twice patches once', () => {
  const before = descriptors();
  const instrumentation = watch();
  const patched = descriptors().map(({ value }) => value);
  instrumentation.enable();
  expect(descriptors().map(({ value }) => value)).toEqual(patched);
  instrumentation.disable();
  expect(descriptors().map(({ value }) => value)).toEqual(before.map(({ value }) => value));
});

test('two instrumentations do not stack: the first one stands, and says so', () => {
  const warnings: string[] = [];
  const logger = { warn: (text: string) => warnings.push(text), error() {}, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  watch();
  const patched = descriptors().map(({ value }) => value);
  const second = watch();
  expect(descriptors().map(({ value }) => value)).toEqual(patched);
  expect(warnings).toEqual([
    'driftspan: onnxruntime is watched by another instrumentation, whose configuration stands',
  ]);
  second.disable();
  expect(descriptors().map(({ value }) => value)).toEqual(patched);
});

test('what another has patched over ours stays, and ours goes straight through', async () => {
  const [, run] = descriptors();
  const instrumentation = watch();
  const ours = Object.getOwnPropertyDescriptor(CLASS.prototype, 'run')!;
  let calls = 0;
  const theirs = function (this: unknown, ...args: unknown[]): unknown {
    calls++;
    return Reflect.apply(ours.value, this, args);
  };
  Object.defineProperty(CLASS.prototype, 'run', { ...ours, value: theirs });
  try {
    instrumentation.disable();
    const session = await load('softmax');
    await session.run(feeds);
    expect(calls).toBe(1);
    expect(monitorFor(session)).toBeUndefined();
  } finally {
    Object.defineProperty(CLASS.prototype, 'run', run!);
  }
});

test('registerInstrumentations takes it, enables it once and disables it', async () => {
  const before = descriptors().map(({ value }) => value);
  const instrumentation = watch({ enabled: false });
  expect(descriptors().map(({ value }) => value)).toEqual(before);
  const unload = registerInstrumentations({ instrumentations: [instrumentation] });
  const session = await load('softmax');
  await session.run(feeds);
  expect(monitorOf(session).report().model.name).toBe('softmax');
  unload();
  expect(descriptors().map(({ value }) => value)).toEqual(before);
  await session.release();
});

test('importers before and after, through require and import, hold the same class', async () => {
  watch();
  const later = (await import('onnxruntime-node')) as typeof ort;
  const required = createRequire(import.meta.url)('onnxruntime-node') as typeof ort;
  for (const module of [imported as unknown as typeof ort, later, required]) {
    const session = await module.InferenceSession.create(modelPath('softmax'));
    await session.run(feeds);
    expect(monitorOf(session).report().model.name).toBe('softmax');
    await session.release();
  }
});

test('the class of onnxruntime-web is another one, and stays as it is', async () => {
  const web = (await import('onnxruntime-web')) as unknown as { InferenceSession: typeof CLASS };
  expect(web.InferenceSession).not.toBe(CLASS);
  const descriptors = () =>
    [web.InferenceSession, web.InferenceSession.prototype].map(Object.getOwnPropertyDescriptors);
  const before = descriptors();
  watch();
  expect(descriptors()).toEqual(before);
});

test("the class of onnxruntime-common's ES module is another one, and stays as it is", async () => {
  const common = (await import('onnxruntime-common')) as unknown as { InferenceSession: typeof CLASS };
  expect(common.InferenceSession).not.toBe(CLASS);
  const before = Object.getOwnPropertyDescriptors(common.InferenceSession);
  watch();
  expect(Object.getOwnPropertyDescriptors(common.InferenceSession)).toEqual(before);
});

test('a session made before is watched from its first run on, and bare again after disable', async () => {
  const session = await load('softmax');
  const instrumentation = watch();
  expect(monitorFor(session)).toBeUndefined();
  await session.run(feeds);
  const monitor = monitorOf(session);
  expect(monitor.report().model).toEqual({ name: 'onnx-model', version: 'unknown' });
  expect(monitor.report().features.map(({ totals }) => totals.valued)).toEqual([1, 1, 1, 1]);
  instrumentation.disable();
  await session.run(feeds);
  expect(monitor.report().features[0]!.totals.valued).toBe(1);
});

test('a session goes on under its name when watching is taken up again', async () => {
  const instrumentation = watch();
  const session = await load('named');
  await session.run(feeds);
  instrumentation.disable();
  await session.run(feeds);
  instrumentation.enable();
  await session.run(feeds);
  expect(monitorOf(session).report()).toMatchObject({
    model: { name: 'iris-classifier', version: '2024.7' },
    features: [{ totals: { valued: 1 } }, {}, {}, {}],
  });
});

test('a further copy is watched when it is handed over', async () => {
  class InferenceSession {
    static async create() {
      return new InferenceSession();
    }
    readonly inputNames = ['x'];
    readonly outputNames = ['y'];
    async run() {
      return {};
    }
    async release() {}
  }
  const copy = { InferenceSession };
  const instrumentation = watch();
  expect(instrumentation.instrument(copy)).toBe(copy);
  const session = await InferenceSession.create();
  await session.run();
  expect(monitorOf(session).report().model.name).toBe('onnx-model');
  instrumentation.disable();
  expect(Object.getOwnPropertyDescriptor(InferenceSession.prototype, 'run')!.value.name).toBe('run');
  // It is taken up again with the others.
  instrumentation.enable();
  const second = await InferenceSession.create();
  expect(monitorFor(second)).toBeDefined();
  expect(() => instrumentation.instrument({})).toThrow(expect.objectContaining({ code: 'ERR_ONNXRUNTIME_MODULE' }));
});

test('a class that holds its methods fast is left alone', () => {
  class InferenceSession {
    static async create() {}
    async run() {}
    async release() {}
  }
  Object.freeze(InferenceSession.prototype);
  const before = InferenceSession.create;
  watch().instrument({ InferenceSession });
  expect(InferenceSession.create).toBe(before);
});

test('DRIFTSPAN_DISABLED leaves everything as it is', () => {
  const before = descriptors().map(({ value }) => value);
  process.env['DRIFTSPAN_DISABLED'] = '1';
  try {
    watch();
    expect(descriptors().map(({ value }) => value)).toEqual(before);
  } finally {
    delete process.env['DRIFTSPAN_DISABLED'];
  }
});

test('it says what it is, and what it was configured with', () => {
  const instrumentation = new OnnxruntimeInstrumentation({ enabled: false, learnFrom: 2000 });
  expect(instrumentation).toMatchObject({
    instrumentationName: '@driftspan/instrumentation-onnxruntime',
    instrumentationVersion: '0.1.0',
  });
  expect(instrumentation.getConfig()).toEqual({ enabled: false, learnFrom: 2000 });
  instrumentation.setConfig({ hash: false });
  expect(instrumentation.getConfig()).toEqual({ enabled: true, hash: false });
});
