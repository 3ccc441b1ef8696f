import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { saveBaseline } from '@driftspan/files';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHere } from '../run-here.js';
import { everyKindBaseline, ROWS } from './baselines.js';

const FLIGHTS = fileURLToPath(
  new URL('../../../../examples/flight-delays/model/flight-delay.baseline.json', import.meta.url),
);
const SENSITIVE = fileURLToPath(
  new URL('../../../sketch/test/golden/driftspan.baseline.v1.sensitive.json', import.meta.url),
);
let cwd: string;
const inspect = (...args: string[]) => runHere(['inspect', ...args], { cwd });

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'driftspan-inspect-'));
  await saveBaseline(await everyKindBaseline(), join(cwd, 'kinds.json'));
  await writeFile(join(cwd, 'broken.json'), '{"schema":');
});
afterAll(async () => {
  await rm(cwd, { recursive: true });
});

it('says what the flights were learned from, and how far its budget is guaranteed', async () => {
  const { status, stdout, stderr } = await inspect(FLIGHTS);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('flight-delay 2013.01  classification, transforms 1\n');
  expect(stdout).toContain('27,004 rows, data/flights-2013.parquet');
  expect(stdout).toMatch(
    /of time over 30\.8 days, 877 rows a day; dependence measured on blocks of 23 min to\n {17}4 days\n/,
  );
  expect(stdout).toMatch(/\n {2}distance +numeric +16 +0 % +80 … 4,983 +1,007 +719 +[0-9a-f]{16}\n/);
  expect(stdout).toMatch(/\n {2}1d +877 +\d+ of 14 .* guaranteed\n/);
  expect(stdout).toMatch(/\n {2}28d .* not guaranteed\n/);
});

it('--feature shows every bin with its share as a bar', async () => {
  const { stdout } = await inspect(FLIGHTS, '--feature', 'origin');
  expect(stdout).toMatch(/\n {2}EWR +9,893 +36\.6 % +█{30}\n/);
  expect(stdout).toMatch(/\n {2}LGA +7,950 +29\.4 % +█+[▏▎▍▌▋▊▉]?\n/);
});

it('--feature of a measured feature shows all its parts', async () => {
  const { stdout } = await inspect('kinds.json', '--feature', 'note');
  for (const part of ['length', 'words', 'punctuation', 'digits', 'nonAscii', 'repeated']) {
    expect(stdout).toContain(`\nnote.${part}  numeric, part of note, text, `);
  }
});

it('a feature that is not there is refused with the nearest', async () => {
  const { status, stdout, stderr } = await inspect(FLIGHTS, '--feature', 'distanse');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('(ERR_USAGE)\nhint: did you mean distance?\n');
});

it('sensitive features are marked, and tell no number and no category', async () => {
  const { stdout } = await inspect(SENSITIVE);
  expect(stdout).toMatch(/\bnumeric, sensitive +\d+ +\S+ % +[0-9a-f]{16}\n/);
  expect(stdout).toMatch(/\bcategorical, sensitive +\d+ +\S+ % +[0-9a-f]{16}\n/);
  const { baselines } = JSON.parse((await inspect(SENSITIVE, '--json')).stdout);
  for (const { sensitive, kind, cells, ...facts } of baselines[0].features) {
    if (!sensitive) continue;
    for (const moment of ['min', 'max', 'mean', 'sd']) expect(facts).not.toHaveProperty(moment);
    if (kind !== 'categorical') continue;
    for (const cell of cells) expect(cell.bin).toMatch(/^(?:c\d+|other|missing|invalid)$/);
  }
});

it('--json has what the text has, of several files, and its counts add up', async () => {
  const { status, stdout } = await inspect('kinds.json', FLIGHTS, '--json');
  const { schema, baselines } = JSON.parse(stdout);
  expect([status, schema]).toEqual([0, 'driftspan.inspection/v1']);
  expect(baselines.map(({ file, rows }: { file: string; rows: number }) => [file, rows])).toEqual([
    ['kinds.json', ROWS],
    ['flight-delay.baseline.json', 27_004],
  ]);
  for (const { rows, features } of baselines) {
    for (const { values, missing, invalid, cells } of features) {
      expect(values + missing + invalid).toBe(rows);
      expect(cells.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(rows);
    }
  }
  expect(baselines[0].features.find(({ name }: { name: string }) => name === 'note.words').partOf).toEqual({
    name: 'note',
    kind: 'text',
  });
});

it('one file that is no baseline, and nothing is printed of the others', async () => {
  const { status, stdout, stderr } = await inspect(FLIGHTS, 'broken.json');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: broken\.json: .*ERR_BASELINE_JSON/);
});

it('fits the terminal by cutting names and leaving out what JSON has', async () => {
  const widest = async (columns: number) => {
    const { stdout } = await runHere(['inspect', FLIGHTS], { cwd, columns, env: { NO_COLOR: '1' } });
    return Math.max(...stdout.split('\n').map(line => line.length));
  };
  for (const columns of [80, 100, 120]) expect(await widest(columns)).toBeLessThanOrEqual(columns);
  expect(await widest(120)).toBeGreaterThan(100);
});
