import type { Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';

export function addInspectCommand(program: Command, { io }: CommandContext): void {
  const command = program
    .command('inspect')
    .argument('<files...>', 'baselines')
    .description('Show what is in a baseline: its features, their bins, and what windows of it can show.')
    .optionsGroup('What is shown:')
    .option('--feature <name>', 'one feature with its bins; once a feature', collected, [])
    .option('--model', 'the TypeScript of a model that fits it')
    .optionsGroup(GROUPS.output)
    .option('--json', 'as JSON')
    .action(
      async (
        files: readonly string[],
        flags: { readonly feature: string[]; readonly json?: true; readonly model?: true },
      ) => {
        const { inspect } = await import('../inspect/inspect.js');
        await inspect(files, flags, io);
      },
    );
  addHelpEnd(command, {
    examples: [
      ['driftspan inspect model.baseline.json', 'Where it comes from, its features, and which window to choose'],
      ['driftspan inspect model.baseline.json --feature distance', 'The bins of one feature, as bars'],
      ['driftspan inspect model.baseline.json --model > model.ts', 'The model that watches with it'],
      ["driftspan inspect *.baseline.json --json | jq '.baselines[].rows'", 'Rows of several baselines'],
    ],
    statuses: [
      [0, 'done'],
      [2, 'a file that is no baseline, or a feature that it does not have'],
    ],
    pages: ['docs/concepts.md', 'docs/drift-verdicts.md'],
  });
}

function collected(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}
