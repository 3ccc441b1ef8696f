import { parseArgs } from 'node:util';
import { MODELS } from './models/models.js';
import { SUITES } from './suites.js';

/** A mistake of whoever typed the command: its message is all that is shown. */
export class UsageError extends Error {}

/**
 * @param {readonly string[]} argv
 * @throws UsageError that says what was met and what was expected.
 */
export function parseFlags(argv) {
  const values = parsed(argv);
  if (values.cases !== undefined && values.compare === undefined)
    throw new UsageError('--cases: goes with --compare alone');
  return {
    ...values,
    only: someOf(SUITES, '--only', values.only),
    models: someOf(Object.keys(MODELS), '--models', values.models),
    cases: names(values.cases),
    rounds: wholeNumber('--rounds', values.rounds),
  };
}

function parsed(argv) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        models: { type: 'string' },
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

const names = text => text?.split(',').map(name => name.trim());

/** All of them, where nobody chose. */
function someOf(all, flag, text) {
  const chosen = names(text) ?? all;
  const unknown = chosen.filter(name => !all.includes(name));
  if (unknown.length > 0)
    throw new UsageError(`${flag}: met ${unknown.join(', ')}, expected some of ${all.join(', ')}`);
  return chosen;
}

function wholeNumber(flag, text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`${flag}: met ${text}, expected a whole number from 1`);
  return number;
}
