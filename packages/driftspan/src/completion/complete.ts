import { type Complete, RootCommand, ShellCompDirective } from '@bomb.sh/tab';
import type { Command, Option } from 'commander';
import { featureNames } from './feature-names.js';
import { printedBy } from './printed-by.js';

const KINDS = ['numeric', 'categorical', 'text', 'datetime', 'embedding'];
/** What the name of an option's value says where it is a file. */
const FILE_VALUE = /<(?:file|path|folder)/;

/**
 * The answer to a shell that completes `words`, the last of which is being typed: a line for each candidate, then a colon and what the
 * shell is to do besides, as tab's scripts read it.
 */
export function completions(program: Command, words: readonly string[], cwd: string): string {
  const printed = printedBy(() => treeOf(program, words, cwd).parse([...words]));
  const found = printed.slice(0, printed.lastIndexOf(':'));
  const isFile = found === '' && wantsFile(program, words);
  return `${found}:${isFile ? ShellCompDirective.ShellCompDirectiveDefault : ShellCompDirective.ShellCompDirectiveNoFileComp}\n`;
}

/** tab's adapter of commander does the same, but for one tree of the whole process and without values of its own. */
function treeOf(program: Command, words: readonly string[], cwd: string): RootCommand {
  const root = new RootCommand();
  addOptions(root, program, words, cwd);
  const commands = visibleCommands(program);
  for (const command of commands) {
    const branch = root.command(command.name(), command.description());
    addOptions(branch, command, words, cwd);
    branch.option('quiet', 'no notes and no progress', 'q');
    branch.option('help', 'print help', 'h');
    for (const argument of command.registeredArguments) {
      branch.argument(argument.name(), offering(argument.argChoices ?? []), argument.variadic);
    }
  }
  root
    .command('help', 'print the help of a command')
    .argument('command', offering(commands.map(command => command.name())));
  return root;
}

function visibleCommands(program: Command): readonly Command[] {
  const help = program.createHelp();
  return help.visibleCommands(program).filter(command => command.name() !== 'help');
}

function addOptions(
  branch: Pick<RootCommand, 'option'>,
  command: Command,
  words: readonly string[],
  cwd: string,
): void {
  for (const option of command.createHelp().visibleOptions(command)) {
    const name = option.long?.slice(2);
    if (name === undefined) continue;
    const short = option.short?.slice(1);
    if (takesValue(option)) branch.option(name, option.description, valuesOf(command, option, words, cwd), short);
    else if (short === undefined) branch.option(name, option.description);
    else branch.option(name, option.description, short);
  }
}

function valuesOf(
  command: Command,
  option: Option,
  words: readonly string[],
  cwd: string,
): (complete: Complete) => void {
  if (option.argChoices !== undefined) return offering(option.argChoices);
  if (option.long !== '--feature') return () => {};
  if (command.name() === 'inspect') return offering(featureNames(words, cwd));
  // The kinds, once the column is written.
  const column = /^(.+):[a-z]*$/s.exec(words.at(-1) ?? '')?.[1];
  return offering(column === undefined ? [] : KINDS.map(kind => `${column}:${kind}`));
}

function offering(values: readonly string[]): (complete: Complete) => void {
  return complete => {
    for (const value of values) complete(value, '');
  };
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

/** Whether the word being typed is a file: the value of an option that says so, or an argument that is not one of a few words. */
function wantsFile(program: Command, words: readonly string[]): boolean {
  const command = program.commands.find(one => words.slice(0, -1).includes(one.name()));
  const word = words.at(-1) ?? '';
  if (command === undefined || word.startsWith('-')) return false;
  const before = words.at(-2) ?? '';
  const option = before.startsWith('-')
    ? command.options.find(({ short, long }) => short === before || long === before)
    : undefined;
  if (option !== undefined && takesValue(option)) return FILE_VALUE.test(option.flags);
  return command.registeredArguments.some(argument => argument.argChoices === undefined);
}
