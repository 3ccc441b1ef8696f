import type { Command } from 'commander';

export interface HelpEnd {
  /** Commands as they are typed, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** Default: those of a command that judges nothing. */
  readonly statuses?: readonly (readonly [status: number, meaning: string])[];
  /** Pages below `docs/`. */
  readonly pages: readonly string[];
}

const STATUSES = [
  [0, 'done'],
  [2, 'wrong usage, data or files: nothing was written'],
] as const;

/** Headings of the groups that options stand under, the same in every command. */
export const GROUPS = {
  data: 'What is read:',
  columns: 'Columns:',
  model: 'The model:',
  judging: 'Judging:',
  output: 'Output:',
} as const;

/** What stands below the options in a command's help: examples, exit statuses, where to read on. */
export function addHelpEnd(command: Command, { examples, statuses = STATUSES, pages }: HelpEnd): void {
  command.addHelpText(
    'after',
    `
Examples:
${examples.map(([line, does]) => `  ${does}:\n    $ ${line}`).join('\n')}

Exit status:
${statuses.map(([status, meaning]) => `  ${String(status).padEnd(3)}  ${meaning}`).join('\n')}

Read on: ${pages.join(', ')}`,
  );
}
