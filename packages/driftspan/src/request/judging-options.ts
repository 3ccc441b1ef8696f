import type { PsiThresholds, Verdict } from '@driftspan/sketch';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { GROUPS } from '../terminal/help.js';
import { addOutputOptions, addSourceOptions, type OutputFlags, type SourceFlags } from './source-options.js';

/** From which verdict on the exit status is 1. */
export type FailOn = Exclude<Verdict, 'ok' | 'insufficient'> | 'never';

/** What the commands that compare take. */
export interface ComparingFlags extends SourceFlags, OutputFlags {
  readonly failOn?: FailOn;
  readonly failOnUnjudged?: true;
  readonly falseAlarms?: number;
  readonly psi?: PsiThresholds;
  readonly independent?: true;
}

const FAIL_ON: readonly FailOn[] = ['notice', 'warning', 'critical', 'never'];

/** @param failOn what is in force where nothing is said. */
export function addComparingOptions(command: Command, failOn: FailOn): Command {
  command
    .optionsGroup(GROUPS.judging)
    .addOption(new Option('--fail-on <verdict>', 'exit with 1 from this verdict on').choices(FAIL_ON).default(failOn))
    .option('--fail-on-unjudged', 'exit with 1 also where a feature could not be judged')
    .option('--false-alarms <rate>', 'how often unchanged data may be called drift (default: 0.001)', rate)
    .option('--psi <warning,critical>', 'the indices that are a warning and critical (default: 0.1,0.25)', thresholds)
    .option('--independent', 'take rows as independent draws, whatever the baseline measured');
  return addSourceOptions(addOutputOptions(command.optionsGroup(GROUPS.columns)));
}

function rate(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('A share above 0, at most 1, is expected.');
}

function thresholds(text: string): PsiThresholds {
  const [warning, critical, ...more] = text.split(',').map(Number);
  if (warning !== undefined && critical !== undefined && more.length === 0 && warning > 0 && critical >= warning) {
    return { warning, critical };
  }
  throw new InvalidArgumentError('Two numbers are expected, such as 0.1,0.25, the second not below the first.');
}
