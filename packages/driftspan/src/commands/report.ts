import type { Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addComparingOptions, type ComparingFlags } from '../request/judging-options.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';
import { CURRENT_ARGUMENT, JUDGING_STATUSES } from './compare.js';

export interface ReportFlags extends ComparingFlags {
  readonly output: string;
  readonly title?: string;
}

export function addReportCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('report')
    .description('Write a page that says what has moved since training: one HTML file, no network, no script.')
    .argument('<baseline>', 'the file of the baseline')
    .argument('<current...>', CURRENT_ARGUMENT)
    .optionsGroup(GROUPS.output)
    .requiredOption('-o, --output <file>', 'the page; - for standard output')
    .option('--title <text>', 'of the page (default: the name of the model)');
  // A page was asked for: that it tells bad news is no failure.
  addComparingOptions(command, 'never').action(
    async (baseline: string, current: readonly string[], flags: ReportFlags) => {
      const { runReport } = await import('../compare/run-report.js');
      await runReport(baseline, current, flags, context);
    },
  );
  addHelpEnd(command, {
    examples: [
      [
        'driftspan report model.baseline.json july.parquet -o july.html --label predicted --confidence probability',
        'July beside training, with what the model answered',
      ],
      ['driftspan report january.baseline.json july.baseline.json -o july.html', 'Two baselines'],
    ],
    statuses: JUDGING_STATUSES,
    pages: ['docs/command-line.md', 'docs/drift-verdicts.md'],
  });
}
