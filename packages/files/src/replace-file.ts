import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { accessing } from './accessing.js';
import type { FileErrorCode } from './errors.js';

/**
 * Writes a file so that a reader sees the old one or the whole new one: beside it first, then renamed over it.
 * A link at `path` is replaced, not followed.
 *
 * @throws FileError (by rejection) with `code` for a place that can't be written, with the system's error as its cause.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  code: FileErrorCode = 'ERR_OUTPUT_FILE',
): Promise<void> {
  const name = basename(path);
  const beside = join(dirname(path), `.${name}.${randomUUID()}.tmp`);
  await accessing(code, name, 'a place that can be written', async () => {
    try {
      const handle = await open(beside, 'wx');
      try {
        await handle.writeFile(content);
        // Renamed before its bytes are on the disk, a file may be empty after a power failure.
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => {});
      throw error;
    }
  });
}
