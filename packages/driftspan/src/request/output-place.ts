import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CliError } from '../errors.js';
import type { Io } from '../terminal/io.js';
import { STDIN } from './open-files.js';

/** Standard output. */
export const STDOUT = '-';

/**
 * Refuses a place that could not be written, or that would write over what is read, before minutes are spent on reading.
 *
 * @throws CliError `ERR_USAGE`.
 */
export async function checkOutput(output: string, inputs: readonly string[], io: Io): Promise<void> {
  if (output === STDOUT) return;
  const place = resolve(io.cwd, output);
  await access(dirname(place), constants.W_OK).catch(cause => {
    throw new CliError(
      'ERR_USAGE',
      `-o ${output}`,
      'a folder that is not there or can not be written',
      'one that can',
      {
        cause,
      },
    );
  });
  const existing = await realpath(place).catch(() => undefined);
  if (existing === undefined) return;
  if ((await stat(existing)).isDirectory()) throw new CliError('ERR_USAGE', `-o ${output}`, 'a folder', 'a file in it');
  for (const input of inputs) {
    if (input === STDIN || (await realpath(resolve(io.cwd, input)).catch(() => undefined)) !== existing) continue;
    throw new CliError('ERR_USAGE', `-o ${output}`, 'a file that is also read', 'another file', {
      hint: 'give the result a name of its own: it would be written over the data',
    });
  }
}
