import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ByteSource, bufferSource, FileSource } from '../../src/onnx/byte-source.js';
import { readGraph, readModel } from '../../src/onnx/model-proto.js';
import { MODELS, modelPath, ort } from '../models.js';

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(modelPath(name)));

test('metadata and version are what the script wrote', () => {
  const { version, metadata } = readModel(bufferSource(bytesOf('named')));
  expect(version).toBe(3);
  expect([...metadata]).toEqual([
    ['name', 'iris-classifier'],
    ['version', '2024.7'],
    ['author', 'tests'],
  ]);
  expect(readModel(bufferSource(bytesOf('softmax')))).toMatchObject({ version: 0, metadata: new Map() });
});

test.each(MODELS)('%s: inputs and outputs of the graph are those that the runtime tells', async name => {
  const source = bufferSource(bytesOf(name));
  const { graph } = readModel(source);
  const { inputs, outputs, name: graphName } = readGraph(source, graph!);
  const session = await ort.InferenceSession.create(modelPath(name));
  expect(inputs).toEqual(session.inputMetadata);
  expect(outputs).toEqual(session.outputMetadata);
  expect(graphName).toBe('main_graph');
  await session.release();
});

test.each(MODELS)('%s: a file and its bytes read alike', name => {
  using file = new FileSource(modelPath(name));
  const bytes = bufferSource(bytesOf(name));
  expect(readModel(file)).toEqual(readModel(bytes));
  expect(readGraph(file, readModel(file).graph!)).toEqual(readGraph(bytes, readModel(bytes).graph!));
});

test('weights are stepped over: 1 GiB of them is never asked for', () => {
  const before = bytesOf('named');
  const { graph } = readModel(bufferSource(before));
  // The graph is one field; a larger one has a longer length before it.
  const head = before.subarray(0, before.indexOf(58));
  const tail = before.subarray(graph!.start + graph!.length);
  const weights = 2 ** 30;
  const length = [58, ...varint(weights)];
  const reads: number[] = [];
  const source: ByteSource = {
    size: head.length + length.length + weights + tail.length,
    read(at, count) {
      reads.push(at);
      const graphEnds = head.length + length.length + weights;
      const bytes =
        at >= graphEnds ? tail.subarray(at - graphEnds) : Uint8Array.from([...head, ...length]).subarray(at);
      return bytes.subarray(0, count);
    },
  };
  expect(before[graph!.start - 1 - varint(graph!.length).length]).toBe(58);
  expect(readModel(source).metadata.get('name')).toBe('iris-classifier');
  expect(reads.filter(at => at > head.length && at < weights)).toEqual([]);
});

test('a name that is too long is no name', () => {
  const long = new Uint8Array(2000).fill(97);
  const entry = [10, 4, ...new TextEncoder().encode('name'), 18, ...varint(long.length), ...long];
  const bytes = Uint8Array.from([114, ...varint(entry.length), ...entry]);
  expect(readModel(bufferSource(bytes)).metadata.size).toBe(0);
});

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}
