import { expect, test } from 'vitest';
import type { FeatureFacts, MonthFacts } from '../src/facts.js';
import { headerLines, monthLine, WIDTH } from '../src/table.js';

const feature: FeatureFacts = {
  feature: 'wind_speed',
  psi: 10.321,
  verdict: 'insufficient',
  windowPsi: null,
  windowSamples: 6188,
  judged: false,
  detectable: 23.86,
  lambda: 8182,
  kind: 'numeric',
};
const september: MonthFacts = {
  month: 9,
  flights: 27_574,
  verdict: 'critical',
  accuracy: 0.865,
  confidence: 0.999,
  predictedLate: 0.011,
  late: 0.132,
  outcomes: 27_010,
  features: [feature, { ...feature, feature: 'dest', judged: true }],
};

test.each([
  ['as wide as it may be', WIDTH, WIDTH],
  ['for a terminal of 80 columns', 80, 80],
])('the table is %s', (_, width, most) => {
  const lines = [...headerLines(undefined, width), monthLine(september, undefined, width)];
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(most);
});

test('a month names what moved most, and from where on a warning had been possible', () => {
  expect(monthLine(september)).toContain('critical  1 of 2    wind_speed 10.32 (23.9)');
  expect(monthLine(september, undefined, 80)).toMatch(/critical {2}wind_speed 10\.32 +86\.5 %/);
  expect(monthLine({ ...september, features: [{ ...feature, psi: 0 }] })).toMatch(/0 of 1 {4}- /);
});

test('only the status is painted', () => {
  const painted = monthLine(september, (verdict, text) => `<${verdict} ${text}>`);
  expect(painted.match(/<[^>]*>/g)).toEqual(['<critical critical>']);
});
