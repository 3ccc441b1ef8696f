import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alertRules } from '../../src/alerts/alert-rules.js';
import { type AlertRule, rulesYaml } from '../../src/rule-file.js';
import { recordingRules } from '../../src/rules/recording-rules.js';

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const [group] = alertRules();
const RULES = group!.rules;
const alertsOf = (groups = alertRules()): AlertRule[] =>
  groups.flatMap(({ rules }) => rules.flatMap(rule => ('alert' in rule ? [rule] : [])));
const ALERTS = alertsOf().map(rule => [rule.alert, rule] as const);
const textOf = ({ expr, annotations }: AlertRule): string => [expr, ...Object.values(annotations)].join('\n');

test('the committed file is what the code makes', () => {
  expect(read('packages/fleet/prometheus/driftspan.alerts.yml')).toBe(rulesYaml(alertRules()));
});

test('all alerts are in one group, each under a name of its own', () => {
  expect(alertRules()).toHaveLength(1);
  expect(group!.name).toBe('driftspan-alerts');
  expect(new Set(ALERTS.map(([name]) => name)).size).toBe(ALERTS.length);
  expect(ALERTS.map(([name]) => name)).toEqual([
    'MlDriftCritical',
    'MlDriftWarning',
    'MlFeatureMissing',
    'MlDriftNotEnoughData',
    'MlConfidenceCollapse',
    'MlClassShare',
    'MlLatencyBudgetExceeded',
    'MlLatencyBudget',
    'MlVersionWithoutTraffic',
    'MlSdkDropped',
    'MlBaselineDisagreement',
    'MlRulesSilent',
  ]);
});

describe.each(ALERTS)('%s', (name, rule) => {
  test('has a severity, a line, a text and a runbook of its name', () => {
    expect(['info', 'warning', 'critical']).toContain(rule.labels['severity']);
    const { summary, description, runbook_url } = rule.annotations;
    expect(summary).toMatch(/^\S.*\S$/);
    expect(summary).not.toContain('\n');
    expect(description).toContain('First: ');
    expect(runbook_url).toMatch(/^docs\/runbooks\/ml(-[a-z]+)+\.md$/);
    expect(read(runbook_url!).split('\n')[0]).toBe(`# ${name}`);
  });

  test('is in the table of runbooks, with its severity', () => {
    const page = rule.annotations['runbook_url']!.split('/').at(-1);
    expect(read('docs/runbooks/README.md')).toContain(`| [${name}](${page}) | ${rule.labels['severity']} |`);
  });

  test('reads only what is recorded before it, and the raw series that the contract of names knows', () => {
    const before = RULES.slice(0, RULES.indexOf(rule)).flatMap(one => ('record' in one ? [one.record] : []));
    const budget = 'ml:inference_duration_budget_seconds';
    const recorded = recordingRules().flatMap(({ rules }) =>
      rules.flatMap(one => ('record' in one ? [one.record] : [])),
    );
    const known = new Set([...before, ...recorded, budget]);
    const prose = rule.annotations['description']!.replace(/\{\{.*?\}\}/gs, '');
    const used = [textOf(rule), prose].join('\n').match(/\bml:[a-z_]+(?::[a-z]+)?/g) ?? [];
    expect(used.filter(series => !known.has(series))).toEqual([]);
  });

  test('is silenced only by alerts before it', () => {
    const silencing = [...rule.expr.matchAll(/alertname="(\w+)"/g)].map(([, alert]) => alert!);
    const before = ALERTS.slice(0, ALERTS.findIndex(([one]) => one === name) + 1).map(([one]) => one);
    expect(silencing.filter(alert => !before.includes(alert))).toEqual([]);
  });

  test('its annotations name labels that its expression leaves', () => {
    const named = [...textOf(rule).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!);
    const [, left] = /(?:max|sum|count) by \(([^)]+)\)/.exec(rule.expr) ?? [];
    const labels = left?.split(', ') ?? ['ml_model_name', 'ml_model_version'];
    expect(named.filter(label => !labels.includes(label))).toEqual([]);
  });

  test('its templates open and close, and fill every place of their queries', () => {
    const text = Object.values(rule.annotations).join('\n');
    const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
    expect(count(/\{\{ (range|with|if)\b/g)).toBe(count(/\{\{ end \}\}/g));
    for (const [, query, values] of text.matchAll(/printf `([^`]*)`([^)]*)\)/g)) {
      expect(query!.match(/%./g) ?? []).toEqual(
        values!
          .trim()
          .split(/\s+/)
          .map(() => '%q'),
      );
    }
  });
});

test('the options reach every rule', () => {
  const options = {
    tile: '10s',
    windows: ['40s', '2m'],
    for: '0s',
    by: ['region'],
    psi: { warning: 0.2, critical: 0.4 },
    runbooks: 'https://runbooks.example',
  } as const;
  const text = rulesYaml(alertRules(options));
  expect(text).not.toMatch(/"1h"|"1d"|\[10m\]|\[1h\]/);
  for (const rule of alertsOf(alertRules(options))) {
    expect(rule.annotations['runbook_url']).toMatch(/^https:\/\/runbooks\.example\/ml-/);
    expect(rule.expr).toContain('region');
  }
  expect(text).toContain('PSI) above 0.4 with');
  expect(text).toContain('PSI) above 0.2 with');
});

test('new series have three tiles and the lag before their absence is told, disagreeing replicas a short window', () => {
  const fors = (options?: Parameters<typeof alertRules>[0]) =>
    new Map(alertsOf(alertRules(options)).map(rule => [rule.alert, rule.for]));
  expect(fors().get('MlRulesSilent')).toBe('17m');
  expect(fors().get('MlBaselineDisagreement')).toBe('1h');
  expect(fors({ for: '2h' }).get('MlRulesSilent')).toBe('2h');
  expect(fors({ for: '2h' }).get('MlBaselineDisagreement')).toBe('2h');
  expect(fors().get('MlDriftCritical')).toBe('15m');
});

test('the runbook says of every reason whether it is told', () => {
  const reasons = [
    ...read('docs/errors.md')
      .split('## Reasons of')[1]!
      .matchAll(/^\| `(\w+)` \|/gm),
  ].map(([, reason]) => reason!);
  expect(reasons.length).toBeGreaterThan(20);
  const page = read('docs/runbooks/ml-sdk-dropped.md');
  const [told, untold] = page.split('Not told') as [string, string];
  const { expr } = ALERTS.find(([name]) => name === 'MlSdkDropped')![1];
  const inExpr = new Set([...expr.matchAll(/reason=~"([^"]+)"/g)].flatMap(([, list]) => list!.split('|')));
  for (const reason of reasons)
    expect([reason, (inExpr.has(reason) ? told : untold).includes(`\`${reason}\``)]).toEqual([reason, true]);
});
