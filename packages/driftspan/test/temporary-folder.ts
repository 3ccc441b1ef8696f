import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder of a test file, taken away at its end. */
export interface TemporaryFolder {
  /** Of a file in it. */
  path(name: string): string;
  readonly cwd: string;
  /** Names in it, hidden ones too. */
  names(): Promise<readonly string[]>;
}

/** Made before the first test of the file that calls it. */
export function temporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftspan-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return {
    path: name => join(folder, name),
    get cwd() {
      return folder;
    },
    names: async () => (await readdir(folder)).sort(),
  };
}
