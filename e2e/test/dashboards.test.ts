import { setTimeout as sleep } from 'node:timers/promises';
import { findEveryPrometheus, type RunningPrometheus, startPrometheus } from '@driftspan/servers';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertRules } from '../../packages/fleet/src/alerts/alert-rules.js';
import { modelDashboard } from '../../packages/fleet/src/dashboards/model-dashboard.js';
import { overviewDashboard } from '../../packages/fleet/src/dashboards/overview-dashboard.js';
import { rulesYaml } from '../../packages/fleet/src/rule-file.js';
import { recordingRules } from '../../packages/fleet/src/rules/recording-rules.js';
import { queriesOf } from '../../packages/fleet/test/dashboards/read-dashboard.js';
import { type Choice, optionQueries, withChoice } from './dashboards/ask-grafana.js';
import { startTwoModels, type TwoModels } from './dashboards/two-models.js';

const TILE = '5s';
const RULES = {
  tile: TILE,
  windows: ['20s', '60s'],
  lag: '2s',
  for: '0s',
  // A budget, so that its line and its alert are there.
  latencyBudgets: { fares: 1e-9 },
} as const;
/** Longer than the long window, the lag and some evaluations; a busy machine is slow to start. */
const WAIT_MS = 150_000;
const POLL_MS = 2_000;
/** What the range queries look back on, and the width of their steps. */
const RANGE_MS = 60_000;
const STEP_MS = 5_000;

let models: TwoModels;
let servers: readonly RunningPrometheus[];

beforeAll(async () => {
  models = await startTwoModels();
  const rules = { 'rules.yml': rulesYaml(recordingRules(RULES)), 'alerts.yml': rulesYaml(alertRules(RULES)) };
  const scrape = [{ job: 'models', targets: [models.target] }];
  servers = await Promise.all(
    findEveryPrometheus().map(bin => startPrometheus({ bin, scrape, evaluationInterval: TILE, rules })),
  );
  for (const prometheus of servers) {
    // The last to appear: both windows hold values, and an alert fires.
    await prometheus.waitFor('ml:feature_ks{ml_window="60s"}', undefined, WAIT_MS);
    await prometheus.waitFor('ALERTS{alertname="MlDriftCritical",alertstate="firing"}', undefined, WAIT_MS);
  }
});

afterAll(async () => {
  for (const prometheus of servers ?? []) await prometheus.stop();
  await models?.stop();
});

describe.each([
  ['overview', overviewDashboard(), { model: '.*', window: '20s' }],
  ['model', modelDashboard(), { model: 'fares', version: '.*', feature: 'distance', window: '20s' }],
  ['model', modelDashboard(), { model: 'fares', version: '.*', feature: 'zone', window: '60s' }],
  ['model', modelDashboard(), { model: 'fares', version: '2', feature: 'prediction.label', window: '20s' }],
] as [string, Dashboard, Choice][])('the %s dashboard', (_, dashboard, choice) => {
  const chosen = JSON.stringify(choice);

  test(`every query of every panel has a result: ${chosen}`, async () => {
    const queries = queriesOf(dashboard).filter(({ query }) => !isRightlyEmpty(query.expr, choice));
    expect(queries.length).toBeGreaterThan(20);
    let empty: string[] = [];
    for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(POLL_MS)) {
      empty = [];
      for (const prometheus of servers) {
        for (const { panel, query } of queries) {
          const result = await resultOf(query, choice, prometheus);
          if (result.length === 0) empty.push(`${prometheus.version}, ${panel.title} ${query.refId}: ${query.expr}`);
        }
      }
      if (empty.length === 0) break;
    }
    expect(empty).toEqual([]);
  });

  test(
    `every legend and column names a label of the result: ${chosen}`,
    everywhere(async prometheus => {
      for (const panel of new Set(queriesOf(dashboard).map(of => of.panel))) {
        const labels = new Set<string>();
        for (const { query } of queriesOf(dashboard).filter(of => of.panel === panel)) {
          for (const result of await resultOf(query, choice, prometheus)) {
            for (const label of Object.keys(result.labels)) labels.add(label);
            for (const [, label] of (query.legendFormat ?? '').matchAll(/\{\{(\w+)\}\}/g)) {
              expect(Object.keys(result.labels), `${panel.title}: ${query.expr}`).toContain(label);
            }
          }
        }
        const columns: string[] =
          panel.transformations?.find(({ id }) => id === 'filterFieldsByName')?.options.include.names ?? [];
        for (const column of columns.filter(name => !name.startsWith('Value #'))) {
          expect([...labels], `${panel.title}: ${column}`).toContain(column);
        }
      }
    }),
  );

  test(
    `a chart beside the baseline has one bar a bin and series: ${chosen}`,
    everywhere(async prometheus => {
      const charts = queriesOf(dashboard).filter(({ panel }) => panel.type === 'barchart');
      for (const { panel, query } of charts) {
        const { rowField } = panel.transformations!.find(({ id }) => id === 'groupingToMatrix')!.options;
        const bars = (await resultOf(query, choice, prometheus)).map(
          ({ labels }) => `${labels['ml_series']} / ${labels[rowField]}`,
        );
        expect(new Set(bars).size, panel.title).toBe(bars.length);
        expect(bars.filter(bar => bar.startsWith('baseline /')).length).toBeGreaterThan(1);
        expect(bars.filter(bar => bar.startsWith('live ')).length).toBeGreaterThan(1);
      }
    }),
  );

  test(
    `every variable has the option that is chosen: ${chosen}`,
    everywhere(async prometheus => {
      for (const { name, series, label } of optionQueries(dashboard)) {
        const match = encodeURIComponent(withChoice(series, choice, TILE));
        const options = (await prometheus.get(`/api/v1/label/${label}/values?match[]=${match}`)) as string[];
        expect(options.length, name).toBeGreaterThan(0);
        if (choice[name] !== '.*') expect(options, name).toContain(choice[name]);
      }
    }),
  );

  test(
    `every mark on the time axis is a query that has a result: ${chosen}`,
    everywhere(async prometheus => {
      for (const { expr } of dashboard.annotations.list ?? []) {
        expect(await prometheus.query(withChoice(expr!, choice, TILE))).not.toEqual([]);
      }
    }),
  );
});

test(
  'the table of versions names the feature of the drifting version to look at first',
  everywhere(async prometheus => {
    const { query } = queriesOf(overviewDashboard()).find(of => of.query.expr.startsWith('topk'))!;
    const first = await resultOf(query, { model: 'fares', window: '60s' }, prometheus);
    const ofDrifting = first.find(({ labels }) => labels['ml_model_version'] === '2');
    expect(first).toHaveLength(2);
    expect(ofDrifting?.labels['ml_feature_name']).toBe('distance');
  }),
);

/** A test against each of the servers: what one answers, the others have to as well. */
function everywhere(check: (prometheus: RunningPrometheus) => Promise<void>): () => Promise<void> {
  return async () => {
    for (const prometheus of servers) await check(prometheus);
  };
}

/** Unseen values are of categories: a number has no such test. */
function isRightlyEmpty(expr: string, { feature }: Choice): boolean {
  return feature === 'distance' && expr.includes('_unseen_') && expr.includes('$feature');
}

async function resultOf(
  query: { readonly expr: string; readonly range?: boolean },
  choice: Choice,
  prometheus: RunningPrometheus,
): Promise<readonly { readonly labels: Readonly<Record<string, string>> }[]> {
  const expr = withChoice(query.expr, choice, TILE);
  const now = Date.now();
  return query.range ? prometheus.queryRange(expr, now - RANGE_MS, now, STEP_MS) : prometheus.query(expr, now);
}
