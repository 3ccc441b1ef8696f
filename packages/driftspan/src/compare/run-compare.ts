import { resolve } from 'node:path';
import { replaceFile } from '@driftspan/files';
import type { CompareFlags } from '../commands/compare.js';
import type { CommandContext } from '../program.js';
import { checkOutput } from '../request/output-place.js';
import { coloursOf } from '../terminal/colours.js';
import { note } from '../terminal/io.js';
import { printable } from '../terminal/words.js';
import { comparisonText } from './comparison-text.js';
import { checkJudged, fails } from './fail-on.js';
import { readComparison } from './read-comparison.js';

/** `driftspan compare`. */
export async function runCompare(
  baselineFile: string,
  files: readonly string[],
  flags: CompareFlags,
  { io, setStatus }: CommandContext,
): Promise<void> {
  const { output } = flags;
  if (output !== undefined) await checkOutput(output, [baselineFile, ...files], io);
  const read = await readComparison(baselineFile, files, flags, io);
  const { comparison } = read;
  const json = `${JSON.stringify(comparison)}\n`;
  if (flags.json === true) io.stdout.write(json);
  else io.stdout.write(comparisonText(read, coloursOf(io.stdout, io.env), io.stdout.columns));
  checkJudged(comparison, read.baseline);
  if (output !== undefined) {
    await replaceFile(resolve(io.cwd, output), json);
    note(io, `wrote ${printable(output)}`);
  }
  if (fails(comparison, flags.failOn ?? 'critical', flags.failOnUnjudged)) setStatus(1);
}
