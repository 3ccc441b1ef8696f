import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT_SCHEMA, type ContractResult } from '../../src/contract/finding.js';
import { csv, jsonLines, orders } from '../orders.js';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('driftspan contract', () => {
  const folder = temporaryFolder();
  const run = (stdin: string | Uint8Array, ...args: readonly string[]) =>
    runHere(['contract', 'shop.json', '-', ...args], { cwd: folder.cwd, stdin });
  const findings = async (rows: readonly object[], ...args: readonly string[]) => {
    const result = await run(jsonLines(rows), '--json', ...args);
    expect(result.stderr).toBe('');
    const contract = JSON.parse(result.stdout) as ContractResult;
    expect(result.status).toBe(contract.kept ? 0 : 1);
    return contract.findings.map(({ level, check, column }) => `${level} ${check} ${column}`);
  };
  const sample = (change: Parameters<typeof orders>[1] = undefined) =>
    orders(200, change).map(({ amount, country, quantity }) => ({ amount, country, quantity }));

  beforeAll(async () => {
    const notes = ['Left at the door.', 'Please ring twice', 'none', 'ring the second bell, then wait!'];
    await writeFile(folder.path('train.csv'), csv(orders(6000)));
    await writeFile(
      folder.path('noted.jsonl'),
      jsonLines(orders(2000).map(({ amount }, i) => ({ amount, note: notes[i % notes.length] }))),
    );
    const make = async (...args: readonly string[]) =>
      expect(await runHere(['baseline', ...args, '--model', 'shop@1'], { cwd: folder.cwd })).toMatchObject({
        status: 0,
      });
    await make('train.csv', '-o', 'shop.json', '--exclude', 'placed,answer');
    await make('noted.jsonl', '-o', 'noted.json', '--feature', 'note:text');
  });

  it('is kept by a sample of the same form, with status 0', async () => {
    const result = await run(jsonLines(sample()));
    expect(result).toEqual({
      status: 0,
      stdout: 'kept: standard input (200 rows) has the form of what shop 1 was trained on, in all 3 features.\n',
      stderr: '',
    });
    expect(await findings(sample().slice(0, 1))).toEqual([]);
  });

  it('is kept by a sample that was chosen, and by columns in another order', async () => {
    expect(await findings(sample().filter(({ country }) => country === 'DE'))).toEqual([]);
    expect(await findings(sample().map(({ amount, country, quantity }) => ({ quantity, country, amount })))).toEqual(
      [],
    );
  });

  it('is broken, with status 1, by what a producer gets wrong', async () => {
    expect(await findings(sample().map(({ amount: _, ...row }) => row))).toEqual(['broken absent amount']);
    expect(await findings(sample().map(row => ({ ...row, quantity: String(row.quantity) })))).toEqual([
      'broken type quantity',
    ]);
    expect(await findings(sample().map(row => ({ ...row, amount: (row.amount ?? 0) * 1000 })))).toEqual([
      'broken unit amount',
    ]);
    expect(await findings(sample().map(row => ({ ...row, country: row.country.toLowerCase() })))).toEqual([
      'broken spelling country',
    ]);
    expect(await findings(sample().map(row => ({ ...row, country: `new ${row.country}` })))).toEqual([
      'broken unknown country',
    ]);
    expect(await findings(sample((_, i) => (i % 2 === 0 ? { amount: null } : {})))).toEqual(['broken missing amount']);
  });

  it('says in a sentence what is wrong and what training had', async () => {
    const rows = sample().map(row => ({ ...row, quantity: String(row.quantity), internal_id: 5 }));
    const { stdout } = await run(jsonLines(rows));
    expect(
      stdout,
    ).toBe(`broken: standard input (200 rows) does not have the form of what shop 1 was trained on: 1 fault.

Broken
  quantity (type)
    All 200 values are no number, but numbers sent as text, in quotes.
    In training: no such value.

Worth knowing
  internal_id (unread)
    The model does not read it.
`);
  });

  it('tells in a CSV a decimal comma, a unit and a word for a missing value', async () => {
    const file = (cell: (row: number) => string) =>
      `amount;country;quantity\n${orders(100)
        .map(({ country }, i) => `${cell(i)};${country};1\n`)
        .join('')}`;
    const sentence = async (cell: (row: number) => string) => {
      const { stdout } = await run(file(cell), '--json');
      return (JSON.parse(stdout) as ContractResult).findings[0]!.sentence;
    };
    expect(await sentence(() => '5,25')).toBe('All 100 values are no number, but numbers with a decimal comma.');
    expect(await sentence(i => (i % 4 === 0 ? '5 EUR' : '6'))).toBe(
      '25 of 100 values (25 %) are no number, but numbers with a unit beside them.',
    );
    expect(await sentence(i => (i === 4 ? 'N/A' : '6'))).toBe(
      '1 of 100 values (1 %) is no number, but words for a missing value, such as N/A, null or a dash.',
    );
  });

  it('lets pass what is allowed', async () => {
    const rows = sample().map(({ amount: _, ...row }) => ({ ...row, quantity: row.quantity + 1000 }));
    expect(await findings(rows)).toEqual(['broken absent amount', 'broken range quantity']);
    expect(await findings(rows, '--allow-missing', 'am*', '--allow-outside', 'quantity')).toEqual([
      'note absent amount',
      'note range quantity',
    ]);
  });

  it('finds the column of a feature that is measured', async () => {
    const args = ['contract', 'noted.json', '-', '--format', 'jsonl', '--json'];
    const result = await runHere(args, {
      cwd: folder.cwd,
      stdin: jsonLines(sample().map(({ amount }) => ({ amount }))),
    });
    expect(result.status).toBe(1);
    const contract = JSON.parse(result.stdout) as ContractResult;
    expect(contract.schema).toBe(CONTRACT_SCHEMA);
    expect(contract.findings.map(({ check, column }) => [check, column])).toEqual([['absent', 'note']]);
    const noted = async (note: unknown) => {
      const stdin = jsonLines(sample().map(({ amount }) => ({ amount, note })));
      const { stdout } = await runHere(args, { cwd: folder.cwd, stdin });
      return (JSON.parse(stdout) as ContractResult).findings.map(({ check, column }) => `${check} ${column}`);
    };
    expect(await noted(null)).toEqual(['missing note']);
    expect(await noted(5)).toEqual(['type note']);
    expect(await noted('A note that is longer, much longer, than any that the model was trained on: by far.')).toEqual([
      'range note.length',
      'range note.words',
    ]);
  });

  it('knows Latin-1 by what it breaks, and reads it if told', async () => {
    const rows = (country: string) => `amount,country,quantity\n${`5,${country},1\n`.repeat(60)}`;
    const latin1 = Buffer.from(rows('Österreich'), 'latin1');
    const untold = await run(latin1);
    expect(untold.status).toBe(2);
    expect(untold.stderr).toContain('--encoding latin-1');
    expect((await run(latin1, '--encoding', 'latin-1', '--json')).stdout).toContain('Österreich');
  });

  it.each([
    ['', 'ERR_DATA_EMPTY'],
    ['amount,country,quantity\n', 'ERR_DATA_EMPTY'],
    ['a;b;c\n1;2;3\n', 'ERR_DATA_COLUMN'],
    ['{"amount": 1', 'ERR_DATA_FORMAT'],
  ])('refuses %j as a sample', async (stdin, code) => {
    const result = await run(stdin);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(code);
  });
});
