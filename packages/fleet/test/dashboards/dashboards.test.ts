import { readFileSync } from 'node:fs';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from 'vitest';
import { alertRules } from '../../src/alerts/alert-rules.js';
import { dashboardJson } from '../../src/dashboards/dashboard-frame.js';
import { PSI_CRITICAL, PSI_WARNING } from '../../src/dashboards/drift-level.js';
import { modelDashboard } from '../../src/dashboards/model-dashboard.js';
import { overviewDashboard } from '../../src/dashboards/overview-dashboard.js';
import { resolveOptions } from '../../src/options.js';
import { recordingRules } from '../../src/rules/recording-rules.js';
import { expressionsOf, objectsIn, panelsOf, queriesOf, textsIn } from './read-dashboard.js';

/** Series that no rule makes: one of the source, and those that Prometheus keeps of the alerts. */
const RAW = ['ml_inference_active', 'ALERTS', 'ALERTS_FOR_STATE'];
const GRAFANA_COLUMNS = 24;
/** What Grafana itself puts in, and the group of a regular expression. */
const BUILT_IN = /^(__all|__interval|__url_time_range|__data\..*|__field\..*|__value\..*|1)$/;

// With a budget, so that the series of the budgets is among them.
const rules = [...recordingRules({ latencyBudgets: { any: 1 } }), ...alertRules()].flatMap(group => group.rules);
const recorded = new Set(rules.flatMap(rule => ('record' in rule ? [rule.record] : [])));
const alerts = rules.flatMap(rule => ('alert' in rule ? [rule] : []));
const file = (path: string) => new URL(`../../${path}`, import.meta.url);

describe.each([
  ['overview', overviewDashboard, 'driftspan-overview'],
  ['model', modelDashboard, 'driftspan-model'],
] as const)('the %s dashboard', (_, make, uid) => {
  const dashboard: Dashboard = JSON.parse(dashboardJson(make()));
  const panels = panelsOf(dashboard);

  test('is the file that is shipped', () => {
    expect(dashboardJson(make())).toBe(readFileSync(file(`grafana/${uid}.json`), 'utf8'));
  });

  test('has a stable uid, and the tag', () => {
    expect(dashboard).toMatchObject({ uid, tags: ['driftspan'], refresh: '1m', timezone: 'browser' });
    expect(dashboard.id).toBeUndefined();
  });

  test('numbers its panels and titles them once a row', () => {
    const ids = (dashboard.panels ?? []).map(panel => panel.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(panels.filter(panel => !panel.title)).toEqual([]);
  });

  test('lays its panels side by side, each line full, none over another', () => {
    const taken = new Map<string, string>();
    const places = (dashboard.panels ?? []).map(panel => ({ title: panel.title ?? '', ...panel.gridPos! }));
    for (const { title, x, y, w, h } of places) {
      expect(x + w, title).toBeLessThanOrEqual(GRAFANA_COLUMNS);
      for (let row = y; row < y + h; row++) {
        for (let column = x; column < x + w; column++) {
          const cell = `${column},${row}`;
          expect(taken.get(cell), `${title} at ${cell}`).toBeUndefined();
          taken.set(cell, title);
        }
      }
    }
    const height = Math.max(...places.map(({ y, h }) => y + h));
    expect(taken.size).toBe(height * GRAFANA_COLUMNS);
  });

  test('asks every panel something, each query under a name of its own', () => {
    for (const panel of panels) {
      const queries = queriesOf(dashboard).filter(of => of.panel === panel);
      expect(queries.length, panel.title).toBeGreaterThan(0);
      expect(new Set(queries.map(({ query }) => query.refId)).size, panel.title).toBe(queries.length);
      for (const { query } of queries) expect(query.expr.trim(), panel.title).not.toBe('');
    }
  });

  test('asks for recorded series and the few raw ones only', () => {
    for (const expr of expressionsOf(dashboard)) {
      const names = [...expr.matchAll(/([A-Za-z_:][\w:]*)\{/g)].map(match => match[1]!);
      if (!expr.includes('label_values')) expect(names, expr).not.toEqual([]);
      expect(
        names.filter(name => !recorded.has(name) && !RAW.includes(name)),
        expr,
      ).toEqual([]);
    }
  });

  test('names in a legend only labels that its query groups by', () => {
    for (const { panel, query } of queriesOf(dashboard)) {
      for (const [, label] of (query.legendFormat ?? '').matchAll(/\{\{(\w+)\}\}/g)) {
        expect(query.expr, `${panel.title}: {{${label}}}`).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
      }
    }
  });

  test('takes the data source that the reader chose', () => {
    const sources = [...objectsIn(dashboard)].filter(([key]) => key === 'datasource').map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(panels.length);
    for (const source of sources) expect(source).toEqual({ type: 'prometheus', uid: `\${datasource}` });
  });

  test('uses the variables that it has, and has none that it does not use', () => {
    const variables = new Set((dashboard.templating.list ?? []).map(({ name }) => name));
    const used = new Set<string>();
    for (const text of textsIn(dashboard)) {
      for (const [, braced, bare] of text.matchAll(/\$(?:\{([^}:]+)(?::[^}]*)?\}|(\w+))/g)) used.add((braced ?? bare)!);
    }
    expect([...used].filter(name => !variables.has(name) && !BUILT_IN.test(name))).toEqual([]);
    // Grafana itself puts the filters into each query.
    expect([...variables].filter(name => !used.has(name))).toEqual(['filters']);
  });

  test('says of every panel what it shows', () => {
    for (const panel of panels) {
      expect(panel.description?.length, panel.title).toBeGreaterThan(20);
      if (panel.type !== 'stat') expect(panel.description, panel.title).toContain('Bad:');
    }
  });

  test('sets the look of columns that are there', () => {
    for (const panel of panels.filter(({ type }) => type === 'table')) {
      const organize = panel.transformations?.find(({ id }) => id === 'organize')?.options;
      const titles = Object.values(organize.renameByName as Record<string, string>);
      expect(new Set(titles).size).toBe(titles.length);
      for (const { matcher } of panel.fieldConfig?.overrides ?? []) expect(titles).toContain(matcher.options);
      for (const { displayName } of panel.options.sortBy ?? []) expect(titles).toContain(displayName);
    }
  });

  test('links to the two dashboards with variables that they have', () => {
    const variablesOf = (of: Dashboard) => (of.templating.list ?? []).map(({ name }) => `var-${name}`);
    const targets = {
      [overviewDashboard().uid!]: variablesOf(overviewDashboard()),
      [modelDashboard().uid!]: variablesOf(modelDashboard()),
    };
    const urls = textsIn(dashboard).filter(text => text.startsWith('/d/'));
    expect(urls.length).toBeGreaterThan(2);
    for (const url of urls) {
      const [, target, query] = /^\/d\/([\w-]+)\?(.*)$/.exec(url)!;
      const names = query!
        .split('&')
        .filter(part => part.startsWith('var-'))
        .map(part => part.split('=')[0]!);
      expect(
        names.filter(name => !targets[target!]?.includes(name)),
        url,
      ).toEqual([]);
    }
  });

  test('links to the runbooks of the alerts', () => {
    const pages = alerts.map(({ annotations }) => annotations['runbook_url']);
    const linked = textsIn(dashboard).flatMap(text =>
      [...text.matchAll(/\$\{runbooks\}\/([\w.-]+\.md)/g)].map(match => `docs/runbooks/${match[1]}`),
    );
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter(page => !pages.includes(page))).toEqual([]);
  });
});

test('the page of every alert can be reached from the table of alerts', () => {
  const table = panelsOf(overviewDashboard()).find(panel => panel.title === 'Alerts');
  const properties = table?.fieldConfig?.overrides.find(({ matcher }) => matcher.options === 'Runbook')?.properties;
  const texts = properties?.find(({ id }) => id === 'mappings')?.value[0].options as Record<string, { text: string }>;
  const pages = Object.entries(texts).map(([alert, { text }]) => [alert, `docs/runbooks/${text}`]);
  expect(pages).toEqual(alerts.map(rule => [rule.alert, rule.annotations['runbook_url']]));
});

test('the colours change where the verdicts of the default rules do', () => {
  expect({ warning: PSI_WARNING, critical: PSI_CRITICAL }).toEqual(resolveOptions().psi);
});

test('the window shown at first is one of the default rules', () => {
  const windows = resolveOptions().windows.map(window => window.text);
  for (const dashboard of [overviewDashboard(), modelDashboard()]) {
    const variable = dashboard.templating.list?.find(({ name }) => name === 'window');
    expect(windows).toContain(variable?.current?.value);
  }
});
