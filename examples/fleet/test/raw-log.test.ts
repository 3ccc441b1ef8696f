import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RawLog, readRawLog } from '../src/raw-log.js';

function pathForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'driftspan-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'rows');
}

test('rows and times come back in order', () => {
  const path = pathForTest();
  const log = new RawLog(path);
  log.write(3, 1_700_000_000_000.25);
  log.write(2 ** 32 - 1, 1_700_000_000_000.5);
  log.write(0, 1_700_000_000_001);
  // Before it is closed: a killed process never closes it.
  const { rows, timesMs } = readRawLog(path);
  log.close();
  expect([...rows]).toEqual([3, 2 ** 32 - 1, 0]);
  expect([...timesMs]).toEqual([1_700_000_000_000.25, 1_700_000_000_000.5, 1_700_000_000_001]);
});

test('a record that was cut off is left out', () => {
  const path = pathForTest();
  const log = new RawLog(path);
  log.write(7, 1);
  log.close();
  appendFileSync(path, Buffer.alloc(11));
  expect([...readRawLog(path).rows]).toEqual([7]);
});
