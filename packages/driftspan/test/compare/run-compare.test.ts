import { readFile, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Comparison } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { csv, jsonLines, type Order, orders } from '../orders.js';
import { runCommand } from '../run-command.js';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

const moved = (rows: number) =>
  orders(rows, (order, i) => ({
    amount: order.amount === null ? null : order.amount * 0.5 + 80,
    country: i % 4 === 0 ? 'CH' : order.country,
  }));

describe('driftspan compare', () => {
  const folder = temporaryFolder();
  const run = (...args: readonly string[]) => runHere(['compare', ...args], { cwd: folder.cwd });

  beforeAll(async () => {
    await writeFile(folder.path('train.csv'), csv(orders(6000)));
    await writeFile(folder.path('same.csv'), csv(orders(3000)));
    await writeFile(folder.path('moved.csv'), csv(moved(3000)));
    await writeFile(folder.path('few.csv'), csv(orders(5)));
    await writeFile(
      folder.path('lacking.jsonl'),
      jsonLines(orders(3000).map(({ amount: _, ...order }) => ({ ...order, extra: 1, note: 'x' }))),
    );
    const args = ['--model', 'shop@1', '--quiet'];
    const make = async (...more: readonly string[]) =>
      expect(await runHere(['baseline', ...more, ...args], { cwd: folder.cwd })).toMatchObject({ status: 0 });
    await make('train.csv', '-o', 'shop.json', '--label', 'answer', '--exclude', 'placed');
    await make('moved.csv', '-o', 'moved.json', '--label', 'answer', '--exclude', 'placed');
    await make('train.csv', '-o', 'narrow.json', '--only', 'amount');
    await make('train.csv', '-o', 'timed.json', '--time-column', 'placed', '--exclude', 'answer');
  });

  it('says that unchanged data is as in training, with status 0', async () => {
    const result = await run('shop.json', 'same.csv', '--label', 'answer');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toMatch(/^OK: the data is as in training/);
    expect(result.stdout).toContain('same.csv, 3,000 rows');
    expect(result.stdout).toMatch(/prediction\.label +ok/);
    expect(result.stdout).not.toContain('Not compared');
  });

  it('opens on the verdict and ranks what has moved, with status 1', async () => {
    const { status, stdout } = await run('shop.json', 'moved.csv');
    expect(status).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^Critical: .*2 of 3 features/);
    const at = (start: RegExp) => lines.findIndex(line => start.test(line));
    expect(at(/^ {2}(amount|country) +critical/)).toBeGreaterThan(0);
    expect(at(/^ {2}quantity +ok/)).toBeGreaterThan(at(/^ {2}country +critical/));
    expect(stdout).toMatch(/amount: .*above the highest of training/);
    expect(stdout.replace(/\s+/g, ' ')).toContain('Not compared: prediction.label. Name the columns with --label.');
    expect(stdout.replace(/\s+/g, ' ')).toContain('Not read by the model: placed, answer.');
  });

  it('fits a terminal of 80 columns and one of 120, in colours that are not in a pipe', async () => {
    for (const columns of [80, 120]) {
      const { stdout } = await runHere(['compare', 'shop.json', 'moved.csv'], { cwd: folder.cwd, columns });
      expect(stdout).toContain('\u001b[31m');
      const widths = stripVTControlCharacters(stdout)
        .split('\n')
        .map(line => line.length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    }
    expect((await run('shop.json', 'moved.csv')).stdout).not.toContain('\u001b');
  });

  it('prints the comparison as JSON, and writes the same to a file', async () => {
    const { status, stdout } = await run('shop.json', 'moved.csv', '--json', '-o', 'comparison.json', '--quiet');
    expect(status).toBe(1);
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparison).toMatchObject({
      schema: 'driftspan.comparison/v1',
      verdict: 'critical',
      model: { name: 'shop', version: '1' },
      current: { rows: 3000, source: 'moved.csv' },
    });
    expect(comparison.features.map(({ name }) => name)).toEqual(['amount', 'country', 'quantity']);
    expect(await readFile(folder.path('comparison.json'), 'utf8')).toBe(stdout);
  });

  it('fails from the verdict that --fail-on names', async () => {
    const slight = orders(3000, (order, i) => (i % 2 === 0 ? { amount: (order.amount ?? 0) * 0.75 } : {}));
    await writeFile(folder.path('slight.csv'), csv(slight));
    const status = async (...more: readonly string[]) => (await run('shop.json', 'slight.csv', ...more)).status;
    const { verdict } = JSON.parse((await run('shop.json', 'slight.csv', '--json')).stdout) as Comparison;
    expect(verdict).toBe('notice');
    expect(await status()).toBe(0);
    expect(await status('--fail-on', 'warning')).toBe(0);
    expect(await status('--fail-on', 'notice')).toBe(1);
    expect(await status('--psi', '0.001,0.002')).toBe(1);
    expect((await run('shop.json', 'moved.csv', '--fail-on', 'never')).status).toBe(0);
  });

  it('says first that a column is not there, and counts it as missing', async () => {
    const { status, stdout } = await run('shop.json', 'lacking.jsonl');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^column amount is not in the data: it counts as missing in every row\n\nCritical: /);
    expect(stdout).toMatch(/amount +critical .* 100 % +2 %/);
    expect(stdout).toMatch(/Not read by the model: .*extra, note/);
  });

  it('tells of answers that have stopped coming', async () => {
    await writeFile(folder.path('silent.csv'), csv(orders(3000, () => ({ answer: '' }))));
    const { status, stdout } = await run('shop.json', 'silent.csv', '--label', 'answer');
    expect(status).toBe(1);
    expect(stdout).toMatch(/prediction\.label +critical .* 100 %/);
  });

  it('compares two baselines without a row', async () => {
    const { status, stdout } = await run('shop.json', 'moved.json', '--json');
    const comparison = JSON.parse(stdout) as Comparison;
    expect(status).toBe(1);
    expect(comparison.current).toEqual({ rows: 3000, source: 'moved.csv' });
    const names = comparison.features.filter(({ verdict }) => verdict === 'critical').map(({ name }) => name);
    expect(names).toEqual(['amount', 'country']);
    const { stdout: text } = await run('shop.json', 'timed.json');
    expect(text).toContain('Not compared: prediction.label. The other baseline has none.');
  });

  it('takes a JSON file of rows for data, whatever its name', async () => {
    await writeFile(folder.path('rows.json'), JSON.stringify(orders(3000) satisfies Order[]));
    expect(await run('shop.json', 'rows.json')).toMatchObject({ status: 0 });
  });

  it('says what was taken for granted, and takes another word for it', async () => {
    const { stdout } = await run('timed.json', 'same.csv', '--time-column', 'placed', '--json');
    const { drift, current } = JSON.parse(stdout) as Comparison;
    expect(drift.dependence.assumes).toBe('baseline');
    expect(current).toMatchObject({ firstMs: Date.UTC(2026, 0, 1), lastMs: Date.UTC(2026, 0, 1) + 2999 * 60_000 });
    const independent = await run('timed.json', 'same.csv', '--independent', '--json', '--false-alarms', '0.01');
    expect((JSON.parse(independent.stdout) as Comparison).drift).toMatchObject({
      falseAlarmRate: 0.01,
      dependence: { assumes: 'independent' },
    });
    const text = await run('timed.json', 'same.csv', '--time-column', 'placed');
    expect(text.stdout).toContain('same.csv, 3,000 rows from 2026-01-01 to 2026-01-03');
  });

  it('is an error where nothing could be judged, with what it would take', async () => {
    const { status, stdout, stderr } = await run('shop.json', 'few.csv', '-o', 'few.json');
    expect(await folder.names()).not.toContain('few.json');
    expect(status).toBe(2);
    expect(stdout).toMatch(/amount +insufficient/);
    expect(stderr).toMatch(/error: few\.csv: met 5 rows, expected about \d+ rows or more \(ERR_NOTHING_JUDGED\)/);
    expect(stderr).toContain('hint: too few to judge any feature');
  });

  it.each([
    [['shop.json', 'none.csv'], 'ERR_DATA_FILE'],
    [['none.json', 'same.csv'], 'ERR_BASELINE_FILE'],
    [['same.csv', 'same.csv'], 'ERR_BASELINE_JSON'],
    [['shop.json', 'narrow.json'], 'ERR_BASELINE_FEATURE'],
    [['shop.json', 'moved.json', '--time-column', 'placed'], '--time-column: met it beside two baselines'],
    [['shop.json', 'same.csv', '--where', 'quantity >'], 'ERR_'],
    [['shop.json', 'same.csv', '--label', 'anwser'], 'ERR_DATA_COLUMN'],
    [['narrow.json', 'same.csv', '--label', 'answer'], '--label: met a baseline without prediction.label'],
    [['shop.json', 'same.csv', '-o', 'same.csv'], 'ERR_USAGE'],
    [['shop.json', 'same.csv', '-o', '.'], '-o .: met a folder'],
    [['shop.json', 'same.csv', '-o', 'shop.json'], 'ERR_USAGE'],
    [['shop.json', 'same.csv', '--delimiter', ';'], 'ERR_DATA_'],
  ])('refuses %j with %s', async (args, code) => {
    const before = await folder.names();
    const result = await run(...args);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(code);
    expect(result.stderr).not.toContain('    at ');
    expect(await folder.names()).toEqual(before);
  });

  it('compares sensitive features under their key, and tells nothing of them', async () => {
    const env = { DRIFTSPAN_SENSITIVE_KEY: 'a key of sixteen bytes' };
    const here = (args: readonly string[], more: NodeJS.ProcessEnv = env) =>
      runHere(args, { cwd: folder.cwd, env: more });
    const made = ['baseline', 'train.csv', '-o', 'secret.json', '--model', 'shop@1', '--sensitive', 'country,amount'];
    expect(await here([...made, '--exclude', 'placed,answer'])).toMatchObject({ status: 0 });
    const compared = await here(['compare', 'secret.json', 'moved.csv', '--json']);
    expect(compared.status).toBe(1);
    expect(compared.stdout).not.toMatch(/"(DE|FR|NL|AT|CH)"|sixteen/);
    const text = await here(['compare', 'secret.json', 'moved.csv']);
    expect(text.stdout).toMatch(/country +critical/);
    expect(text.stdout).not.toMatch(/\b(DE|CH)\b|129\.9/);
    const contract = await here(['contract', 'secret.json', 'moved.csv', '--show-values']);
    expect(contract.stdout).not.toMatch(/\b(DE|CH)\b|129\.9/);
    expect((await here(['compare', 'secret.json', 'same.csv'], {})).stderr).toContain(
      'DRIFTSPAN_SENSITIVE_KEY: met no key',
    );
    const other = { DRIFTSPAN_SENSITIVE_KEY: 'another key of 16 bytes' };
    expect((await here(['compare', 'secret.json', 'same.csv'], other)).stderr).toContain('ERR_BASELINE_KEY');
  });

  it('ends a real process with the same status, its result alone on stdout', async () => {
    const result = await runCommand(['compare', 'shop.json', '-', '--format', 'csv', '--json'], {
      cwd: folder.cwd,
      stdin: csv(moved(3000)),
    });
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect((JSON.parse(result.stdout) as Comparison).current.source).toBe('standard input');
  });
});
