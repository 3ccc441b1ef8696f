import { readFile, writeFile } from 'node:fs/promises';
import { loadBaseline } from '@driftspan/files';
import { beforeAll, describe, expect, it } from 'vitest';
import { csv, orders } from '../orders.js';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('driftspan merge', () => {
  const folder = temporaryFolder();
  const run = (...args: readonly string[]) => runHere(['merge', ...args], { cwd: folder.cwd });

  beforeAll(async () => {
    const all = orders(4000);
    const parts = {
      'a.csv': all.slice(0, 2000),
      'b.csv': all.slice(2000),
      'other.csv': orders(2000, ({ amount }) => ({ amount: amount === null ? null : amount + 55 })),
    };
    for (const [name, rows] of Object.entries(parts)) {
      await writeFile(folder.path(name), csv(rows));
      const args = [
        'baseline',
        name,
        '-o',
        name.replace('.csv', '.json'),
        '--model',
        'shop@1',
        '--exclude',
        'placed,answer',
      ];
      expect(await runHere(args, { cwd: folder.cwd })).toMatchObject({ status: 0 });
    }
  });

  it('adds baselines of equal bins exactly, and says so', async () => {
    const result = await run('a.json', 'b.json', '-o', 'all.json', '--exact');
    expect(result).toMatchObject({ status: 0, stdout: '' });
    expect(result.stderr).toContain('wrote all.json: 4,000 rows of 2 baselines, 3 features');
    expect(result.stderr).toContain('Every count is exact.');
    const merged = await loadBaseline(folder.path('all.json'));
    expect(merged).toMatchObject({ rows: 4000, model: { version: '1' }, provenance: { source: 'a.csv + b.csv' } });
  });

  it('says of other bins how many rows may stand wrong, and refuses them with --exact', async () => {
    const result = await run('a.json', 'other.json', '-o', 'near.json', '--model-version', '2', '--source', 'both');
    expect(result.status).toBe(0);
    expect(result.stderr).toMatch(/2 features exact\. [\s\S]*amount +[\d.]+ %/);
    const { model, provenance } = await loadBaseline(folder.path('near.json'));
    expect([model.version, provenance]).toEqual(['2', { source: 'both' }]);
    const before = await folder.names();
    const exact = await run('a.json', 'other.json', '-o', 'exact.json', '--exact');
    expect(exact).toMatchObject({ status: 2 });
    expect(exact.stderr).toContain('other bins in 1 feature: amount');
    expect(await folder.names()).toEqual(before);
  });

  it('says of an output that only some files have where it is missing', async () => {
    const args = ['baseline', 'b.csv', '-o', 'labelled.json', '--model', 'shop@1', '--exclude', 'placed'];
    expect(await runHere([...args, '--label', 'answer'], { cwd: folder.cwd })).toMatchObject({ status: 0 });
    const { stderr } = await run('a.json', 'labelled.json', '-o', 'some.json');
    expect(stderr).toContain('prediction.label: not in all of them');
    expect((await loadBaseline(folder.path('some.json'))).outputs[0]).toMatchObject({ missing: 2000 });
  });

  it('tells a machine with --json, and writes to standard output', async () => {
    const json = await run('a.json', 'b.json', '-o', 'all.json', '--json', '--quiet');
    expect(JSON.parse(json.stdout)).toMatchObject({
      rows: 4000,
      features: [{ name: 'amount', exact: true, unsure: 0 }, {}, {}],
    });
    const out = await run('a.json', 'b.json', '-o', '-', '--quiet');
    expect(out.stdout).toBe(await readFile(folder.path('all.json'), 'utf8'));
  });

  it('refuses one file, and what is no baseline', async () => {
    expect(await run('a.json', '-o', 'x.json')).toMatchObject({ status: 2 });
    expect((await run('a.json', 'a.csv', '-o', 'x.json')).stderr).toContain('ERR_BASELINE_JSON');
    expect(await folder.names()).not.toContain('x.json');
  });
});
