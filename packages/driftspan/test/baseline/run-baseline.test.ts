import { readFile, symlink, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { loadBaseline } from '@driftspan/files';
import { beforeAll, describe, expect, it } from 'vitest';
import { csv, jsonLines, orders } from '../orders.js';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

const MODEL = ['--model', 'shop@1'];

describe('driftspan baseline', () => {
  const folder = temporaryFolder();
  beforeAll(async () => {
    await writeFile(folder.path('orders.csv'), csv(orders(2000)));
    await writeFile(folder.path('orders.jsonl'), jsonLines(orders(2000)));
  });

  const run = (...args: readonly string[]) => runHere(['baseline', ...args], { cwd: folder.cwd });

  it('says what each column is taken for and why, then what was written and what comes next', async () => {
    const result = await runHere(
      ['baseline', 'orders.csv', '-o', 'a.json', ...MODEL, '--label', 'answer', '--exclude', 'placed'],
      { cwd: folder.cwd, columns: 80 },
    );
    expect(result).toMatchObject({ status: 0, stdout: '' });
    const lines = stripVTControlCharacters(result.stderr).split('\n');
    const line = (start: string) => lines.find(text => text.trimStart().startsWith(start));
    expect(line('column')).toMatch(/column +used as +distinct +missing +why/);
    expect(line('amount')).toMatch(/amount +numeric +\S+ +2 % +numbers/);
    expect(line('country')).toMatch(/country +categorical +4 +text, 4 categories/);
    expect(line('answer')).toMatch(/answer +prediction label +2 +named on the command line/);
    expect(line('placed')).toMatch(/placed +excluded .* named on the command line/);
    expect(line('wrote')).toMatch(/^wrote a.json: 2,000 rows, 3 features, 1 output, [\d.]+ kB, in [\d.]+ m?s\.$/);
    expect(result.stderr).toContain('--time-column');
    expect(result.stderr).toContain('Next: driftspan inspect a.json');
    expect(lines.every(text => text.length <= 100)).toBe(true);
  });

  it('measures how rows hang together where their time is known, and says so', async () => {
    const result = await run(
      'orders.csv',
      '-o',
      'timed.json',
      ...MODEL,
      '--time-column',
      'placed',
      '--exclude',
      'answer',
    );
    expect(result.stderr).toContain('was measured over 33 h');
    expect((await loadBaseline(folder.path('timed.json'))).dependence?.spanMs).toBe(1999 * 60_000);
    const ordered = await run(
      'orders.csv',
      '-o',
      'ordered.json',
      ...MODEL,
      '--time-ordered',
      '--exclude',
      'answer,placed',
    );
    expect(ordered.stderr).toContain('was measured over 2,000 rows in order');
  });

  it('keeps no clock, no folder and no host in the file', async () => {
    const args = [...MODEL, '--exclude', 'placed'];
    await run(folder.path('orders.csv'), '-o', 'first.json', ...args);
    await run('orders.csv', '-o', 'second.json', ...args);
    const [first, second] = await Promise.all(
      ['first.json', 'second.json'].map(name => readFile(folder.path(name), 'utf8')),
    );
    expect(first).toBe(second);
    expect(JSON.parse(first!).provenance).toEqual({ source: 'orders.csv' });
    await run(
      'orders.csv',
      '-o',
      'third.json',
      ...args,
      '--source',
      'the shop',
      '--created-at',
      '2026-02-01T00:00:00Z',
    );
    expect((await loadBaseline(folder.path('third.json'))).provenance).toEqual({
      source: 'the shop',
      createdAt: '2026-02-01T00:00:00Z',
    });
    await run('orders.csv', '-o', 'fourth.json', ...args, '--where', "country <> 'AT'");
    expect((await loadBaseline(folder.path('fourth.json'))).provenance?.source).toBe(
      "orders.csv, where country <> 'AT'",
    );
  });

  it('says from when to when the rows were, where a column tells', async () => {
    const timed = ['--time-column', 'placed'];
    await run('orders.csv', '-o', 'dated.json', ...MODEL, ...timed);
    const { provenance } = await loadBaseline(folder.path('dated.json'));
    expect(provenance).toEqual({ source: 'orders.csv, 2026-01-01 to 2026-01-02' });
    await run('orders.csv', '-o', 'named.json', ...MODEL, ...timed, '--source', 'the shop');
    expect((await loadBaseline(folder.path('named.json'))).provenance).toEqual({ source: 'the shop' });
  });

  it('only looks with --dry-run, as a table or as JSON', async () => {
    const before = await folder.names();
    const table = await run('orders.csv', '--dry-run', '--exclude', 'placed');
    expect(table).toMatchObject({ status: 0, stderr: '' });
    expect(table.stdout).toMatch(/quantity +\S+ +numeric +9/);
    const json = await run('orders.csv', '--dry-run', '--json', '--exclude', 'placed');
    const { columns } = JSON.parse(json.stdout) as { columns: { name: string }[] };
    expect(columns.map(({ name }) => name)).toEqual(['placed', 'amount', 'country', 'quantity', 'answer']);
    expect(columns[1]).toMatchObject({ use: 'feature', kind: 'numeric', rows: 2000, missing: 40, reason: 'numbers' });
    expect(await folder.names()).toEqual(before);
  });

  it('tells a machine what it did with --json, and nobody anything with --quiet', async () => {
    const json = await run('orders.jsonl', '-o', 'j.json', ...MODEL, '--json', '--quiet', '--exclude', 'placed');
    expect(json).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      file: 'j.json',
      model: { name: 'shop', version: '1' },
      rows: 2000,
      features: 4,
      outputs: 0,
      dependence: false,
    });
  });

  it('takes kinds, limits and choices by hand', async () => {
    const chosen = ['--feature', 'quantity:categorical:3', '--only', 'quantity,amount', '--transforms', '2'];
    expect(await run('orders.csv', '-o', 'k.json', ...MODEL, ...chosen)).toMatchObject({ status: 0 });
    const { features, model } = await loadBaseline(folder.path('k.json'));
    expect(features.map(({ name, kind }) => [name, kind])).toEqual([
      ['amount', 'numeric'],
      ['quantity', 'categorical'],
    ]);
    expect(features[1]).toMatchObject({ categories: { length: 3 } });
    expect(model).toEqual({ name: 'shop', version: '1', transforms: '2' });
  });

  it('hashes sensitive categories under a key of the environment, which is never on a command line', async () => {
    const args = [
      'baseline',
      'orders.csv',
      '-o',
      's.json',
      ...MODEL,
      '--sensitive',
      'country,amount',
      '--exclude',
      'placed',
    ];
    const none = await runHere(args, { cwd: folder.cwd });
    expect(none).toMatchObject({ status: 2 });
    expect(none.stderr).toContain('DRIFTSPAN_SENSITIVE_KEY: met no key');
    expect(none.stderr).toContain('hint: make one with `openssl rand -hex 32`');
    const env = { DRIFTSPAN_SENSITIVE_KEY: 'a key of sixteen bytes' };
    const keyed = await runHere(args, { cwd: folder.cwd, env });
    expect(keyed.status).toBe(0);
    const text = await readFile(folder.path('s.json'), 'utf8');
    expect(text).not.toMatch(/"DE"|99\.9|sixteen/);
    expect(keyed.stderr).not.toMatch(/99\.9/);
  });

  it.each([
    [['orders.csv', ...MODEL], '-o: met nothing', '--dry-run'],
    [['orders.csv', '-o', 'x.json'], '--model: met nothing', 'flight-delay@2013.01'],
    [['orders.csv', '-o', 'x.json', '--model', 'shop'], '--model: met "shop"', 'flight-delay@2013.01'],
    [['orders.csv', '-o', '-', '--json', ...MODEL], '--json: met it together with -o -', ''],
    [['orders.csv', '-o', 'none/x.json', ...MODEL], 'a folder that is not there', ''],
    [['orders.csv', '-o', 'orders.csv', ...MODEL], 'a file that is also read', 'a name of its own'],
    [['orders.csv', '-o', 'x.json', ...MODEL, '--created-at', 'today'], 'createdAt', ''],
    [['orders.csv', '-o', 'x.json', ...MODEL, '--task', 'guessing'], "'guessing' is invalid", 'classification'],
    [['orders.csv', '-o', 'x.json', ...MODEL, '--feature', 'amount:number'], 'Expected <column>:<kind>', ''],
    [['orders.csv', '-o', 'x.json', ...MODEL, '--label', 'anwser'], 'anwser', 'answer'],
  ])('refuses %j and leaves everything as it was', async (args, met, hint) => {
    const before = await folder.names();
    const result = await run(...args);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(met);
    expect(result.stderr).toContain(hint);
    expect(result.stderr).not.toContain('    at ');
    expect(await folder.names()).toEqual(before);
  });

  it('does not write over the data through a link either', async () => {
    await symlink(folder.path('orders.csv'), folder.path('link.json'));
    const before = await readFile(folder.path('orders.csv'), 'utf8');
    expect(await run('orders.csv', '-o', 'link.json', ...MODEL)).toMatchObject({ status: 2 });
    expect(await readFile(folder.path('orders.csv'), 'utf8')).toBe(before);
  });

  it('leaves an older baseline alone if the new one fails', async () => {
    await run('orders.csv', '-o', 'old.json', ...MODEL, '--exclude', 'placed');
    const before = await readFile(folder.path('old.json'), 'utf8');
    const failed = await run(
      'orders.csv',
      '-o',
      'old.json',
      ...MODEL,
      '--exclude',
      'placed',
      '--where',
      'quantity > 100',
    );
    expect(failed).toMatchObject({ status: 2 });
    expect(await readFile(folder.path('old.json'), 'utf8')).toBe(before);
  });

  it('stops when it is interrupted, and writes nothing', async () => {
    const before = await folder.names();
    const result = await runHere(['baseline', 'orders.csv', '-o', 'late.json', ...MODEL, '--exclude', 'placed'], {
      cwd: folder.cwd,
      signal: AbortSignal.abort('SIGINT'),
    });
    expect(result.status).toBe(130);
    expect(await folder.names()).toEqual(before);
  });
});
