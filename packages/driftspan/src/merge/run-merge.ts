import { basename, resolve } from 'node:path';
import { loadBaseline, saveBaseline } from '@driftspan/files';
import { type Baseline, type MergedFeature, mergeBaselines, stringifyBaseline } from '@driftspan/sketch';
import type { MergeFlags } from '../commands/merge.js';
import { CliError } from '../errors.js';
import { checkOutput, STDOUT } from '../request/output-place.js';
import { coloursOf } from '../terminal/colours.js';
import { type Io, note } from '../terminal/io.js';
import { plural } from '../terminal/words.js';
import { proseWidth } from '../terminal/wrapped.js';
import { mergedText } from './merged-text.js';

/** `driftspan merge`. */
export async function runMerge(files: readonly string[], flags: MergeFlags, io: Io): Promise<void> {
  const { output, modelVersion, source } = flags;
  if (files.length < 2) {
    throw new CliError('ERR_USAGE', 'baselines', '1 file', '2 or more');
  }
  if (output === STDOUT && flags.json === true) {
    throw new CliError('ERR_USAGE', '--json', 'it together with -o -', 'one of them: both write to standard output');
  }
  await checkOutput(output, [], io);
  const baselines: Baseline[] = [];
  for (const file of files) baselines.push(await loadBaseline(resolve(io.cwd, file)));
  const { baseline, features } = mergeBaselines(baselines, {
    provenance: { source: source ?? sourceOf(files, baselines) },
    ...(modelVersion === undefined ? undefined : { version: modelVersion }),
  });
  if (flags.exact === true) checkExact(features);
  const text = stringifyBaseline(baseline);
  if (output === STDOUT) io.stdout.write(text);
  else await saveBaseline(baseline, resolve(io.cwd, output));
  if (flags.json === true) {
    const { model, rows } = baseline;
    io.stdout.write(`${JSON.stringify({ file: output, model, rows, features })}\n`);
  }
  const { stderr, env } = io;
  const partial = baseline.outputs
    .map(({ name }) => name)
    .filter(name => baselines.some(({ outputs }) => !outputs.some(output => output.name === name)));
  const facts = { baseline, features, file: output, sizeBytes: Buffer.byteLength(text), files: files.length, partial };
  note(io, mergedText(facts, coloursOf(stderr, env), proseWidth(stderr.columns)).trimEnd());
}

function checkExact(features: readonly MergedFeature[]): void {
  const unsure = features.filter(({ exact }) => !exact).map(({ name }) => name);
  if (unsure.length === 0) return;
  throw new CliError(
    'ERR_USAGE',
    '--exact',
    `other bins in ${plural(unsure.length, 'feature')}: ${unsure.slice(0, 8).join(', ')}`,
    'the same bins in all files',
    {
      hint: 'leave --exact out to merge them nearly, or learn one baseline from all the rows: driftspan baseline jan.parquet feb.parquet …',
    },
  );
}

/** A source holds 1,024 characters at most. */
const MOST_SOURCE = 1000;

function sourceOf(files: readonly string[], baselines: readonly Baseline[]): string {
  const sources = baselines.map(({ provenance }, i) => provenance?.source ?? basename(files[i]!));
  const text = sources.join(' + ');
  return text.length <= MOST_SOURCE ? text : `${files.length} baselines`;
}
