import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSource, type SourceOptions } from '../../src/data/index.js';
import { refusal, TempFiles, valuesRead, withSource } from './temp-files.js';

const files = new TempFiles();
const refused = (options: SourceOptions | string) => refusal(withSource(options, async () => {}));

describe('paths', () => {
  test('and globs name files once, those of a glob by name', async () => {
    mkdirSync(files.path('months/deep'), { recursive: true });
    for (const [i, name] of ['b', 'a', 'c'].entries()) files.write(`months/${name}.csv`, `n,x\n${i},1\n`);
    files.write('months/deep/d.csv', 'n,x\n3,1\n');
    const options = { files: [files.path('months/b.csv'), files.path('months/*.csv')] };
    expect(await valuesRead(options, { n: 'numeric' })).toEqual([[0], [1], [2]]);
    const words = await withSource(options, async ({ description }) => description);
    expect(words).toBe('3 files: b.csv … c.csv');
    const deep = await withSource(files.path('months/**/*.csv'), async ({ description }) => description);
    expect(deep).toBe('4 files: a.csv … d.csv');
  });

  test('with the characters of globs and quotes in them name the file itself', async () => {
    const path = files.write("it's [1]*?.csv", 'n,x\n1,1\n');
    files.write("it's 1.csv", 'n,x\n2,1\n');
    expect(await valuesRead(path, { n: 'numeric' })).toEqual([[1]]);
  });

  test('that name nothing, a folder, an empty file or an address are refused', async () => {
    expect(await refused(files.path('nope.csv'))).toBe(
      'nope.csv: met no such file, expected a file that can be read (ERR_DATA_FILE)',
    );
    expect(await refused(files.path('nope-*.csv'))).toContain('nope-*.csv: met no file that fits');
    mkdirSync(files.path('folder'));
    expect(await refused(files.path('folder'))).toContain(
      'folder: met a folder, expected files (ERR_DATA_FILE) name the files',
    );
    expect(await refused(files.write('empty.csv', ''))).toContain('empty.csv: met an empty file');
    const address = await refused('https://user:secret@example.org/x.csv');
    expect(address).toContain(
      'https://…: met an address, expected a path: nothing is read over a network (ERR_DATA_FILE)',
    );
    expect(address).not.toContain('secret');
    expect(await refused('s3://bucket/x.parquet')).toContain('s3://…: met an address');
    expect(await refused({ files: [] })).toContain('ERR_USAGE');
  });
});

describe('the format', () => {
  test('is found by the first bytes where the name says nothing', async () => {
    const csv = files.write('data', 'n,x\n1,1\n');
    const json = files.write('more.log', ' {"n": 1}\n');
    const parquet = await files.copy('third.bin', 'SELECT 1 AS n');
    for (const [path, format] of [
      [csv, 'csv'],
      [json, 'jsonl'],
      [parquet, 'parquet'],
    ] as const) {
      expect(await withSource(path, async source => source.format)).toBe(format);
      expect(await valuesRead(path, { n: 'numeric' })).toEqual([[1]]);
    }
  });

  test('of the user is taken, whatever the name says', async () => {
    const path = files.write('misnamed.csv', '{"n": 1}\n');
    expect(await valuesRead({ files: [path], format: 'jsonl' }, { n: 'numeric' })).toEqual([[1]]);
  });

  test('and the compression are the same in all files', async () => {
    const csv = files.write('one.csv', 'n,x\n1,1\n');
    const json = files.write('two.jsonl', '{"n": 1}\n');
    expect(await refused({ files: [csv, json] })).toContain('two.jsonl: met jsonl, expected csv, as one.csv');
    const packed = files.write('three.csv.gz', gzipSync('n,x\n1,1\n'));
    expect(await refused({ files: [csv, packed] })).toContain(
      'three.csv.gz: met gzip compression, expected none compression, as one.csv',
    );
  });
});

describe('standard input', () => {
  test.each([
    ['CSV', () => Buffer.from('n,x\n1,1\n'), 'csv'],
    ['CSV with gzip', () => gzipSync('n,x\n1,1\n'), 'csv'],
    ['JSON lines', () => Buffer.from('{"n":1}\n'), 'jsonl'],
    ['a JSON array with gzip', () => gzipSync('[{"n":1}]'), 'jsonl'],
  ] as const)('of %s is read', async (_, bytes, format) => {
    const stdin = Readable.from([bytes()]);
    const read = await withSource({ files: ['-'] }, async source => [source.description, source.format], stdin);
    expect(read).toEqual(['standard input', format]);
  });

  test('of Parquet is read', async () => {
    const bytes = readFileSync(await files.copy('piped.parquet', 'SELECT 1 AS n'));
    const format = await withSource({ files: ['-'] }, async source => source.format, Readable.from([bytes]));
    expect(format).toBe('parquet');
  });

  test('that is wrong is told as such, not by the name of its copy', async () => {
    const opening = (text: string) => withSource({ files: ['-'] }, async () => {}, Readable.from([Buffer.from(text)]));
    expect(await refusal(opening(''))).toContain('standard input: met an empty file');
    expect(await refusal(opening('{"n":1}\n{"n":\n'))).toContain('standard input: met object 2: what is no JSON');
  });

  test('and named pipes are copied to a folder that only the owner sees, and that close takes away', async () => {
    const pipe = files.path('pipe.csv');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', `printf 'n,x\\n1,1\\n' > '${pipe}'`]);
    const source = await openSource({ files: [pipe] }, Readable.from([]));
    writer.kill();
    expect(source.description).toBe('pipe.csv');
    const { folder } = source.table.engine;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await source.close();
    await source.close();
    expect(existsSync(folder)).toBe(false);
  });
});

describe('the folder for temporary files', () => {
  const before = process.env['TMPDIR'];
  beforeAll(() => {
    mkdirSync(files.path('tmp'));
    process.env['TMPDIR'] = files.path('tmp');
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });

  test('goes when a file is refused', async () => {
    expect(await refused(files.write('bad.parquet', 'no Parquet at all'))).toContain('ERR_DATA_FORMAT');
    expect(readdirSync(files.path('tmp'))).toEqual([]);
  });

  test('goes with a process that ends without closing', () => {
    const path = files.write('open.csv', 'n,x\n1,1\n');
    const index = new URL('../../src/data/index.ts', import.meta.url).href;
    const program = `const { openSource } = await import('${index}');
      await openSource({ files: ['${path}'] }, process.stdin);
      console.log((await import('node:fs')).readdirSync(process.env.TMPDIR).filter(name => name.startsWith('driftspan-')).length);
      process.exit(3);`;
    const script = files.write('leaves.mts', program);
    const child = spawnSync(process.execPath, [
      '--import',
      import.meta.resolve('tsx'),
      '-C',
      '@driftspan/source',
      script,
    ]);
    expect([child.status, child.stdout.toString().trim(), child.stderr.toString()]).toEqual([3, '1', '']);
    expect(readdirSync(files.path('tmp')).filter(name => name.startsWith('driftspan-'))).toEqual([]);
  });
});

describe('options of DuckDB', () => {
  test('that it would not take are refused', async () => {
    const path = files.write('fine.csv', 'n,x\n1,1\n');
    expect(await refused({ files: [path], memory: 'lots' })).toContain('--memory: met lots');
    expect(await refused({ files: [path], threads: 0 })).toContain('--threads: met 0');
    expect(await valuesRead({ files: [path], memory: '200MB', threads: 1 }, { n: 'numeric' })).toEqual([[1]]);
  });
});
