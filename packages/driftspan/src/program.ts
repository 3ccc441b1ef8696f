import { readFileSync } from 'node:fs';
import { Command, CommanderError, type Help, type OutputConfiguration } from 'commander';
import picocolors from 'picocolors';
import { addBaselineCommand } from './commands/baseline.js';
import { addCompareCommand } from './commands/compare.js';
import { addCompletionCommand } from './commands/completion.js';
import { addContractCommand } from './commands/contract.js';
import { addDashboardCommand } from './commands/dashboard.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addInspectCommand } from './commands/inspect.js';
import { addMergeCommand } from './commands/merge.js';
import { addReportCommand } from './commands/report.js';
import { addRulesCommand } from './commands/rules.js';
import { coloursOf } from './terminal/colours.js';
import { errorText } from './terminal/error-text.js';
import { addHelpEnd } from './terminal/help.js';
import type { Io } from './terminal/io.js';

/** What a command is given besides its options. */
export interface CommandContext {
  readonly io: Io;
  /** The exit status of a command that ends well: 1 for drift, or a broken contract. 0 unless called. */
  setStatus(status: number): void;
}

type AddCommand = (program: Command, context: CommandContext) => void;

const COMMANDS: readonly { readonly heading: string; readonly add: readonly AddCommand[] }[] = [
  {
    heading: 'Data against a model:',
    add: [addBaselineCommand, addCompareCommand, addReportCommand, addContractCommand],
  },
  { heading: 'Baselines:', add: [addInspectCommand, addMergeCommand] },
  { heading: 'Operation:', add: [addRulesCommand, addDashboardCommand, addDoctorCommand] },
  { heading: 'Help:', add: [addCompletionCommand] },
];

/** Wrong usage, data or files; also a fault of ours. */
const STATUS_ERROR = 2;
/** Beyond this a line of help is hard to read. */
const MOST_HELP_COLUMNS = 100;
const HELP_COLUMNS = 80;

/**
 * Runs the command line, without node and script in `argv`. Gives the exit status: 0 done, 1 drift or a broken contract, 2 anything
 * wrong, 130 after SIGINT, 143 after SIGTERM. Never rejects.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const program = programOf(io, set => {
    status = set;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return io.signal.aborted ? cancelled(io) : status;
  } catch (error) {
    if (io.signal.aborted) return cancelled(io);
    // Commander has written its own sentence.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : STATUS_ERROR;
    io.stderr.write(errorText(error, coloursOf(io.stderr, io.env)));
    return STATUS_ERROR;
  }
}

/** The commands and what is common to them. Commands load what does their work when they run: `--help` must stay quick. */
function programOf(io: Io, setStatus: (status: number) => void): Command {
  const program = new Command('driftspan');
  program
    .description('Drift of model inference: baselines from training data, comparisons, reports, rules and a doctor.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('-q, --quiet', 'no notes and no progress on stderr')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput(outputOf(io))
    .configureHelp({ showGlobalOptions: true, subcommandTerm: termOf, ...stylesOf() })
    .showHelpAfterError('hint: driftspan --help lists the commands');
  const context: CommandContext = { io: quietable(io, () => program.opts()['quiet'] === true), setStatus };
  for (const { heading, add } of COMMANDS) {
    program.commandsGroup(heading);
    for (const addCommand of add) addCommand(program, context);
  }
  program.helpCommand('help [command]', 'print the help of a command');
  for (const command of program.commands) {
    command.showHelpAfterError(`hint: driftspan ${command.name()} --help tells what it takes`);
  }
  addHelpEnd(program, {
    examples: [
      [
        'driftspan baseline train.parquet -o model.baseline.json --model delays@2013.01',
        'What the model was trained on, as a file',
      ],
      ['driftspan report model.baseline.json july.parquet -o july.html', 'A page that says what has moved'],
      ['driftspan doctor', 'Whether telemetry can leave this project'],
    ],
    statuses: [
      [0, 'done, and nothing to complain of'],
      [1, 'drift, a broken contract, or a failed check'],
      [2, 'wrong usage, data or files: nothing was written'],
      [130, 'stopped by Ctrl-C: nothing was written'],
    ],
    pages: ['docs/command-line.md'],
  });
  return program;
}

/** Commander writes help to stdout and mistakes to stderr, each as wide as its terminal. */
function outputOf({ stdout, stderr, env }: Io): OutputConfiguration {
  const width = (columns: number | undefined) => Math.min(columns ?? HELP_COLUMNS, MOST_HELP_COLUMNS);
  return {
    writeOut: text => stdout.write(text),
    writeErr: text => stderr.write(text),
    getOutHelpWidth: () => width(stdout.columns),
    getErrHelpWidth: () => width(stderr.columns),
    getOutHasColors: () => coloursOf(stdout, env).isColorSupported,
    getErrHasColors: () => coloursOf(stderr, env).isColorSupported,
    outputError: (text, write) =>
      write(text.replace(/^error:/, coloursOf(stderr, env).bold(coloursOf(stderr, env).red('error:')))),
  };
}

/** A command with its arguments; that it has options goes without saying. */
function termOf(command: Command): string {
  return `${command.name()} ${command.usage().replace(/^\[options\] ?/, '')}`.trim();
}

/** Commander takes colours off again where the stream has none. */
function stylesOf(): Partial<Help> {
  const colours = picocolors.createColors(true);
  return {
    styleTitle: colours.bold,
    styleCommandText: colours.cyan,
    styleSubcommandText: colours.cyan,
    styleOptionText: colours.cyan,
  };
}

/** `--quiet` is known only once the line is read. */
function quietable(io: Io, quiet: () => boolean): Io {
  return Object.create(io, { quiet: { get: () => quiet() || io.quiet === true } }) as Io;
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** As a shell tells a signal: 128 and its number. */
function cancelled(io: Io): number {
  io.stderr.write('cancelled\n');
  return io.signal.reason === 'SIGTERM' ? 143 : 130;
}
