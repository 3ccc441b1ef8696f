import { afterEach, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';
import { collected } from '../record/collected.js';
import { onlySpan, registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { unhandledDuring } from '../wrap/unhandled.js';

afterEach(unregisterSdk);
const model = { name: 'reduce', version: '1' };

interface Answer {
  readonly text: string;
  readonly confidence: number;
}
interface Token {
  readonly token: string;
  readonly p: number;
}
const TOKENS: readonly Token[] = [
  { token: 'la', p: 0.9 },
  { token: 'te', p: 0.5 },
];
async function* tokens(count: number): AsyncGenerator<Token> {
  for (let i = 0; i < count; i++) yield TOKENS[i % TOKENS.length]!;
}

const join = (soFar: Answer | undefined, { token, p }: Token): Answer => ({
  text: (soFar?.text ?? '') + token,
  confidence: Math.min(soFar?.confidence ?? 1, p),
});

const watch = (fn: (count: number) => AsyncIterable<Token>) =>
  monitor(fn, {
    model,
    reduce: join,
    output: { label: answer => answer.text, confidence: answer => answer.confidence },
  });

async function read<T>(stream: AsyncIterable<T>, most = Number.POSITIVE_INFINITY): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    if (chunks.length === most) break;
  }
  return chunks;
}

test('the readers see what was made of all chunks, which come through by identity', async () => {
  const exporter = registerSdk();
  const predict = watch(tokens);
  const chunks = await read(predict(2));
  expect(chunks[0]).toBe(TOKENS[0]);
  expect(chunks[1]).toBe(TOKENS[1]);
  expect(predict.monitor.report().predictions).toEqual({ late: 1 });
  expect(onlySpan(exporter).attributes).toMatchObject({
    'ml.prediction.label': 'late',
    'ml.prediction.confidence': 0.5,
  });
});

test('a stream that is left early has what was made so far', async () => {
  const predict = watch(tokens);
  await read(predict(2), 1);
  expect(predict.monitor.report().predictions).toEqual({ la: 1 });
});

test('a stream without a chunk is a prediction without a label', async () => {
  const predict = watch(tokens);
  await read(predict(0));
  expect(predict.monitor.report()).toMatchObject({ predictions: { '': 1 }, dropped: {} });
});

test('it is given each chunk with its place, of any kind of stream', async () => {
  const places: [string, number][] = [];
  const predict = monitor(async () => ReadableStream.from(['a', 'b']) as ReadableStream<string>, {
    model,
    reduce: (soFar: number | undefined, chunk, index) => {
      places.push([chunk, index]);
      return (soFar ?? 0) + 1;
    },
    output: { value: count => count },
  });
  await read(await predict());
  expect(places).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
});

test('a result that is no stream is read as it is', () => {
  const predict = monitor((text: string): string | AsyncIterable<string> => text, {
    model,
    reduce: (soFar: string | undefined, chunk) => (soFar ?? '') + chunk,
    output: { label: text => text },
  });
  predict('whole');
  expect(predict.monitor.report().predictions).toEqual({ whole: 1 });
});

test('one that throws reads nothing, is counted once a stream, and no chunk is lost', async () => {
  const predict = monitor(tokens, {
    model,
    reduce: (_soFar: string | undefined, _chunk, index): string => {
      if (index === 1) throw new Error('no');
      return 'half';
    },
    output: { label: text => text },
  });
  expect(await read(predict(4))).toHaveLength(4);
  expect(predict.monitor.report()).toMatchObject({ predictions: { '': 1 }, dropped: { output_reader: 1 } });
});

test('one that gives a promise reads nothing and delays nothing, and its rejection is not raised', async () => {
  const predict = monitor(tokens, {
    model,
    reduce: async (): Promise<string> => {
      throw new Error('no');
    },
    output: { label: () => 'read' },
  });
  expect(await unhandledDuring(() => read(predict(3)))).toEqual([]);
  expect(predict.monitor.report()).toMatchObject({ predictions: { '': 1 }, dropped: { output_reader: 1 } });
});

test('the chunks and the time to the first are histograms, which appear with the first stream', async () => {
  const own = { name: 'reduce-metrics', version: '1' };
  const predict = monitor(tokens, { model: own });
  expect(await collected(own.name, 'ml.inference.chunks')).toEqual([]);
  for (const count of [0, 1, 3]) await read(predict(count));
  const [chunks] = await collected(own.name, 'ml.inference.chunks');
  const [first] = await collected(own.name, 'ml.inference.first_chunk.duration');
  expect(chunks!.value).toMatchObject({ count: 3, sum: 4 });
  expect(first!.value).toMatchObject({ count: 2 });
});
