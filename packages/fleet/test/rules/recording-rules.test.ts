import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RecordingRule, rulesYaml } from '../../src/rule-file.js';
import { recordingRules } from '../../src/rules/recording-rules.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const rulesOf = (groups = recordingRules()) => groups.flatMap(group => group.rules as readonly RecordingRule[]);
const names = [...new Set(rulesOf(recordingRules({ latencyBudgets: { fraud: 0.2 } })).map(rule => rule.record))];

test('the shipped file is what the code makes of the defaults: `npm run generate` writes it', () => {
  expect(read('prometheus/driftspan.rules.yml')).toBe(rulesYaml(recordingRules()));
});

test('docs/fleet.md lists every recorded series, and no other', () => {
  const listed = [...read('../../docs/fleet.md').matchAll(/`(ml:[a-z0-9_:]+)`/g)].map(match => match[1]!);
  expect([...new Set(listed)].sort()).toEqual([...names].sort());
});

test('no rule reads a recorded series that is made after it, or in another group', () => {
  for (const { rules } of recordingRules()) {
    const made = new Set<string>();
    for (const rule of rules as readonly RecordingRule[]) {
      const used = [...rule.expr.matchAll(/ml:[a-z0-9_:]+/g)].map(match => match[0]);
      expect(used.filter(name => !made.has(name))).toEqual([]);
      made.add(rule.record);
    }
  }
});

test('every group is evaluated once a tile', () => {
  expect(recordingRules({ tile: '10s', windows: ['1m', '5m'] }).map(group => group.interval)).toEqual([
    '10s',
    '10s',
    '10s',
  ]);
});

test('labels to keep apart stand in every aggregation', () => {
  const lists = rulesOf(recordingRules({ by: ['team'] })).flatMap(({ expr }) => [
    ...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g),
  ]);
  expect(lists.length).toBeGreaterThan(100);
  expect(lists.map(match => match[1]!).filter(list => !/^team\b/.test(list))).toEqual([]);
});

test('the Kolmogorov–Smirnov distance has one term an edge, for as many bins as the options say', () => {
  const edges = (bins: number) => {
    const { expr } = rulesOf(recordingRules({ bins })).find(rule => rule.record === 'ml:feature_ks')!;
    return new Set([...expr.matchAll(/"ml_edge", "(\d+)"/g)].map(match => match[1])).size;
  };
  expect([2, 16, 100].map(edges)).toEqual([1, 15, 99]);
});

test('a pattern of bins takes those up to its edge', () => {
  const { expr } = rulesOf(recordingRules({ bins: 100 })).find(rule => rule.record === 'ml:feature_ks')!;
  const labels = Array.from({ length: 128 }, (_, i) => `${String(i).padStart(2, '0')} (0,1]`);
  const patterns = [...expr.matchAll(/ml_bin=~"([^"]+)"\}\), "ml_edge", "(\d+)"/g)];
  expect(patterns).toHaveLength(2 * 99);
  for (const [, pattern, edge] of patterns) {
    const taken = labels.filter(label => new RegExp(`^(?:${pattern})$`).test(label));
    expect(taken).toEqual(labels.slice(0, Number(edge) + 1));
  }
});

test('a budget of latency is a series of its model', () => {
  expect(
    rulesOf(recordingRules({ latencyBudgets: { fraud: 0.2, '1': 3 } })).filter(rule => rule.record.includes('budget')),
  ).toEqual(
    expect.arrayContaining([
      { record: 'ml:inference_duration_budget_seconds', expr: 'vector(0.2)', labels: { ml_model_name: 'fraud' } },
    ]),
  );
});

test('the file has as many rules as it says, each a name and an expression', () => {
  const { groups } = parse(read('prometheus/driftspan.rules.yml')) as { groups: { rules: RecordingRule[] }[] };
  expect(
    groups.flatMap(group => group.rules).every(rule => rule.record.startsWith('ml:') && rule.expr.length > 10),
  ).toBe(true);
});
