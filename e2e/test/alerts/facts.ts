import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertRules } from '../../../packages/fleet/src/alerts/alert-rules.js';
import type { RuleOptions } from '../../../packages/fleet/src/options.js';
import { type AlertRule, rulesYaml } from '../../../packages/fleet/src/rule-file.js';
import { recordingRules } from '../../../packages/fleet/src/rules/recording-rules.js';
import { type InputSeries, type Labels, selector } from '../promtool.js';
import { type Replica, replicaSeries } from './replica-series.js';

/** A short fleet: what is hours and days by default is minutes here, a tile one of them. */
const OPTIONS: RuleOptions = { tile: '1m', windows: ['5m', '30m'], lag: '1m', lookback: '10m', for: '3m' };

/** An alert of version 1 by its name; or a name and the labels besides that of the model. */
export type Expected = string | readonly [alert: string, labels: Labels];

/** What must be seen of one model. */
export interface Fact {
  readonly replicas: readonly Replica[];
  /** The alerts of the model that fire at a minute: these and no others. */
  readonly firing: Readonly<Record<number, readonly Expected[]>>;
}

/** What an alert says at a minute, of a model that is alone. A description that holds no query is known from the rule. */
export interface Saying {
  readonly replicas: readonly Replica[];
  readonly minute: number;
  readonly alert: Expected;
  readonly summary: string;
  readonly description?: string;
}

/** Models of one server, each named by its fact. */
export interface Facts {
  readonly models: Readonly<Record<string, Fact>>;
  readonly options?: RuleOptions;
  /** False: the recording rules are not loaded. */
  readonly isRecording?: boolean;
  /** The minutes in which the rules are silent for some models; none but these. */
  readonly silent?: Readonly<Record<number, number>>;
}

/** Runs both rule files over the raw series of all the models. @returns '' if every fact holds, else what promtool says */
export function contradiction(promtool: string, facts: Facts): Promise<string> {
  const options = { ...OPTIONS, ...facts.options };
  const rules = facts.isRecording === false ? [] : recordingRules(options);
  return testRules(promtool, rulesYaml(rules), rulesYaml(alertRules(options)), [firingTest(facts, options)]);
}

/** The same for what alerts say of one model. */
export function misquotation(
  promtool: string,
  model: string,
  sayings: readonly Saying[],
  more: RuleOptions,
): Promise<string> {
  const options = { ...OPTIONS, ...more };
  const rules = rulesByName(options);
  const tests = sayings.map(saying => ({
    interval: '1m',
    input_series: seriesOf(model, saying.replicas),
    alert_rule_test: [said(model, saying, rules)],
  }));
  return testRules(promtool, rulesYaml(recordingRules(options)), rulesYaml(alertRules(options)), tests);
}

function firingTest({ models, silent }: Facts, options: RuleOptions): unknown {
  const rules = rulesByName(options);
  const cases = Object.entries(models);
  const minutes = [...new Set(cases.flatMap(([, { firing }]) => Object.keys(firing)))];
  return {
    interval: '1m',
    input_series: cases.flatMap(([name, { replicas }]) => seriesOf(name, replicas)),
    promql_expr_test: [
      ...cases.flatMap(([name, fact]) => firingOf(name, fact, rules)),
      ...minutes.map(minute => ({
        expr: 'ALERTS{alertname="MlRulesSilent", alertstate="firing"} + 0',
        eval_time: `${minute}m`,
        exp_samples:
          silent?.[Number(minute)] === undefined
            ? []
            : [{ labels: '{alertname="MlRulesSilent", alertstate="firing", severity="warning"}', value: 1 }],
      })),
    ],
    alert_rule_test: Object.entries(silent ?? {}).map(([minute, count]) => silentSaid(minute, count, rules)),
  };
}

function seriesOf(model: string, replicas: readonly Replica[]): InputSeries[] {
  return replicas.flatMap(one => replicaSeries({ ...one, labels: { ml_model_name: model, ...one.labels } }));
}

function firingOf(model: string, { firing }: Fact, rules: Rules): unknown[] {
  return Object.entries(firing).map(([minute, expected]) => ({
    expr: selector('ALERTS', { alertstate: 'firing', ml_model_name: model }),
    eval_time: `${minute}m`,
    exp_samples: expected.map(alert => {
      const { alertname, labels } = expectedLabels(model, alert, rules);
      return { labels: selector('ALERTS', { alertname, alertstate: 'firing', ...labels }), value: 1 };
    }),
  }));
}

type Rules = ReadonlyMap<string, AlertRule>;

function rulesByName(options: RuleOptions): Rules {
  const alerts = alertRules(options).flatMap(({ rules }) => rules.filter(rule => 'alert' in rule));
  return new Map(alerts.map(rule => [rule.alert, rule]));
}

function expectedLabels(model: string, alert: Expected, rules: Rules): { alertname: string; labels: Labels } {
  const [alertname, more] = typeof alert === 'string' ? [alert, { ml_model_version: '1' }] : alert;
  return { alertname, labels: { ...rules.get(alertname)!.labels, ml_model_name: model, ...more } };
}

function said(model: string, { minute, alert, summary, description }: Saying, rules: Rules): unknown {
  const { alertname, labels } = expectedLabels(model, alert, rules);
  const { annotations } = rules.get(alertname)!;
  return {
    eval_time: `${minute}m`,
    alertname,
    exp_alerts: [
      {
        exp_labels: labels,
        exp_annotations: { ...annotations, summary, ...(description === undefined ? {} : { description }) },
      },
    ],
  };
}

function silentSaid(minute: string, count: number, rules: Rules): unknown {
  const { labels, annotations } = rules.get('MlRulesSilent')!;
  const summary = `The recording rules are silent for ${count} models and versions that report`;
  return {
    eval_time: `${minute}m`,
    alertname: 'MlRulesSilent',
    exp_alerts: [{ exp_labels: labels, exp_annotations: { ...annotations, summary } }],
  };
}

/** `promtool check rules` of the alerts, every lint an error, and of the queries as rules. @returns '' or what it says */
export async function ruleFaults(
  promtool: string,
  queries: readonly { readonly page: string; readonly promql: string }[],
): Promise<string> {
  const rules = queries.map(({ page, promql }, i) => ({
    record: `q${i}:${page.replace(/\W/g, '_')}`,
    expr: promql,
  }));
  return withFiles(
    { 'alerts.yml': rulesYaml(alertRules()), 'queries.yml': rulesYaml([{ name: 'queries', rules }]) },
    paths => run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...paths]),
  );
}

async function testRules(promtool: string, rules: string, alerts: string, tests: readonly unknown[]): Promise<string> {
  const test = { rule_files: ['rules.yml', 'alerts.yml'], evaluation_interval: '1m', tests };
  const text = stringify(test, { lineWidth: 0, aliasDuplicateObjects: false });
  return withFiles({ 'rules.yml': rules, 'alerts.yml': alerts, 'test.yml': text }, paths =>
    run(promtool, ['test', 'rules', paths.at(-1)!]),
  );
}

async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (paths: readonly string[]) => Promise<string>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driftspan-alerts-'));
  try {
    const paths = Object.keys(files).map(name => join(folder, name));
    await Promise.all(Object.values(files).map((text, i) => writeFile(paths[i]!, text)));
    return await use(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(promtool: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    execFile(promtool, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve(error === null ? '' : (`${stdout}${stderr}`.trim() || error.message).slice(0, 20_000));
    });
  });
}
