import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../program.js';
import { addHelpEnd } from '../terminal/help.js';

interface RulesFlags {
  readonly format: 'yaml' | 'json';
  readonly alerts?: true;
  readonly recording?: true;
  readonly tile?: string;
  readonly windows?: readonly [string, string];
  readonly lag?: string;
  readonly lookback?: string;
  readonly falseAlarms?: number;
  readonly psiWarning?: number;
  readonly psiCritical?: number;
  readonly by?: readonly string[];
  readonly bins?: number;
  readonly for?: string;
  readonly latencyBudget?: Readonly<Record<string, number>>;
  readonly runbooks?: string;
}

export function addRulesCommand(program: Command, { io }: CommandContext): void {
  const command = program
    .command('rules')
    .description('Print the Prometheus rules that judge the drift of a whole fleet.')
    .optionsGroup('What is printed:')
    .addOption(new Option('--recording', 'the recording rules alone').conflicts('alerts'))
    .addOption(new Option('--alerts', 'the alerts alone'))
    .addOption(new Option('--format <format>', 'as a rule file, or as JSON').choices(['yaml', 'json']).default('yaml'))
    .optionsGroup('What they are made from:')
    .option('--windows <short,long>', 'the two windows, multiples of the tile (default: 1h,1d)', twoWindows)
    .option('--tile <duration>', 'length of a tile, the interval of the groups (default: 5m)')
    .option('--lag <duration>', 'how long after its time a sample is surely there (default: 2m)')
    .option('--lookback <duration>', 'the longest gap between two samples of a live process (default: 1h)')
    .option('--for <duration>', "how long an alert's condition must hold (default: 15m)")
    .option('--false-alarms <number>', 'false alarms a month over all tests together (default: 1)', decimal)
    .option('--psi-warning <number>', 'the true index that is a warning (default: 0.1)', decimal)
    .option('--psi-critical <number>', 'the true index that is critical (default: 0.25)', decimal)
    .option('--by <labels>', 'labels to keep apart besides the model, with commas', commaSeparated)
    .option('--bins <number>', 'range bins that the Kolmogorov–Smirnov distance covers (default: 16)', decimal)
    .option('--latency-budget <model=seconds>', 'budget of the 95th percentile; once a model', latencyBudget)
    .option('--runbooks <path>', 'a path or URL before the names of the runbook pages')
    .action(async (flags: RulesFlags) => {
      const { rulesText } = await import('../fleet/rules-text.js');
      io.stdout.write(rulesText(flags));
    });
  addHelpEnd(command, {
    examples: [
      ['driftspan rules > driftspan.rules.yml', 'Recording rules and alerts in one file for Prometheus'],
      [
        'driftspan rules --alerts --false-alarms 0.1 --by deployment_environment_name',
        'Fewer false alarms, one budget an environment',
      ],
      [
        'driftspan rules --latency-budget delays=0.05 | promtool check rules',
        'With a budget of 50 ms for one model, checked',
      ],
    ],
    pages: ['docs/fleet.md', 'docs/runbooks'],
  });
}

function decimal(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is no number.');
  return value;
}

function commaSeparated(text: string): readonly string[] {
  return text.split(',').map(part => part.trim());
}

function twoWindows(text: string): readonly [string, string] {
  const parts = commaSeparated(text);
  if (parts.length !== 2) throw new InvalidArgumentError('Two durations with a comma between them, as in 1h,1d.');
  return [parts[0]!, parts[1]!];
}

/** Split at the last `=`: a model's name may hold one. */
function latencyBudget(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('A model and seconds, as in delays=0.05.');
  return { ...before, [text.slice(0, at)]: decimal(text.slice(at + 1)) };
}
