import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { runHere } from '../run-here.js';

const shipped = (name: string) =>
  readFile(new URL(import.meta.resolve(`@driftspan/fleet/prometheus/driftspan.${name}.yml`)), 'utf8');
const rules = async (...args: string[]) => {
  const result = await runHere(['rules', ...args]);
  expect([result.status, result.stderr]).toEqual([0, '']);
  return result.stdout;
};

it('by default the parts are the files that the fleet package ships', async () => {
  expect(await rules('--recording')).toBe(await shipped('rules'));
  expect(await rules('--alerts')).toBe(await shipped('alerts'));
});

it('both together are the groups of both files, recording rules first', async () => {
  const groups = [...parse(await shipped('rules')).groups, ...parse(await shipped('alerts')).groups];
  expect(parse(await rules()).groups).toEqual(groups);
  expect(JSON.parse(await rules('--format', 'json')).groups).toEqual(groups);
});

it('every option of the rules changes them', async () => {
  const plain = await rules();
  const options = [
    ['--windows', '2h,2d'],
    ['--tile', '10m'],
    ['--lag', '3m'],
    ['--lookback', '2h'],
    ['--for', '30m'],
    ['--false-alarms', '0.1'],
    ['--psi-warning', '0.2'],
    ['--psi-critical', '0.5'],
    ['--by', 'deployment_environment_name,region'],
    ['--bins', '32'],
    ['--latency-budget', 'delays=0.05'],
    ['--runbooks', 'https://example.com/runbooks'],
  ];
  for (const option of options) expect(await rules(...option), option[0]).not.toBe(plain);
});

it('budgets of latency are one a model, and a model may have = in its name', async () => {
  const { groups } = parse(await rules('--latency-budget', 'delays=0.05', '--latency-budget', 'a=b=2'));
  const budgets = groups
    .flatMap((group: { rules: { record?: string; expr: string; labels?: object }[] }) => group.rules)
    .filter(({ record }: { record?: string }) => record === 'ml:inference_duration_budget_seconds');
  expect(budgets).toEqual([
    expect.objectContaining({ expr: 'vector(0.05)', labels: { ml_model_name: 'delays' } }),
    expect.objectContaining({ expr: 'vector(2)', labels: { ml_model_name: 'a=b' } }),
  ]);
});

it.each([
  [['--windows', '1h,7m'], 'ERR_FLEET_OPTION'],
  [['--windows', '1h'], 'Two durations'],
  [['--bins', 'many'], 'no number'],
  [['--latency-budget', '0.05'], 'as in delays=0.05'],
  [['--alerts', '--recording'], 'cannot be used with'],
  [['--format', 'toml'], 'Allowed choices are yaml, json'],
])('%j is refused with what was expected', async (args, told) => {
  const { status, stdout, stderr } = await runHere(['rules', ...args]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(told);
});
