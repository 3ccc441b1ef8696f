import { expect, it } from 'vitest';
import { coloursOf, verdictColour } from '../../src/terminal/colours.js';
import { memoryIo } from '../run-here.js';

const terminal = memoryIo({ columns: 80 }).stdout;
const pipe = memoryIo().stdout;

it.each([
  ['a terminal', terminal, {}, true],
  ['a pipe', pipe, {}, false],
  ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
  ['TERM=dumb', terminal, { TERM: 'dumb' }, false],
  ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR over NO_COLOR', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ['FORCE_COLOR over TERM=dumb', terminal, { FORCE_COLOR: '', TERM: 'dumb' }, true],
  ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
  ['FORCE_COLOR=false', terminal, { FORCE_COLOR: 'false' }, false],
])('%s: colours or none', (_, output, env, coloured) => {
  expect(coloursOf(output, env).red('x') !== 'x').toBe(coloured);
});

it('every verdict keeps its word', () => {
  const colours = coloursOf(terminal, {});
  for (const verdict of ['critical', 'warning', 'notice', 'ok', 'insufficient'] as const) {
    expect(verdictColour(verdict, colours)(verdict)).toContain(verdict);
    expect(verdictColour(verdict, coloursOf(pipe, {}))(verdict)).toBe(verdict);
  }
});
