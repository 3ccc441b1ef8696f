import { resolve } from 'node:path';
import { loadBaseline } from '@driftspan/files';
import type { Baseline } from '@driftspan/sketch';
import type { ContractFlags } from '../commands/contract.js';
import { type DataRow, type DataSource, modelOf, planFor, type ReadPlan, readRows } from '../data/index.js';
import type { CommandContext } from '../program.js';
import { checkColumns, identityOf } from '../request/model-of-baseline.js';
import { openFiles, sourceWords } from '../request/open-files.js';
import { coloursOf } from '../terminal/colours.js';
import type { Io } from '../terminal/io.js';
import { startProgress } from '../terminal/progress.js';
import { proseWidth } from '../terminal/wrapped.js';
import { checkContract, type SampleFacts } from './check-contract.js';
import { columnMatcher } from './column-matcher.js';
import { contractText } from './contract-text.js';
import { type NoNumber, type NoNumbers, noNumber } from './no-numbers.js';
import { Sample } from './sample.js';
import type { SampledFeature } from './sampled-feature.js';

/** `driftspan contract`. */
export async function runContract(
  baselineFile: string,
  files: readonly string[],
  flags: ContractFlags,
  { io, setStatus }: CommandContext,
): Promise<void> {
  const whole = await loadBaseline(resolve(io.cwd, baselineFile));
  // Who sends the data does not send the model's answers.
  const baseline: Baseline = { ...whole, outputs: [] };
  const source = await openFiles(files, flags, io);
  try {
    const facts = await readSample(baseline, source, flags, io);
    const result = checkContract(baseline, facts, {
      mayBeMissing: columnMatcher(flags.allowMissing),
      mayLieOutside: columnMatcher(flags.allowOutside),
      showValues: flags.showValues === true,
    });
    const { stdout, env } = io;
    if (flags.json === true) stdout.write(`${JSON.stringify(result)}\n`);
    else stdout.write(contractText(result, coloursOf(stdout, env), proseWidth(stdout.columns)));
    if (!result.kept) setStatus(1);
  } finally {
    await source.close();
  }
}

async function readSample(baseline: Baseline, source: DataSource, flags: ContractFlags, io: Io): Promise<SampleFacts> {
  const { plan, absent, extra } = planFor(baseline, source, {});
  checkColumns(plan, source);
  const sample = new Sample(baseline, modelOf(plan, identityOf(baseline, io)));
  const progress = startProgress(io, 'checking', 'rows');
  try {
    await readRows(source, plan, {
      onProgress: (done, total) => progress.update(done, total),
      signal: io.signal,
      each: row => sample.add(row),
    });
  } finally {
    progress.stop();
  }
  const features = sample.finish(columnFinder(plan));
  return {
    rows: sample.rows,
    source: sourceWords(source, flags.where),
    features,
    absent,
    extra,
    noNumbers: await noNumbersOf(source, baseline, features, io),
  };
}

/** The column that a feature of the baseline is read from: its own, or that which it is a part of. */
function columnFinder(plan: ReadPlan): (feature: string) => string {
  const own = new Map(plan.features.map(({ name, column }) => [name, column ?? name]));
  return feature => own.get(feature) ?? partOf(feature, own) ?? feature;
}

function partOf(feature: string, own: ReadonlyMap<string, string>): string | undefined {
  for (let dot = feature.lastIndexOf('.'); dot > 0; dot = feature.lastIndexOf('.', dot - 1)) {
    const column = own.get(feature.slice(0, dot));
    if (column !== undefined) return column;
  }
  return undefined;
}

/** What stands where numbers are expected; the file is read once more only if something does. */
async function noNumbersOf(
  source: DataSource,
  baseline: Baseline,
  features: readonly SampledFeature[],
  io: Io,
): Promise<ReadonlyMap<string, NoNumbers>> {
  const misfits = features.filter(
    ({ invalid, name, column }, i) => invalid > 0 && name === column && baseline.features[i]!.kind === 'numeric',
  );
  const columns = [...new Set(misfits.map(({ column }) => column))];
  if (columns.length === 0) return new Map();
  const plan: ReadPlan = { features: columns.map(column => ({ name: column, column, kind: 'categorical' })) };
  const seen = columns.map(() => new Map<NoNumber, number>());
  const each = ({ input: { values, at } }: DataRow): void => {
    for (const [k, counts] of seen.entries()) {
      const found = noNumber(values[k]![at]);
      // A CSV has nothing but texts: those that read as numbers count.
      if (found !== undefined && (found !== 'quoted' || source.format !== 'csv'))
        counts.set(found, (counts.get(found) ?? 0) + 1);
    }
  };
  await readRows(source, plan, { signal: io.signal, each });
  return new Map(columns.map((column, k) => [column, seen[k]!]));
}
