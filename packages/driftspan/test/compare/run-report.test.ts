import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { csv, orders } from '../orders.js';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('driftspan report', () => {
  const folder = temporaryFolder();
  const run = (...args: readonly string[]) => runHere(['report', ...args], { cwd: folder.cwd });

  beforeAll(async () => {
    await writeFile(folder.path('train.csv'), csv(orders(3000)));
    const moved = orders(3000, ({ amount }) => ({ amount: amount === null ? null : amount + 200 }));
    await writeFile(folder.path('moved.csv'), csv(moved));
    await writeFile(folder.path('few.csv'), csv(orders(5)));
    const made = ['baseline', 'train.csv', '-o', 'shop.json', '--model', 'shop@1', '--exclude', 'placed,answer'];
    expect(await runHere(made, { cwd: folder.cwd })).toMatchObject({ status: 0 });
  });

  it('writes one page and says the verdict, with status 0 however bad it is', async () => {
    const result = await run('shop.json', 'moved.csv', '-o', 'page.html', '--title', 'July <shop>');
    expect(result).toMatchObject({ status: 0, stdout: '' });
    expect(result.stderr).toMatch(/^Critical: [\s\S]*wrote page\.html \([\d.]+ kB\)\n$/);
    const page = await readFile(folder.path('page.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain('July &lt;shop&gt;');
    expect(page).toContain('amount');
  });

  it('is the same page on standard output, alone there', async () => {
    await run('shop.json', 'moved.csv', '-o', 'page.html');
    const { stdout } = await run('shop.json', 'moved.csv', '-o', '-', '--quiet');
    expect(stdout).toBe(await readFile(folder.path('page.html'), 'utf8'));
  });

  it('fails only if asked to', async () => {
    expect(await run('shop.json', 'moved.csv', '-o', 'page.html', '--fail-on', 'warning')).toMatchObject({ status: 1 });
  });

  it('draws what could not be judged too', async () => {
    expect(await run('shop.json', 'few.csv', '-o', 'few.html')).toMatchObject({ status: 0 });
    expect(await readFile(folder.path('few.html'), 'utf8')).toContain('amount');
    expect(await run('shop.json', 'few.csv', '-o', 'none.html', '--fail-on', 'critical')).toMatchObject({ status: 2 });
    expect(await folder.names()).not.toContain('none.html');
  });

  it('needs a place to write to, which is no file that it reads', async () => {
    expect((await run('shop.json', 'moved.csv')).stderr).toContain('-o, --output <file>');
    const before = await readFile(folder.path('shop.json'), 'utf8');
    expect(await run('shop.json', 'moved.csv', '-o', 'shop.json')).toMatchObject({ status: 2 });
    expect(await readFile(folder.path('shop.json'), 'utf8')).toBe(before);
  });
});
