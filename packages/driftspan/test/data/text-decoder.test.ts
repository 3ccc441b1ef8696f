import { type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { TextVectorDecoder } from '../../src/data/text-decoder.js';
import { doublesOf } from '../../src/data/vector-memory.js';

async function chunkOf(sql: string): Promise<DuckDBDataChunk> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const chunk = await (await connection.stream(sql)).fetchChunk();
  return chunk!;
}

const WORDS = "CASE WHEN i % 5 > 0 THEN repeat('é', i // 100) || (i % 40) END";
const expected = Array.from({ length: 2000 }, (_, i) =>
  i % 5 > 0 ? 'é'.repeat(Math.floor(i / 100)) + (i % 40) : undefined,
);

test('texts are decoded with hashes, without, and of a part of a vector, whose memory is not looked at', async () => {
  const chunk = await chunkOf(`SELECT ${WORDS} AS w, coalesce(hash(w), 0) FROM range(2000) r(i)`);
  const [words, hashes] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
  const decoder = new TextVectorDecoder();
  for (const hashed of [hashes, undefined, hashes]) {
    const out: unknown[] = [];
    decoder.decode(words, hashed, out);
    expect(out).toEqual(expected);
  }
  const out: unknown[] = [];
  decoder.decode(words.slice(1000, 500), undefined, out);
  expect(out).toEqual(expected.slice(1000, 1500));
});

test('an empty text is one, before and after others', async () => {
  const chunk = await chunkOf("SELECT unnest(['', NULL, 'a', ''])");
  const out: unknown[] = [];
  new TextVectorDecoder().decode(chunk.getColumnVector(0), undefined, out);
  expect(out).toEqual(['', undefined, 'a', '']);
});

test('numbers are a view of the vector, or read one by one from one of another type', async () => {
  const chunk = await chunkOf('SELECT i::DOUBLE, i::INTEGER FROM range(5) r(i)');
  expect([...doublesOf(chunk.getColumnVector(0))]).toEqual([0, 1, 2, 3, 4]);
  expect([...doublesOf(chunk.getColumnVector(1))]).toEqual([0, 1, 2, 3, 4]);
});
