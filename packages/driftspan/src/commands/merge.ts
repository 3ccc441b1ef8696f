import type { Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';

export interface MergeFlags {
  readonly output: string;
  readonly exact?: true;
  // `--version` is the program's own.
  readonly modelVersion?: string;
  readonly source?: string;
  readonly json?: true;
}

export function addMergeCommand(program: Command, { io }: CommandContext): void {
  const command = program
    .command('merge')
    .description(
      'Put baselines of one model together: of months, regions, machines, where the rows are not in one place.',
    )
    .argument('<baselines...>', 'files of two baselines or more, of one model and the same features')
    .optionsGroup(GROUPS.output)
    .requiredOption('-o, --output <file>', 'the merged baseline; - for standard output')
    .option('--json', 'how exact each feature is, as JSON on standard output')
    .option('--source <text>', 'where the rows came from, for the file')
    .optionsGroup(GROUPS.model)
    .option('--model-version <version>', "the model's (default: that of the first file)")
    .optionsGroup(GROUPS.judging)
    .option('--exact', 'refuse features whose bins differ between files, which can only be merged nearly')
    .action(async (files: readonly string[], flags: MergeFlags) => {
      const { runMerge } = await import('../merge/run-merge.js');
      await runMerge(files, flags, io);
    });
  addHelpEnd(command, {
    examples: [['driftspan merge jan.baseline.json feb.baseline.json -o winter.baseline.json', 'Two months']],
    pages: ['docs/command-line.md'],
  });
}
