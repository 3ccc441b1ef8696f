import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Artifact, artifactOf, bytesState } from '../src/artifact.js';
import { hashArtifact } from '../src/hashing.js';

const folder = mkdtempSync(join(tmpdir(), 'driftspan-hashing-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Three pieces and a bit. */
const bytes = Uint8Array.from({ length: 3 * 2 ** 20 + 5 }, (_, i) => (i * 31) % 251);
const expected = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const hash = (...args: unknown[]): Promise<string | undefined> => hashArtifact(artifactOf(args) as Artifact);

test('a file and bytes have the hash of their bytes', async () => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, bytes);
  expect(await hash(path)).toBe(expected);
  expect(await hash(bytes)).toBe(expected);
  const held = new Uint8Array(bytes.length + 9);
  held.set(bytes, 4);
  expect(await hash(held.buffer, 4, bytes.length)).toBe(expected);
});

test('the event loop turns between pieces', async () => {
  let turns = 0;
  let done = false;
  const turn = (): void => {
    turns++;
    if (!done) setImmediate(turn);
  };
  turn();
  await hash(bytes);
  done = true;
  expect(turns).toBeGreaterThanOrEqual(4);
});

test('bytes that changed or were given away meanwhile have no hash', async () => {
  const changed = bytes.slice();
  const changing = hash(changed);
  changed.fill(1);
  expect(await changing).toBeUndefined();
  const given = bytes.slice();
  const hashing = hash(given);
  structuredClone(given.buffer, { transfer: [given.buffer] });
  expect(await hashing).toBeUndefined();
});

test('a file that is gone has no hash, and the next one has', async () => {
  const gone = hash(join(folder, 'none.onnx'));
  const next = hash(bytes);
  expect([await gone, await next]).toEqual([undefined, expected]);
});

test('what the runtime will refuse is no artifact', () => {
  for (const args of [[], [5], [{}], [new ArrayBuffer(4), 9], [new ArrayBuffer(4), 0, 9]]) {
    expect(artifactOf(args)).toBeUndefined();
  }
});

test('equal bytes have one state, others another', () => {
  const other = bytes.slice();
  expect(bytesState(other)).toBe(bytesState(bytes));
  other[0] = 77;
  expect(bytesState(other)).not.toBe(bytesState(bytes));
  expect(bytesState(bytes.subarray(1))).not.toBe(bytesState(bytes));
});
