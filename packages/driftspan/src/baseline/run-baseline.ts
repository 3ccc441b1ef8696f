import { resolve } from 'node:path';
import { saveBaseline } from '@driftspan/files';
import { type Baseline, stringifyBaseline } from '@driftspan/sketch';
import type { BaselineFlags } from '../commands/baseline.js';
import type { ColumnChoices, InferredColumn } from '../data/index.js';
import { CliError } from '../errors.js';
import { modelName } from '../request/model-name.js';
import { openFiles, sourceWords } from '../request/open-files.js';
import { checkOutput, STDOUT } from '../request/output-place.js';
import { coloursOf } from '../terminal/colours.js';
import { type Io, note } from '../terminal/io.js';
import { proseWidth } from '../terminal/wrapped.js';
import { inferredText } from './inferred-text.js';
import { inferFrom, type LearnRequest, learnFrom } from './make-baseline.js';
import { summaryText } from './summary-text.js';

/** `driftspan baseline`: nothing is written unless everything succeeded. */
export async function runBaseline(files: readonly string[], flags: BaselineFlags, io: Io): Promise<void> {
  const startedMs = performance.now();
  const dryRun = flags.dryRun === true;
  const output = await checkedOutput(files, flags, io);
  const model = dryRun ? undefined : modelName(flags.model);
  const source = await openFiles(files, flags, io);
  try {
    const inferred = await inferFrom(source, choicesOf(flags), io);
    showInferred(inferred, flags, io);
    if (model === undefined || output === undefined) return;
    const { transforms, task, joint } = flags;
    const request: LearnRequest = {
      model: {
        ...model,
        ...(transforms === undefined ? undefined : { transforms }),
        ...(task === undefined ? undefined : { task }),
        ...(joint === undefined ? undefined : { joint }),
      },
      timeOrdered: flags.timeOrdered === true,
      tellsDates: flags.source === undefined,
      provenance: {
        source: flags.source ?? sourceWords(source, flags.where),
        ...(flags.createdAt === undefined ? undefined : { createdAt: flags.createdAt }),
      },
    };
    const baseline = await learnFrom(source, inferred, request, io);
    io.signal.throwIfAborted();
    const sizeBytes = await written(baseline, output, io);
    const summary = { baseline, file: output, sizeBytes, tookMs: performance.now() - startedMs };
    if (flags.json === true) io.stdout.write(`${JSON.stringify(summaryOf(inferred, summary))}\n`);
    const text = summaryText(summary, coloursOf(io.stderr, io.env), proseWidth(io.stderr.columns));
    note(io, `\n${text.trimEnd()}`);
  } finally {
    await source.close();
  }
}

async function checkedOutput(files: readonly string[], flags: BaselineFlags, io: Io): Promise<string | undefined> {
  const { output, dryRun, json } = flags;
  if (dryRun === true) return undefined;
  if (output === undefined) {
    throw new CliError('ERR_USAGE', '-o', 'nothing', 'the file that the baseline is written to', {
      hint: 'add -o model.baseline.json, or --dry-run to see first what each column is taken for',
    });
  }
  if (output === STDOUT && json === true) {
    throw new CliError('ERR_USAGE', '--json', 'it together with -o -', 'one of them: both write to standard output');
  }
  await checkOutput(output, files, io);
  return output;
}

function choicesOf(flags: BaselineFlags): ColumnChoices {
  const { label, confidence, value, timeColumn: time, only } = flags;
  return {
    features: flags.feature ?? new Map(),
    exclude: flags.exclude ?? [],
    sensitive: flags.sensitive ?? [],
    ...(only === undefined ? undefined : { only }),
    ...(label === undefined ? undefined : { label }),
    ...(confidence === undefined ? undefined : { confidence }),
    ...(value === undefined ? undefined : { value }),
    ...(time === undefined ? undefined : { time }),
  };
}

/** The table is the result of a dry run; else a note beside it. */
function showInferred(inferred: readonly InferredColumn[], flags: BaselineFlags, io: Io): void {
  const dryRun = flags.dryRun === true;
  if (dryRun && flags.json === true) {
    io.stdout.write(`${JSON.stringify({ columns: inferred.map(columnOf) })}\n`);
    return;
  }
  const output = dryRun ? io.stdout : io.stderr;
  const text = inferredText(inferred, coloursOf(output, io.env), output.columns);
  if (dryRun) io.stdout.write(text);
  else note(io, text.trimEnd());
}

async function written(baseline: Baseline, output: string, io: Io): Promise<number> {
  const text = stringifyBaseline(baseline);
  if (output === STDOUT) io.stdout.write(text);
  else await saveBaseline(baseline, resolve(io.cwd, output));
  return Buffer.byteLength(text);
}

function columnOf({ name, type, use, kind, limit, sensitive, reason, profile }: InferredColumn): object {
  const { rows, missing, distinct, min, max } = profile;
  const range = sensitive ? {} : { min, max };
  return { name, type, use, kind, limit, sensitive, reason, rows, missing, distinct, ...range };
}

function summaryOf(inferred: readonly InferredColumn[], written: Parameters<typeof summaryText>[0]): object {
  const { baseline, file, sizeBytes, tookMs } = written;
  const { model, rows, features, outputs, joint, dependence } = baseline;
  return {
    file,
    model,
    rows,
    features: features.length,
    outputs: outputs.length,
    joint: joint?.length ?? 0,
    dependence: dependence !== undefined,
    sizeBytes,
    tookMs: Math.round(tookMs),
    columns: inferred.map(columnOf),
  };
}
