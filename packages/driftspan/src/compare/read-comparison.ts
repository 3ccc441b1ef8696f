import { basename, resolve } from 'node:path';
import { loadBaseline } from '@driftspan/files';
import {
  type Baseline,
  type CompareOptions,
  type Comparison,
  type CountedRows,
  compare,
  countsOfBaseline,
  RowCounter,
} from '@driftspan/sketch';
import { modelOf, planFor, readRows } from '../data/index.js';
import { CliError } from '../errors.js';
import type { ComparingFlags } from '../request/judging-options.js';
import { checkColumns, identityOf } from '../request/model-of-baseline.js';
import { openFiles, sourceWords } from '../request/open-files.js';
import type { Io } from '../terminal/io.js';
import { startProgress } from '../terminal/progress.js';
import { isBaselineFile } from './is-baseline-file.js';

/** A comparison, and what of the files did not take part. */
export interface ReadComparison {
  readonly comparison: Comparison;
  /** What was compared: the baseline, less the outputs that the current rows do not have. */
  readonly baseline: Baseline;
  /** Columns the model reads that the data lacks: missing in every row. */
  readonly absent: readonly string[];
  /** Columns of the data that the model does not read. */
  readonly extra: readonly string[];
  /** Outputs of the baseline that nothing was given for. */
  readonly leftOut: readonly string[];
  /** Whether rows were read, and not another baseline. */
  readonly ofRows: boolean;
}

interface Current {
  readonly baseline: Baseline;
  readonly counted: CountedRows;
  readonly source: string | undefined;
  readonly absent: readonly string[];
  readonly extra: readonly string[];
  readonly ofRows: boolean;
}

/** Compares data, or another baseline, with a baseline's file. */
export async function readComparison(
  baselineFile: string,
  files: readonly string[],
  flags: ComparingFlags,
  io: Io,
): Promise<ReadComparison> {
  const whole = await loadBaseline(resolve(io.cwd, baselineFile));
  checkOutputs(whole, flags);
  const [only] = files;
  const current =
    files.length === 1 && only !== undefined && (await isBaselineFile(resolve(io.cwd, only)))
      ? await currentBaseline(whole, only, flags, io)
      : await currentRows(whole, files, flags, io);
  const { baseline, counted, source, absent, extra, ofRows } = current;
  const options: CompareOptions = {
    ...(source === undefined ? undefined : { source }),
    ...(flags.falseAlarms === undefined ? undefined : { falseAlarmRate: flags.falseAlarms }),
    ...(flags.psi === undefined ? undefined : { psi: flags.psi }),
    dependence: flags.independent === true ? 'independent' : 'measured',
  };
  const compared = new Set(baseline.outputs.map(({ name }) => name));
  return {
    comparison: compare(baseline, counted, options),
    baseline,
    absent,
    extra,
    ofRows,
    leftOut: whole.outputs.map(({ name }) => name).filter(name => !compared.has(name)),
  };
}

async function currentBaseline(whole: Baseline, file: string, flags: ComparingFlags, { cwd }: Io): Promise<Current> {
  const given = ROW_FLAGS.find(flag => flags[flag] !== undefined);
  if (given !== undefined) {
    const option = `--${given.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
    throw new CliError('ERR_USAGE', option, 'it beside two baselines', 'data: a baseline has no rows to choose from');
  }
  const current = await loadBaseline(resolve(cwd, file));
  const has = new Set(current.outputs.map(({ name }) => name));
  const baseline = withOutputs(whole, name => has.has(name));
  const source = current.provenance?.source ?? basename(file);
  return {
    baseline,
    counted: countsOfBaseline(baseline, current),
    source,
    absent: [],
    extra: [],
    ofRows: false,
  };
}

/** An output that was asked for and can't be compared must not look as if it were well. */
function checkOutputs({ outputs }: Baseline, flags: ComparingFlags): void {
  for (const key of ['label', 'confidence', 'value'] as const) {
    const name = `prediction.${key}`;
    if (flags[key] === undefined || outputs.some(output => output.name === name)) continue;
    throw new CliError('ERR_USAGE', `--${key}`, `a baseline without ${name}`, 'one that was made with it', {
      hint: `leave it out, or make the baseline again with --${key}`,
    });
  }
}

/** What is said of rows alone. */
const ROW_FLAGS = ['where', 'format', 'delimiter', 'encoding', 'label', 'confidence', 'value', 'timeColumn'] as const;

async function currentRows(whole: Baseline, files: readonly string[], flags: ComparingFlags, io: Io): Promise<Current> {
  const source = await openFiles(files, flags, io);
  try {
    const { plan, absent, extra } = planFor(whole, source, {
      ...(flags.label === undefined ? undefined : { label: flags.label }),
      ...(flags.confidence === undefined ? undefined : { confidence: flags.confidence }),
      ...(flags.value === undefined ? undefined : { value: flags.value }),
      ...(flags.timeColumn === undefined ? undefined : { time: flags.timeColumn }),
    });
    checkColumns(plan, source);
    const baseline = withOutputs(whole, name => plan[outputKey(name)] !== undefined);
    const model = modelOf(plan, identityOf(baseline, io));
    const counter = new RowCounter(baseline, model);
    const progress = startProgress(io, 'comparing', 'rows');
    try {
      await readRows(source, plan, {
        onProgress: (done, total) => progress.update(done, total),
        signal: io.signal,
        each: row => counter.add(row),
      });
    } finally {
      progress.stop();
    }
    return {
      baseline,
      counted: counter.finish(),
      source: sourceWords(source, flags.where),
      absent,
      extra,
      ofRows: true,
    };
  } finally {
    await source.close();
  }
}

/** What the current rows do not say is not missing: it was not asked. */
function withOutputs(baseline: Baseline, keeps: (name: string) => boolean): Baseline {
  return { ...baseline, outputs: baseline.outputs.filter(({ name }) => keeps(name)) };
}

function outputKey(name: string): 'label' | 'confidence' | 'value' {
  return name.slice('prediction.'.length) as 'label' | 'confidence' | 'value';
}
