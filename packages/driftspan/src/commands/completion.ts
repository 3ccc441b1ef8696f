import { Argument, type Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addHelpEnd } from '../terminal/help.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export function addCompletionCommand(program: Command, { io }: CommandContext): void {
  const command = program
    .command('completion')
    .description('Print the script that completes commands, options and names in a shell.')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(SHELLS))
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('../completion/script.js');
      io.stdout.write(completionScript(shell));
    });
  addHelpEnd(command, {
    examples: [
      ['source <(driftspan completion bash)', 'In this bash; for every one, as a line of ~/.bashrc'],
      ['source <(driftspan completion zsh)', 'In this zsh; for every one, as a line of ~/.zshrc after compinit'],
      ['driftspan completion fish > ~/.config/fish/completions/driftspan.fish', 'In every fish'],
      ['driftspan completion powershell | Out-String | Invoke-Expression', 'In this PowerShell'],
    ],
    statuses: [
      [0, 'done'],
      [2, 'wrong usage'],
    ],
    pages: ['docs/command-line.md'],
  });
  // What the scripts ask; its words are another command's, so that nothing of them is parsed here.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (words: readonly string[]) => {
      const { completions } = await import('../completion/complete.js');
      io.stdout.write(completions(program, words, io.cwd));
    });
}
