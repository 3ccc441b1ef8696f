import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Baseline, bindBaseline, MAX_BASELINE_BYTES, stringifyBaseline } from '@driftspan/sketch';
import { expect, onTestFinished, test } from 'vitest';
import { loadBaseline, saveBaseline } from '../src/index.js';
import { rideBaseline, rideModel } from './ride.js';

async function folderForTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driftspan-baseline-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const refusal = (code: string) => expect.objectContaining({ code, message: expect.stringContaining('b.json') });

test('what is saved is loaded again, by path and by URL, and fits its model', async () => {
  const path = join(await folderForTest(), 'b.json');
  const baseline = await rideBaseline('saved');
  await saveBaseline(baseline, path);
  expect(await loadBaseline(path)).toEqual(baseline);
  await saveBaseline(baseline, pathToFileURL(path));
  const loaded = await loadBaseline(pathToFileURL(path));
  expect(loaded).toEqual(baseline);
  expect(await readFile(path, 'utf8')).toBe(stringifyBaseline(baseline));
  bindBaseline(loaded, rideModel('saved'));
});

test('saving replaces the old file whole and leaves nothing beside it', async () => {
  const folder = await folderForTest();
  const path = join(folder, 'b.json');
  await writeFile(path, 'x'.repeat(100_000));
  const baseline = await rideBaseline('replaced');
  await saveBaseline(baseline, path);
  expect(await loadBaseline(path)).toEqual(baseline);
  expect(await readdir(folder)).toEqual(['b.json']);
});

test('a save that fails keeps the old file and leaves nothing beside it', async () => {
  const folder = await folderForTest();
  await mkdir(join(folder, 'b.json'));
  const baseline = await rideBaseline('unsaved');
  await expect(saveBaseline(baseline, join(folder, 'b.json'))).rejects.toEqual(refusal('ERR_BASELINE_FILE'));
  expect(await readdir(folder)).toEqual(['b.json']);
  await expect(saveBaseline(baseline, join(folder, 'nowhere', 'b.json'))).rejects.toMatchObject({
    code: 'ERR_BASELINE_FILE',
    met: expect.stringContaining('ENOENT'),
  });
});

test('a baseline that could not be loaded is not written', async () => {
  const folder = await folderForTest();
  const edited = { ...(await rideBaseline('edited')), rows: 999_999 } as Baseline;
  await expect(saveBaseline(edited, join(folder, 'b.json'))).rejects.toMatchObject({ name: 'SketchError' });
  expect(await readdir(folder)).toEqual([]);
});

test('a missing file, a folder and a pipe are named by their base name, with the reason', async () => {
  const folder = await folderForTest();
  const missing = await loadBaseline(join(folder, 'b.json')).catch((error: unknown) => error);
  expect(missing).toMatchObject({
    name: 'FileError',
    code: 'ERR_BASELINE_FILE',
    where: 'b.json',
    met: expect.stringContaining('no such file'),
    cause: expect.objectContaining({ code: 'ENOENT' }),
  });
  expect((missing as Error).message).not.toContain(folder);
  await mkdir(join(folder, 'folder-b.json'));
  await expect(loadBaseline(join(folder, 'folder-b.json'))).rejects.toEqual(refusal('ERR_BASELINE_FILE'));
  execFileSync('mkfifo', [join(folder, 'pipe-b.json')]);
  await expect(loadBaseline(join(folder, 'pipe-b.json'))).rejects.toEqual(refusal('ERR_BASELINE_FILE'));
  await expect(loadBaseline(new URL('https://example.com/b.json'))).rejects.toEqual(refusal('ERR_BASELINE_FILE'));
});

test('a file over the limit is refused unread, and one at the limit is read', async () => {
  const path = join(await folderForTest(), 'b.json');
  const text = stringifyBaseline(await rideBaseline('large'));
  await writeFile(path, text.padEnd(MAX_BASELINE_BYTES));
  expect((await loadBaseline(path)).model.name).toBe('large');
  await truncate(path, 40 * MAX_BASELINE_BYTES);
  await expect(loadBaseline(path)).rejects.toEqual(refusal('ERR_BASELINE_TOO_LARGE'));
});

test('a link is followed when it is read', async () => {
  const folder = await folderForTest();
  const baseline = await rideBaseline('linked');
  await saveBaseline(baseline, join(folder, 'real.json'));
  await symlink('real.json', join(folder, 'b.json'));
  expect(await loadBaseline(join(folder, 'b.json'))).toEqual(baseline);
});

test('a byte order mark is taken off', async () => {
  const path = join(await folderForTest(), 'b.json');
  const baseline = await rideBaseline('marked');
  await writeFile(path, `\uFEFF${stringifyBaseline(baseline)}`);
  expect(await loadBaseline(path)).toEqual(baseline);
});

test.each<[string, string, (text: string) => string | Uint8Array]>([
  ['empty', 'ERR_BASELINE_JSON', () => ''],
  ['truncated', 'ERR_BASELINE_JSON', text => text.slice(0, text.length / 2)],
  ['not UTF-8', 'ERR_BASELINE_JSON', text => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text)])],
  ['another format', 'ERR_BASELINE_SCHEMA', () => '{"schema":"driftspan.baseline/v9"}'],
  ['an edited count', 'ERR_BASELINE_ID', text => editedCounts(text)],
  ['__proto__ for a field', 'ERR_BASELINE_CORRUPT', text => text.replace('{', '{"__proto__":{"polluted":true},')],
  ['another id', 'ERR_BASELINE_ID', text => text.replace(/("id":\s*")[0-9a-f]{4}/, '$1ffff')],
])('a hostile file is refused by what is wrong with it: %s', async (_name, code, edit) => {
  const path = join(await folderForTest(), 'b.json');
  await writeFile(path, edit(stringifyBaseline(await rideBaseline('hostile'))));
  await expect(loadBaseline(path)).rejects.toMatchObject({
    name: 'SketchError',
    code,
    message: expect.stringContaining('b.json'),
  });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

/** One value moved from the first bin to the second: the sum stays. */
function editedCounts(text: string): string {
  const baseline = JSON.parse(text);
  const counts: number[] = baseline.features[0].counts;
  counts[0]! -= 1;
  counts[1]! += 1;
  return JSON.stringify(baseline);
}
