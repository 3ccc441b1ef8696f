import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../errors.js';
import type { Engine } from './engine.js';
import { checkGzip } from './gzip-check.js';
import { sqlText } from './sql-text.js';

export type Compression = 'none' | 'gzip' | 'zstd';

export interface InputFile {
  /** Absolute. */
  readonly path: string;
  /** What a person is told: the base name, or `standard input`. */
  readonly name: string;
  /** By its first bytes: a name may lie. */
  readonly compression: Compression;
  /** As they stand in the file, compressed or not; at most 64 bytes. */
  readonly firstBytes: Uint8Array;
}

export const STANDARD_INPUT = 'standard input';
const FIRST_BYTES = 64;

/**
 * The files that paths and globs name, each once, in the order given and those of a glob by name. `-`, named pipes and the like are copied to the
 * engine's folder first: data is read more than once.
 *
 * @throws CliError `ERR_DATA_FILE` for one that is not there, is a folder or an address, or may not be read; `ERR_DATA_EMPTY` for one without a byte.
 */
export async function inputFiles(
  given: readonly string[],
  stdin: NodeJS.ReadableStream,
  engine: Engine,
): Promise<readonly InputFile[]> {
  const paths = new Map<string, InputFile>();
  for (const path of given) {
    for (const file of await filesOf(path, stdin, engine)) if (!paths.has(file.path)) paths.set(file.path, file);
  }
  if (paths.size === 0) throw new CliError('ERR_USAGE', 'files', 'none', 'a path, a glob, or - for standard input');
  return [...paths.values()];
}

async function filesOf(given: string, stdin: NodeJS.ReadableStream, engine: Engine): Promise<readonly InputFile[]> {
  if (given === '-') return [await spooled(stdin, STANDARD_INPUT, engine)];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) throw notAnAddress(given);
  const path = resolve(given);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error)) {
    if (found.isDirectory()) throw isFolder(given);
    if (!found.isFile()) return [await spooled(createReadStream(path), basename(path), engine)];
    return [await inputFile(path, basename(path))];
  }
  if (found.code === 'ENOENT' && /[*?[]/.test(given)) return globbed(given, engine);
  throw unreadable(basename(given), found);
}

async function globbed(pattern: string, engine: Engine): Promise<readonly InputFile[]> {
  const rows = await engine.rows(`SELECT file FROM glob(${sqlText(resolve(pattern))})`, pattern);
  // By code unit, whatever order the folder has: the order of rows decides ties of time.
  const paths = rows.map(([file]) => String(file)).sort();
  if (paths.length > 0) return Promise.all(paths.map(path => inputFile(path, basename(path))));
  throw new CliError('ERR_DATA_FILE', basename(pattern), 'no file that fits', 'a pattern that fits one file or more', {
    hint: '** stands for folders, * and ? for parts of a name',
  });
}

/** The path as DuckDB takes it, which reads every path as a glob. */
export function globSafe(path: string): string {
  return path.replaceAll(/[[*?]/g, '[$&]');
}

async function spooled(from: NodeJS.ReadableStream, name: string, engine: Engine): Promise<InputFile> {
  const path = join(engine.folder, `spooled-${spools++}`);
  try {
    await pipeline(from, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  } catch (error) {
    throw unreadable(name, error as NodeJS.ErrnoException);
  }
  return inputFile(path, name);
}

/** Two pipes of one source must not share a file. */
let spools = 0;

async function inputFile(path: string, name: string): Promise<InputFile> {
  const firstBytes = new Uint8Array(FIRST_BYTES);
  let length: number;
  try {
    await access(path, constants.R_OK);
    const handle = await open(path);
    try {
      length = (await handle.read(firstBytes, 0, FIRST_BYTES, 0)).bytesRead;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(name, error as NodeJS.ErrnoException);
  }
  if (length === 0) throw new CliError('ERR_DATA_EMPTY', name, 'an empty file', 'a file with rows');
  const bytes = firstBytes.subarray(0, length);
  const compression = compressionOf(bytes);
  if (compression === 'gzip') await checkGzip(path, name);
  return { path, name, compression, firstBytes: bytes };
}

function compressionOf(bytes: Uint8Array): Compression {
  const starts = (...magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);
  return starts(0x1f, 0x8b) ? 'gzip' : starts(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : 'none';
}

function unreadable(name: string, error: NodeJS.ErrnoException): CliError {
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    EISDIR: 'a folder',
    ENOSPC: 'no space left in the folder for temporary files',
  };
  const met = reasons[error.code ?? ''] ?? error.code ?? 'a failure';
  return new CliError('ERR_DATA_FILE', name, met, 'a file that can be read', { cause: error });
}

function isFolder(given: string): CliError {
  return new CliError('ERR_DATA_FILE', basename(given), 'a folder', 'files', {
    hint: `name the files in it, as '${given.replace(/\/+$/, '')}/*.parquet'`,
  });
}

function notAnAddress(given: string): CliError {
  const scheme = given.slice(0, given.indexOf('://'));
  return new CliError('ERR_DATA_FILE', `${scheme}://…`, 'an address', 'a path: nothing is read over a network', {
    hint: 'download it first, or pipe it in: curl -s <address> | driftspan … -',
  });
}
