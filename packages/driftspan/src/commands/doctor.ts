import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../program.js';
import { addHelpEnd, GROUPS } from '../terminal/help.js';

/** A collector in the same region answers within milliseconds; who waits longer has learned what there is to learn. */
const DEFAULT_TIMEOUT_S = 5;
const MOST_TIMEOUT_S = 300;

export function addDoctorCommand(program: Command, { io, setStatus }: CommandContext): void {
  const command = program
    .command('doctor')
    .description(
      'Look at the project in this folder: Node, OpenTelemetry, the environment, and whether a test metric arrives.',
    )
    .optionsGroup('What is looked at:')
    .option('--endpoint <url>', 'of OTLP, instead of what the environment says')
    .option('--timeout <seconds>', 'for each thing that may hang', seconds, DEFAULT_TIMEOUT_S)
    .optionsGroup(GROUPS.output)
    .option('--json', 'as JSON')
    .action(async (flags: { readonly endpoint?: string; readonly timeout: number; readonly json?: true }) => {
      const { examine } = await import('../doctor/doctor.js');
      if (!(await examine(flags, io))) setStatus(1);
    });
  addHelpEnd(command, {
    examples: [
      ['driftspan doctor', 'Everything, with the environment as it is'],
      [
        'OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20… driftspan doctor --endpoint https://otlp.example.com',
        'A collector before it is configured',
      ],
      ['driftspan doctor --json | jq \'.checks[] | select(.state == "failed")\'', 'For a machine: what failed'],
    ],
    statuses: [
      [0, 'nothing failed; there may be warnings'],
      [1, 'a check failed'],
      [2, 'wrong usage'],
    ],
    pages: ['docs/environment.md', 'docs/getting-started.md'],
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= MOST_TIMEOUT_S)) throw new InvalidArgumentError(`Seconds, up to ${MOST_TIMEOUT_S}.`);
  return value;
}
