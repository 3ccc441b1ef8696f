import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

export type Labels = Readonly<Record<string, string>>;

/** A series of promtool's unit tests: one value a minute from minute 0, `_` for none, `stale` for the mark of a scrape that ended. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

export interface ExpressionTest {
  readonly expr: string;
  /** Label sets and their values; none if nothing may come out. */
  readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

export interface RuleTest {
  readonly name: string;
  readonly series: readonly InputSeries[];
  /** Minutes; a multiple of the evaluation interval, or promtool 2 compares old values. */
  readonly evalMinute: number;
  readonly expressions: readonly ExpressionTest[];
}

/** `name{a="1"}`, quotes and backslashes escaped. */
export function selector(name: string, labels: Labels): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value.replace(/[\\"]/g, '\\$&')}"`);
  return `${name}{${matchers.join(', ')}}`;
}

/** Runs `promtool check rules` with every lint and `promtool test rules`; resolves to what was wrong, or nothing. */
export async function failuresOf(promtool: string, rules: string, tests: readonly RuleTest[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driftspan-rules-'));
  try {
    await writeFile(join(folder, 'rules.yml'), rules);
    await writeFile(join(folder, 'test.yml'), testFile(tests));
    const checked = await run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', join(folder, 'rules.yml')]);
    return checked === '' ? await run(promtool, ['test', 'rules', join(folder, 'test.yml')]) : checked;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function testFile(tests: readonly RuleTest[]): string {
  return stringify({
    rule_files: ['rules.yml'],
    evaluation_interval: '5m',
    tests: tests.map(({ name, series, evalMinute, expressions }) => ({
      name,
      interval: '1m',
      input_series: series,
      promql_expr_test: expressions.map(({ expr, samples }) => ({
        expr,
        eval_time: `${evalMinute}m`,
        exp_samples: samples.map(({ labels, value }) => ({ labels: selector('', labels), value })),
      })),
    })),
  });
}

function run(promtool: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    execFile(promtool, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve(error === null ? '' : `${stdout}${stderr}${error.message}`.slice(0, 20_000));
    });
  });
}
