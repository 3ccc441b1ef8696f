import { UsageError } from '@driftspan/example-flight-delays/arguments';
import { expect, test } from 'vitest';
import { readArguments } from '../src/arguments.js';

test('July in its order, over the Collector, until somebody stops it', () => {
  expect(readArguments([])).toEqual({
    help: false,
    json: false,
    direct: false,
    replicasOnly: false,
    month: 7,
    shuffled: false,
    flightsPerSecond: 800,
    forMs: undefined,
  });
});

test('shuffled January is January, whatever the default month', () => {
  expect(readArguments(['--shuffled-january'])).toMatchObject({ month: 1, shuffled: true });
});

test.each([
  ['90s', 90_000],
  ['5m', 300_000],
])('--for %s is %i ms', (text, ms) => {
  expect(readArguments(['--for', text]).forMs).toBe(ms);
});

test.each([
  [['--month', '13']],
  [['--month', '1.5']],
  [['--rate', '0']],
  [['--rate', '1e9']],
  [['--for', '90']],
  [['--for', '0s']],
  [['--json']],
  [['--json', '--for', '9s', '--replicas-only']],
  [['--shuffled-january', '--month', '7']],
  [['--mnth', '7']],
  [['July']],
])('%j is refused', args => {
  expect(() => readArguments(args)).toThrow(UsageError);
});
