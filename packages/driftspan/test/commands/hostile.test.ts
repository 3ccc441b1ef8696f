import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { loadBaseline } from '@driftspan/files';
import type { Comparison } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/program.js';
import { exportFlights } from '../flights.js';
import { csv, jsonLines, orders } from '../orders.js';
import { memoryIo, runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

const MODEL = ['--model', 'shop@1'];

describe('data that is broken, or strange', () => {
  const folder = temporaryFolder();
  const write = (name: string, content: string | Uint8Array) => writeFile(folder.path(name), content);
  const baseline = (file: string, ...more: readonly string[]) =>
    runHere(['baseline', file, '-o', 'out.json', ...MODEL, ...more], { cwd: folder.cwd });

  beforeAll(async () => {
    await write('train.csv', csv(orders(3000)));
    const made = ['baseline', 'train.csv', '-o', 'shop.json', ...MODEL, '--exclude', 'placed,answer'];
    expect(await runHere(made, { cwd: folder.cwd })).toMatchObject({ status: 0 });
    await exportFlights(folder.path('whole.parquet'), 'month = 1');
    const parquet = await readFile(folder.path('whole.parquet'));
    await write('truncated.parquet', parquet.subarray(0, parquet.length * 0.6));
    await write('beginning.parquet', parquet.subarray(0, 100));
    const hole = Buffer.from(parquet);
    hole.fill(0xff, 5000, 60_000);
    await write('hole.parquet', hole);
    await write('text.parquet', csv(orders(1000)));
    const rows = csv(orders(2000)).split('\n');
    await write(
      'delimiter.csv',
      [...rows.slice(0, 1500), ...rows.slice(1500).map(row => row.replaceAll(',', ';'))].join('\n'),
    );
    await write('short-row.csv', [...rows.slice(0, 1200), 'DE,5', ...rows.slice(1200)].join('\n'));
    await write(
      'quote.csv',
      [...rows.slice(0, 1200), '2026-01-01T00:00:00.000Z,5,"DE,1,pass', ...rows.slice(1200)].join('\n'),
    );
    await write('half.csv.gz', gzipSync(csv(orders(2000))).subarray(0, 5000));
    await write('latin.csv', Buffer.from(csv(orders(1200, () => ({ country: 'Österreich' }))), 'latin1'));
    await write('broken.jsonl', `${jsonLines(orders(1200))}{"amount": \n${jsonLines(orders(10))}`);
    await write(
      'mixed.jsonl',
      jsonLines(orders(2000, (_, i) => (i % 2 === 0 ? { amount: 'five' as unknown as number } : {}))),
    );
    await write('empty.csv', '');
    await write('header.csv', 'amount,country\n');
    await write('one-row.csv', csv(orders(1)));
    await write('twice.csv', 'a,b,a\n1,2,3\n');
    await write('people.csv', csv(orders(1200).map((order, i) => ({ ...order, email: `jane${i % 40}@example.org` }))));
    await write('wide.csv', wide(10_000, 5));
    await write('wider.csv', wide(1500, 1000));
  });

  it.each([
    ['truncated.parquet', 'ERR_DATA_FORMAT'],
    ['beginning.parquet', 'ERR_DATA_FORMAT'],
    ['hole.parquet', 'ERR_DATA_FORMAT'],
    ['text.parquet', 'ERR_DATA_FORMAT'],
    ['delimiter.csv', 'ERR_DATA_FORMAT'],
    ['short-row.csv', 'ERR_DATA_FORMAT'],
    ['quote.csv', 'ERR_DATA_FORMAT'],
    ['half.csv.gz', 'ERR_DATA_FORMAT'],
    ['latin.csv', 'ERR_DATA_ENCODING'],
    ['broken.jsonl', 'ERR_DATA_FORMAT'],
    ['mixed.jsonl', 'ERR_DATA_KIND'],
    ['empty.csv', 'ERR_DATA_EMPTY'],
    ['header.csv', 'ERR_DATA_EMPTY'],
    ['one-row.csv', 'ERR_BASELINE_TOO_SMALL'],
    ['twice.csv', 'ERR_DATA_COLUMN'],
    ['people.csv', 'ERR_DATA_PERSONAL'],
    ['wide.csv', 'ERR_DATA_COLUMNS'],
    ['none.csv', 'ERR_DATA_FILE'],
    ['none-*.csv', 'ERR_DATA_FILE'],
    ['.', 'ERR_DATA_FILE'],
    ['https://example.org/train.parquet', 'ERR_DATA_FILE'],
  ])('%s is refused with %s, and nothing is left', async (file, code) => {
    const before = await folder.names();
    const exclude = /^(truncated|beginning|hole)|none|^\.|^https|header|twice|wide/.test(file)
      ? []
      : ['--exclude', 'placed'];
    const result = await baseline(file, ...exclude);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(`(${code})`);
    // Neither a stack nor a value of a row.
    expect(result.stderr).not.toMatch(/ {4}at |jane|Österreich|five/);
    expect(await folder.names()).toEqual(before);
  });

  it.each(['truncated.parquet', 'delimiter.csv', 'quote.csv', 'half.csv.gz', 'latin.csv', 'broken.jsonl', 'empty.csv'])(
    '%s is no drift and no broken contract, but an error',
    async file => {
      const before = await folder.names();
      for (const args of [
        ['compare', 'shop.json', file, '-o', 'out.json'],
        ['report', 'shop.json', file, '-o', 'out.html'],
        ['contract', 'shop.json', file],
      ]) {
        const result = await runHere(args, { cwd: folder.cwd });
        expect(result).toMatchObject({ status: 2, stdout: '' });
        expect(result.stderr).not.toContain('    at ');
      }
      expect(await folder.names()).toEqual(before);
    },
  );

  it('reads Latin-1 if told', async () => {
    expect(await baseline('latin.csv', '--encoding', 'latin-1', '--exclude', 'placed')).toMatchObject({ status: 0 });
    const { features } = await loadBaseline(folder.path('out.json'));
    expect(features.find(({ name }) => name === 'country')).toMatchObject({ categories: ['Österreich'] });
  });

  it('counts a column of mixed types as told', async () => {
    const told = ['--feature', 'amount:numeric', '--exclude', 'placed'];
    expect(await baseline('mixed.jsonl', ...told)).toMatchObject({ status: 0 });
    expect((await loadBaseline(folder.path('out.json'))).features[0]).toMatchObject({ name: 'amount', invalid: 1000 });
  });

  it('takes some of 1,500 columns', async () => {
    expect(await baseline('wider.csv', '--only', 'c1,c2,c77*')).toMatchObject({ status: 0 });
    const { features } = await loadBaseline(folder.path('out.json'));
    expect(features).toHaveLength(2 + 11);
  });

  it('leaves out what is missing throughout and keeps what is constant, and says so', async () => {
    await write('bare.csv', csv(orders(1200).map(order => ({ ...order, nothing: '', same: 5 }))));
    const result = await baseline('bare.csv', '--exclude', 'placed');
    expect(result.status).toBe(0);
    expect(result.stderr).toMatch(/nothing +\S+ +excluded/);
    const names = (await loadBaseline(folder.path('out.json'))).features.map(({ name }) => name);
    expect(names).toEqual(['amount', 'country', 'quantity', 'answer', 'same']);
    const compared = await runHere(['compare', 'out.json', 'bare.csv', '--json'], { cwd: folder.cwd });
    expect(compared.status).toBe(0);
    expect((JSON.parse(compared.stdout) as Comparison).verdict).toBe('ok');
  });

  it('survives names that are awkward', async () => {
    const long = 'x'.repeat(300);
    const names = ['__proto__', 'constructor', `a "b" 'c'`, 'é\u0301 ✓', 'a,b', '', long, 'toString', 'select'];
    const header = names.map(name => `"${name.replaceAll('"', '""')}"`).join(',');
    await write('names.csv', `${header}\n${'1,2,3,4,5,6,7,8,9\n'.repeat(1200)}`);
    const result = await baseline('names.csv');
    expect(result.status).toBe(0);
    expect(result.stderr).not.toContain(long);
    const kept = async () => (await loadBaseline(folder.path('out.json'))).features.map(({ name }) => name);
    // `__proto__`, an empty name and one of 300 characters can be no feature.
    expect(await kept()).toEqual(['constructor', `a "b" 'c'`, 'é\u0301 ✓', 'a,b', 'toString', 'select']);
    const only = ['--only', 'constructor', '--only', `a "b" 'c'`, '--only', 'a\\,b,toString'];
    expect(await baseline('names.csv', ...only)).toMatchObject({ status: 0 });
    expect(await kept()).toEqual(['constructor', `a "b" 'c'`, 'a,b', 'toString']);
  });

  it('ends when it is interrupted while it waits for standard input, and leaves nothing', async () => {
    const before = await folder.names();
    const controller = new AbortController();
    const stdin = new Readable({ read: () => controller.abort('SIGINT') });
    const io = memoryIo({ cwd: folder.cwd, signal: controller.signal });
    expect(await run(['baseline', '-', '-o', 'out-2.json', ...MODEL], { ...io, stdin })).toBe(130);
    expect(io.stderr.text).toBe('cancelled\n');
    expect(await folder.names()).toEqual(before);
  });
});

function wide(columns: number, rows: number): string {
  const line = (cell: (column: number) => string | number) =>
    `${Array.from({ length: columns }, (_, i) => cell(i)).join(',')}\n`;
  return line(i => `c${i}`) + Array.from({ length: rows }, (_, row) => line(i => (row * (i + 7)) % 101)).join('');
}
