import type { Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addSourceOptions, columnList, DATA_ARGUMENT, type SourceFlags } from '../request/source-options.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';

export interface ContractFlags extends SourceFlags {
  readonly json?: true;
  readonly showValues?: true;
  readonly allowMissing?: readonly string[];
  readonly allowOutside?: readonly string[];
}

export function addContractCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('contract')
    .description('Check that a sample has the form of the training data: for the CI of whoever sends the data.')
    .argument('<baseline>', 'the file of the baseline')
    .argument('<sample...>', `${DATA_ARGUMENT}; one row will do`)
    .optionsGroup(GROUPS.output)
    .option('--json', 'the findings, as JSON on standard output')
    .option('--show-values', 'name unknown categories however rare (default: those seen ten times)')
    .optionsGroup(GROUPS.judging)
    .option(
      '--allow-missing <columns>',
      "that may be missing more often than in training, or not be there; with commas, or 'w_*'",
      columnList,
    )
    .option('--allow-outside <columns>', "whose numbers may lie outside training's range", columnList);
  addSourceOptions(command).action(async (baseline: string, sample: readonly string[], flags: ContractFlags) => {
    const { runContract } = await import('../contract/run-contract.js');
    await runContract(baseline, sample, flags, context);
  });
  addHelpEnd(command, {
    examples: [
      ['driftspan contract model.baseline.json sample.jsonl', 'Before a change of the producer is merged'],
      [
        'curl -s https://producer.test/latest | driftspan contract model.baseline.json - --format jsonl --allow-missing wind_gust',
        'One live message, with a column that may be missing',
      ],
    ],
    statuses: [
      [0, 'the contract is kept; there may be notes'],
      [1, 'the contract is broken'],
      [2, 'wrong usage, data or files'],
    ],
    pages: ['docs/command-line.md'],
  });
}
