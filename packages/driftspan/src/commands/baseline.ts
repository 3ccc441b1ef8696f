import type { ModelTask } from '@driftspan/sketch';
import { type Command, Option } from 'commander';
import type { CommandContext } from '../program.js';
import { type ChosenFeatures, chosenFeature } from '../request/feature-option.js';
import {
  addOutputOptions,
  addSourceOptions,
  columnList,
  DATA_ARGUMENT,
  type OutputFlags,
  type SourceFlags,
} from '../request/source-options.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';

export interface BaselineFlags extends SourceFlags, OutputFlags {
  readonly output?: string;
  readonly model?: string;
  readonly transforms?: string;
  readonly task?: ModelTask;
  readonly joint?: true;
  readonly feature?: ChosenFeatures;
  readonly exclude?: readonly string[];
  readonly only?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly timeOrdered?: true;
  readonly source?: string;
  readonly createdAt?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const TASKS: readonly ModelTask[] = ['classification', 'regression', 'ranking', 'embedding'];

export function addBaselineCommand(program: Command, { io }: CommandContext): void {
  const command = program
    .command('baseline')
    .description('Make a baseline from the training data: what the model was trained on, as counts.')
    .argument('<files...>', DATA_ARGUMENT)
    .optionsGroup(GROUPS.output)
    .option('-o, --output <file>', 'the baseline; - for standard output')
    .option('-n, --dry-run', 'only say what each column is taken for')
    .option('--json', 'what was inferred and written, as JSON on standard output')
    .option('--source <text>', 'where the rows came from, for the file (default: the names of the files)')
    .option('--created-at <time>', 'ISO 8601, for the file; never taken from the clock: same rows, same bytes')
    .optionsGroup(GROUPS.model)
    .option('--model <name@version>', 'as defineModel has it')
    .option('--transforms <version>', 'of what makes features from raw data, as defineModel has it')
    .addOption(new Option('--task <task>', 'what the model does').choices(TASKS))
    .option('--joint', 'also how numeric features go together')
    .optionsGroup(GROUPS.columns)
    .option(
      '--feature <column:kind[:limit]>',
      'numeric, categorical, text, datetime or embedding; once a column',
      chosenFeature,
    )
    .option('--exclude <columns>', "not features; with commas, or globs such as 'tmp_*'", columnList)
    .option('--only <columns>', 'features are these alone', columnList)
    .option('--sensitive <columns>', "whose values are nobody's business: counted, never told", columnList);
  addOutputOptions(command).option('--time-ordered', 'the rows are in order of time, though no column says when');
  addSourceOptions(command).action(async (files: readonly string[], flags: BaselineFlags) => {
    const { runBaseline } = await import('../baseline/run-baseline.js');
    await runBaseline(files, flags, io);
  });
  addHelpEnd(command, {
    examples: [
      ['driftspan baseline train.parquet --dry-run', 'Look first: what each column would be'],
      [
        'driftspan baseline train.parquet -o model.baseline.json --model flight-delay@2013.01 --label predicted --time-column scheduled',
        'With what the model answered, and in order of time',
      ],
      [
        "driftspan baseline 'logs/*.jsonl.gz' -o m.baseline.json --model m@1 --feature zip:categorical --exclude request_id",
        'Many files, a code that looks like a number, an id that is none of the model',
      ],
      [
        "psql -c 'copy (select …) to stdout csv header' | driftspan baseline - -o m.baseline.json --model m@1",
        'From a database',
      ],
    ],
    pages: ['docs/command-line.md', 'docs/feature-kinds.md'],
  });
}
