import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RuleGroup, rulesYaml } from '../src/rule-file.js';

const GROUPS: readonly RuleGroup[] = [
  {
    name: 'a',
    interval: '5m',
    rules: [
      { record: 'ml:x', expr: 'sum by (a) (\n  x{b="c d", e=~"f|g"}\n)\nor\n  y' },
      { record: 'ml:y', expr: 'vector(1)', labels: { quantile: '0.5' } },
      {
        alert: 'MlX',
        expr: 'ml:x > 1',
        for: '15m',
        labels: { severity: 'warning' },
        annotations: { summary: `{{ $labels.ml_model_name }}: "it's" 50 % # not a comment` },
      },
    ],
  },
];

test('a rule file reads back as it was', () => {
  expect(parse(rulesYaml(GROUPS))).toEqual({ groups: GROUPS });
});

test('label values that look like numbers stay text', () => {
  expect(rulesYaml(GROUPS)).toContain('quantile: "0.5"');
});

test('expressions of several lines stand as they are', () => {
  expect(rulesYaml(GROUPS)).toMatch(/expr: \|-\n +sum by \(a\) \(\n/);
});
