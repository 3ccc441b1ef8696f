import { expect, test } from 'vitest';
import * as node from '../src/index.js';

test('what is public is this and nothing else', () => {
  expect(Object.keys(node).sort()).toEqual([
    'FileError',
    'NodeError',
    'defineConfig',
    'loadBaseline',
    'saveBaseline',
    'start',
    'startMetrics',
  ]);
});

test('an error says where, what was met, what was expected, and its code', () => {
  const cause = new Error('why');
  const error = new node.NodeError('ERR_START_OPTION', 'serviceName', '""', 'a name', cause);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'NodeError',
    code: 'ERR_START_OPTION',
    message: 'serviceName: met "", expected a name (ERR_START_OPTION)',
    cause,
  });
  expect(new node.NodeError('ERR_START_OPTION', 'w', 'm', 'e')).not.toHaveProperty('cause');
});
