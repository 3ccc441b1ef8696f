import { parseArgs } from 'node:util';
import { SUITES } from './suites.js';

/** A mistake of whoever typed the command: its message is all that is shown. */
export class UsageError extends Error {}

/**
 * @param {readonly string[]} argv
 * @throws UsageError that says what was met and what was expected.
 */
export function parseFlags(argv) {
  const values = parsed(argv);
  const only = values.only?.split(',').map(name => name.trim());
  const unknown = only?.filter(name => !SUITES.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new UsageError(`--only: met ${unknown.join(', ')}, expected some of ${SUITES.join(', ')}`);
  if (values.cases !== undefined && values.compare === undefined)
    throw new UsageError('--cases: goes with --compare alone');
  return {
    ...values,
    only: only ?? SUITES,
    cases: values.cases?.split(',').map(name => name.trim()),
    rounds: wholeNumber('--rounds', values.rounds),
  };
}

function parsed(argv) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        out: { type: 'string' },
        page: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        compare: { type: 'string' },
        cases: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error.message.split('\n')[0]}; npm run bench -- --help`);
  }
}

function wholeNumber(flag, text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`${flag}: met ${text}, expected a whole number from 1`);
  return number;
}
