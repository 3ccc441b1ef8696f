import type { Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addComparingOptions, type ComparingFlags } from '../request/judging-options.js';
import { DATA_ARGUMENT } from '../request/source-options.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';

export interface CompareFlags extends ComparingFlags {
  readonly output?: string;
  readonly json?: true;
}

export const JUDGING_STATUSES = [
  [0, 'compared, and no verdict reached --fail-on'],
  [1, 'drift: a verdict reached --fail-on'],
  [2, 'wrong usage, data or files, or too few rows to judge anything'],
] as const;

export const CURRENT_ARGUMENT = `${DATA_ARGUMENT}; or one other baseline`;

export function addCompareCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('compare')
    .description('Compare data with a baseline: a verdict for every feature, and an exit status for CI.')
    .argument('<baseline>', 'the file of the baseline')
    .argument('<current...>', CURRENT_ARGUMENT)
    .optionsGroup(GROUPS.output)
    .option('--json', 'the comparison, as JSON on standard output')
    .option('-o, --output <file>', 'also write the comparison to a file, as JSON');
  addComparingOptions(command, 'critical').action(
    async (baseline: string, current: readonly string[], flags: CompareFlags) => {
      const { runCompare } = await import('../compare/run-compare.js');
      await runCompare(baseline, current, flags, context);
    },
  );
  addHelpEnd(command, {
    examples: [
      ['driftspan compare model.baseline.json july.parquet', 'What has moved since training'],
      [
        'driftspan compare model.baseline.json july.parquet --label predicted --time-column scheduled --fail-on warning',
        'In a nightly job, with what the model answered',
      ],
      ['driftspan compare january.baseline.json july.baseline.json', 'Two baselines: the rows are not needed'],
    ],
    statuses: JUDGING_STATUSES,
    pages: ['docs/command-line.md', 'docs/drift-verdicts.md'],
  });
}
