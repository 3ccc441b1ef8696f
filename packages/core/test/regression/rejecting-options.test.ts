import { expect, test } from 'vitest';
import { createMonitor } from '../../src/index.js';
import { unhandledDuring } from '../wrap/unhandled.js';

const rejected = (): never => Promise.reject(new Error('canary')) as never;

test.each([
  ['clock', { clock: rejected }, 'clock_invalid'],
  ['errorType', { errorType: rejected }, undefined],
  ['output.rows', { output: { rows: rejected } }, 'output_reader'],
])('%s that gives a rejecting promise ends no process', async (_name, options, reason) => {
  let dropped: object = {};
  const unhandled = await unhandledDuring(() => {
    const handle = createMonitor<number, number>({ model: { name: 'rejecting options', version: '1' }, ...options });
    handle.start(1).end(2);
    handle.start(1).fail(new TypeError('canary'));
    const report = handle.report();
    dropped = report.dropped;
    expect(report.calls).toMatchObject({ succeeded: 1, failed: 1, errors: { TypeError: 1 } });
    handle.dispose();
  });
  expect(unhandled).toEqual([]);
  if (reason !== undefined) expect(dropped).toHaveProperty(reason);
});
