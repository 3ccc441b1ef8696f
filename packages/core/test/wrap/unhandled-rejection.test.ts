import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { createMonitor, monitor } from '../../src/index.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { unhandledDuring } from './unhandled.js';

const FIXTURE = fileURLToPath(new URL('./rejections.fixture.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

function runFixture(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '-C', '@driftspan/source', FIXTURE, ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

afterEach(unregisterSdk);

describe('in a process of its own', () => {
  test.each(['bare', 'sdk'])('a rejection that nobody handles ends the process (%s)', sdk => {
    const { status, stderr } = runFixture('fatal', sdk);
    expect(status).toBe(1);
    expect(stderr).toContain('RangeError: no');
  });

  test.each([
    ['unhandled', [true]],
    ['chained', [true]],
    ['run-unhandled', [true]],
    ['caught', []],
    ['awaited', []],
    ['run-caught', []],
  ])('%s: unhandledRejection was raised with the very reason as often as without a monitor', (what, raised) => {
    const { status, stdout, stderr } = runFixture(what, 'sdk');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(raised);
  });
});

const model = { name: 'unhandled', version: '1' };
const reason = new RangeError('no');
const reject = async () => {
  throw reason;
};

test.each([undefined, registerSdk])('a rejection that nobody handles is raised once', async register => {
  register?.();
  const predict = monitor(reject, { model });
  expect(await unhandledDuring(() => void predict())).toEqual([reason]);
});

test('a rejection that is handled a tick later is raised never', async () => {
  const predict = monitor(reject, { model });
  expect(
    await unhandledDuring(() => {
      const promise = predict();
      queueMicrotask(() => promise.catch(() => {}));
    }),
  ).toEqual([]);
});

test('a throw in the handler of the caller is raised as the caller made it', async () => {
  const own = new Error('own');
  const predict = monitor(async () => 1, { model });
  const raised = await unhandledDuring(
    () =>
      void predict().then(() => {
        throw own;
      }),
  );
  expect(raised).toEqual([own]);
});

test('a rejected promise subclass that somebody handles is raised never', async () => {
  class Query<T> extends Promise<T> {}
  const predict = monitor(() => Query.reject(reason), { model });
  expect(await unhandledDuring(() => predict().catch(() => {}))).toEqual([]);
});

test('a manual call that is failed by hand after its run rejected raises nothing of its own', async () => {
  const watch = createMonitor({ model });
  const raised = await unhandledDuring(async () => {
    const call = watch.start(1);
    await call.run(reject).catch(error => call.fail(error));
  });
  expect(raised).toEqual([]);
  expect(watch.report().calls).toMatchObject({ failed: 1, active: 0 });
});
