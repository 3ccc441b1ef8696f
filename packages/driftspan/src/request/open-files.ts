import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { DataSource } from '../data/index.js';
import type { Io } from '../terminal/io.js';
import type { SourceFlags } from './source-options.js';

/** Standard input. */
export const STDIN = '-';

/** Opens the data that a command was given; paths are those of its folder. The caller closes it. */
export async function openFiles(files: readonly string[], flags: SourceFlags, io: Io): Promise<DataSource> {
  const { openSource } = await import('../data/index.js');
  const { format, delimiter, encoding, where, memory, threads } = flags;
  // Standard input may never end: what waits for it ends with it.
  const stop = () => (io.stdin as Partial<Readable>).destroy?.();
  if (files.includes(STDIN)) io.signal.addEventListener('abort', stop, { once: true });
  return openSource(
    {
      files: files.map(file => pathOf(file, io.cwd)),
      ...(format === undefined ? undefined : { format }),
      ...(delimiter === undefined ? undefined : { delimiter }),
      ...(encoding === undefined ? undefined : { encoding }),
      ...(where === undefined ? undefined : { where }),
      ...(memory === undefined ? undefined : { memory }),
      ...(threads === undefined ? undefined : { threads }),
    },
    io.stdin,
  );
}

/** A URL stays one, so that it is refused as such. */
export function pathOf(file: string, cwd: string): string {
  return file === STDIN || /^[a-z][a-z0-9+.-]*:\/\//i.test(file) ? file : resolve(cwd, file);
}

/** Where rows came from, as it stands in files and reports: without folders. */
export function sourceWords({ description }: DataSource, where: string | undefined): string {
  return where === undefined ? description : `${description}, where ${where}`;
}
