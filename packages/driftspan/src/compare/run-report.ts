import { resolve } from 'node:path';
import { replaceFile } from '@driftspan/files';
import { renderReport } from '@driftspan/report';
import type { ReportFlags } from '../commands/report.js';
import type { CommandContext } from '../program.js';
import { checkOutput, STDOUT } from '../request/output-place.js';
import { coloursOf } from '../terminal/colours.js';
import { note } from '../terminal/io.js';
import { bytes, printable } from '../terminal/words.js';
import { proseWidth, wrapped } from '../terminal/wrapped.js';
import { verdictSentence } from './comparison-text.js';
import { checkJudged, fails } from './fail-on.js';
import { readComparison } from './read-comparison.js';

/** `driftspan report`: without `--fail-on` the page is written even where nothing could be judged, since it shows how far things lie apart. */
export async function runReport(
  baselineFile: string,
  files: readonly string[],
  flags: ReportFlags,
  { io, setStatus }: CommandContext,
): Promise<void> {
  const { output, title, failOn = 'never' } = flags;
  await checkOutput(output, [baselineFile, ...files], io);
  const read = await readComparison(baselineFile, files, flags, io);
  const { comparison } = read;
  if (failOn !== 'never') checkJudged(comparison, read.baseline);
  const page = renderReport(comparison, title === undefined ? {} : { title });
  if (output === STDOUT) io.stdout.write(page);
  else await replaceFile(resolve(io.cwd, output), page);
  const colours = coloursOf(io.stderr, io.env);
  const width = proseWidth(io.stderr.columns);
  const absent = read.absent.map(column => `column ${printable(column)} is not in the data\n`).join('');
  const place = output === STDOUT ? '' : `\nwrote ${printable(output)} (${bytes(Buffer.byteLength(page))})`;
  note(io, `${absent}${wrapped(verdictSentence(comparison, colours), width).join('\n')}${place}`);
  if (fails(comparison, failOn, flags.failOnUnjudged)) setStatus(1);
}
