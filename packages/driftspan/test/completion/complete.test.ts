import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runHere } from '../run-here.js';

const FLIGHTS = fileURLToPath(
  new URL('../../../../examples/flight-delays/model/flight-delay.baseline.json', import.meta.url),
);

/** Candidates, and whether file names are asked for besides. */
async function complete(...words: string[]): Promise<{ readonly found: readonly string[]; readonly files: boolean }> {
  const { status, stdout, stderr } = await runHere(['complete', '--', ...words]);
  expect([status, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  return { found: lines.slice(0, -1).map(line => line.split('\t')[0]!), files: lines.at(-1) === ':0' };
}

it('commands, with what they do', async () => {
  const { found, files } = await complete('');
  expect(found).toEqual(expect.arrayContaining(['baseline', 'compare', 'inspect', 'doctor', 'completion', 'help']));
  expect(found).not.toContain('complete');
  expect(files).toBe(false);
  expect((await complete('do')).found).toEqual(['doctor']);
  expect((await complete('help', 'insp')).found).toEqual(['inspect']);
});

it('options of the command, those of all commands among them', async () => {
  const { found } = await complete('inspect', '--');
  expect(found).toEqual(expect.arrayContaining(['--feature', '--json', '--model', '--help', '--quiet']));
  expect((await complete('inspect', '--mo')).found).toEqual(['--model']);
});

it('the few words that an option or an argument takes', async () => {
  expect((await complete('rules', '--format', '')).found).toEqual(['yaml', 'json']);
  expect((await complete('dashboard', 'o')).found).toEqual(['overview']);
  expect((await complete('completion', '')).found).toEqual(['bash', 'zsh', 'fish', 'powershell']);
});

it('files where a file is meant, and nowhere else', async () => {
  expect(await complete('inspect', '')).toEqual({ found: [], files: true });
  expect(await complete('compare', 'a.json', 'b')).toEqual({ found: [], files: true });
  expect(await complete('dashboard', '-o', '')).toEqual({ found: [], files: true });
  expect(await complete('rules', '--tile', '')).toEqual({ found: [], files: false });
  expect(await complete('doctor', '--endpoint', '')).toEqual({ found: [], files: false });
});

it('features of the baseline that is named', async () => {
  const { found } = await complete('inspect', FLIGHTS, '--feature', 'p');
  expect(found).toEqual(['precip', 'pressure', 'prediction.label', 'prediction.confidence']);
  expect((await complete('inspect', 'nowhere.json', '--feature', '')).found).toEqual([]);
});

it('kinds once the column is written', async () => {
  expect((await complete('baseline', 'x.csv', '--feature', 'amount:')).found).toEqual([
    'amount:numeric',
    'amount:categorical',
    'amount:text',
    'amount:datetime',
    'amount:embedding',
  ]);
  expect((await complete('baseline', 'x.csv', '--feature', 'a:b:ca')).found).toEqual(['a:b:categorical']);
});
