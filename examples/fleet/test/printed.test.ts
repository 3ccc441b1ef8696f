import { expect, test } from 'vitest';
import { readArguments } from '../src/arguments.js';
import { introductionLines, liveLine, queryLines, startedLines, targetLines } from '../src/printed.js';
import type { FleetStatus } from '../src/status.js';

const STATUS: FleetStatus = {
  replicas: 8,
  n: 47_600,
  level: 3,
  features: [{ name: 'temp', n: 47_500, psi: 10.214, psiAtLeast: 9.871, ks: 0.98, level: 3 }],
  firing: ['MlDriftCritical'],
};

test('the live line names the worst feature, the bound and the alerts', () => {
  expect(liveLine(48_211, STATUS)).toBe(
    '8 replicas  48,211 flights  in 1m: 47,600, temp 10.21 from January (at least 9.87), critical  alerts: MlDriftCritical',
  );
});

test('before Prometheus knows anything the live line says so', () => {
  const empty: FleetStatus = { replicas: 0, n: 0, level: Number.NaN, features: [], firing: [] };
  expect(liveLine(12, empty)).toBe('0 replicas  12 flights  in 1m: 0, no distance yet  alerts: none');
});

test('nothing is claimed of a feature without a bound', () => {
  const [temp] = STATUS.features;
  const line = liveLine(1, { ...STATUS, level: 0, firing: [], features: [{ ...temp!, psiAtLeast: Number.NaN }] });
  expect(line).toContain('temp 10.21 from January, ok');
});

test('a query without an answer says so', () => {
  const lines = queryLines('http://localhost:9090', [{ tells: 'alerts', promql: 'ALERTS', answer: [] }]);
  expect(lines.join('\n')).toMatch(/ALERTS\n +alerts\n +nothing/);
});

test('the introduction says what runs: month, way and rules', () => {
  const text = (...args: string[]) => introductionLines(readArguments(args)).join('\n');
  expect(text()).toMatch(/July's, in their order.*Collector.*tiles of 5s/s);
  expect(text('--shuffled-january', '--direct')).toMatch(/January's, drawn at random.*Prometheus scrapes each/s);
  expect(text('--replicas-only')).toMatch(/A Prometheus of yours/);
  expect(text('--replicas-only')).not.toMatch(/tiles/);
});

test('addresses of the Collector, or of the replicas where there is none', () => {
  const prometheus = { url: 'http://127.0.0.1:1', version: '3.0.0' };
  const collector = { otlpUrl: 'http://127.0.0.1:2', prometheusUrl: 'http://127.0.0.1:3/metrics' };
  expect(startedLines({ prometheus, collector, targets: [] }).join('\n')).toMatch(/:2,.*:3\/metrics/);
  const targets = ['127.0.0.1:4', '127.0.0.1:5'];
  expect(startedLines({ prometheus, collector: undefined, targets }).join('\n')).toContain(':4/metrics, http');
  expect(targetLines(targets).join('\n')).toContain('targets: [127.0.0.1:4, 127.0.0.1:5]');
});
