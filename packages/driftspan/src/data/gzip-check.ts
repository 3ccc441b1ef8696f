import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CliError } from '../errors.js';

/**
 * Unpacks a gzip file to nowhere. DuckDB takes one that ends too early for a shorter one, and would learn from half of the data without a word.
 * Costs 4 ms a megabyte unpacked.
 *
 * @throws CliError `ERR_DATA_FORMAT` for a file that is truncated or damaged.
 */
export async function checkGzip(path: string, name: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere);
  } catch (cause) {
    throw new CliError('ERR_DATA_FORMAT', name, 'compressed data that is damaged, or ends too early', 'a whole file', {
      cause,
    });
  }
}
