import { constants, type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Baseline, MAX_BASELINE_BYTES, parseBaseline, SketchError, stringifyBaseline } from '@driftspan/sketch';
import { accessing } from './accessing.js';
import { FileError } from './errors.js';
import { replaceFile } from './replace-file.js';

/**
 * The baseline in a file, deep-frozen. The file is untrusted: its size is looked at before its contents, at most 16 MB are
 * read, then every field is checked. Errors name the file by its base name.
 *
 * @throws FileError (by rejection) `ERR_BASELINE_FILE` for a file that can't be read, with the system's error as its cause;
 * SketchError `ERR_BASELINE_*` for what is in it, as `parseBaseline` does.
 */
export async function loadBaseline(path: string | URL): Promise<Baseline> {
  const file = filePath(path);
  const name = basename(file);
  const bytes = await accessing('ERR_BASELINE_FILE', name, 'a file that can be read', async () => {
    // Without O_NONBLOCK the opening of a named pipe waits for its writer.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readAll(handle, name);
    } finally {
      await handle.close();
    }
  });
  try {
    return parseBaseline(decoded(bytes));
  } catch (error) {
    if (!(error instanceof SketchError)) throw error;
    throw new SketchError(error.code, `${name}: ${error.where}`, error.met, error.expected, error.cause);
  }
}

/**
 * Writes a baseline's file so that a reader sees the old one or the whole new one: beside it first, then renamed over it.
 * A link at `path` is replaced, not followed.
 *
 * @throws FileError (by rejection) `ERR_BASELINE_FILE` for a place that can't be written, with the system's error as its
 * cause; SketchError `ERR_BASELINE_*` for a baseline that could not be loaded again.
 */
export async function saveBaseline(baseline: Baseline, path: string | URL): Promise<void> {
  await replaceFile(filePath(path), stringifyBaseline(baseline), 'ERR_BASELINE_FILE');
}

/** One byte more than the file should have, so that one that grows meanwhile is noticed. */
async function readAll(handle: FileHandle, name: string): Promise<Uint8Array> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw new FileError('ERR_BASELINE_FILE', name, 'something else', 'a file');
  const tooLarge = (size: number) =>
    new SketchError('ERR_BASELINE_TOO_LARGE', name, `${size} bytes or more`, `at most ${MAX_BASELINE_BYTES}`);
  if (stat.size > MAX_BASELINE_BYTES) throw tooLarge(stat.size);
  const bytes = new Uint8Array(stat.size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
  }
  throw new FileError('ERR_BASELINE_FILE', name, 'a file that grows while it is read', 'a file at rest');
}

/** A byte order mark, which some editors write, is taken off. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SketchError('ERR_BASELINE_JSON', 'baseline', `${bytes.length} bytes that are not UTF-8`, 'UTF-8', cause);
  }
}

function filePath(path: string | URL): string {
  if (typeof path === 'string') return path;
  try {
    return fileURLToPath(path);
  } catch (cause) {
    throw new FileError('ERR_BASELINE_FILE', 'path', String(path), 'a path or a file: URL', cause);
  }
}
