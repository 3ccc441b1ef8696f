import type { Colours } from '../terminal/colours.js';
import { plural, printable } from '../terminal/words.js';
import { wrapped } from '../terminal/wrapped.js';
import type { Check, CheckState } from './check.js';

const NAME_COLUMNS = 20;
const STATE_COLUMNS = 9;

/** A check in a line or a few: its state in a word, its name, what was found, and below what to do. */
export function checkText({ name, state, words, advice }: Check, colours: Colours, width: number): string {
  const indent = ' '.repeat(STATE_COLUMNS);
  const first = stateColour(state, colours)(stateWord(state).padEnd(STATE_COLUMNS));
  // A name that is longer than its column pushes the words on.
  const named = colours.bold(printable(name).padEnd(NAME_COLUMNS - 1));
  const found = wrapped(printable(words), width, indent, `${first}${named} `);
  const advised = advice === undefined ? [] : wrapped(`→ ${printable(advice)}`, width, indent);
  return `${[...found, ...advised].join('\n')}\n`;
}

export function verdictText(checks: readonly Check[], colours: Colours): string {
  const failures = checks.filter(({ state }) => state === 'failed').length;
  const warnings = checks.filter(({ state }) => state === 'warning').length;
  const warned = warnings > 0 ? plural(warnings, 'warning') : '';
  if (failures > 0) {
    return `\n${colours.red(`${plural(failures, 'check')} failed`)}${warned === '' ? '' : `, ${warned}`}\n`;
  }
  return warned === '' ? `\n${colours.green('all is well')}\n` : `\n${colours.yellow(warned)}, nothing failed\n`;
}

function stateWord(state: CheckState): string {
  return state === 'none' ? '–' : state;
}

function stateColour(state: CheckState, colours: Colours): (text: string) => string {
  return { ok: colours.green, warning: colours.yellow, failed: colours.red, none: colours.dim }[state];
}
