import { FileError } from '@driftspan/files';
import { FleetError } from '@driftspan/fleet';
import { SketchError } from '@driftspan/sketch';
import { expect, it } from 'vitest';
import { CliError } from '../../src/errors.js';
import { coloursOf } from '../../src/terminal/colours.js';
import { errorText, isExpectedError } from '../../src/terminal/error-text.js';
import { memoryIo } from '../run-here.js';

const plain = coloursOf(memoryIo().stderr, {});

it.each([
  new CliError('ERR_USAGE', 'x', 'a', 'b'),
  new FileError('ERR_OUTPUT_FILE', 'x', 'a', 'b'),
  new SketchError('ERR_ROWS', 'x', 'a', 'b'),
  new FleetError('ERR_FLEET_OPTION', 'x', 'a', 'b'),
])('%s is a sentence with its code', error => {
  expect(isExpectedError(error)).toBe(true);
  expect(errorText(error, plain)).toBe(`error: x: met a, expected b (${error.code})\n`);
});

it('a hint stands on a line of its own', () => {
  const error = new CliError('ERR_USAGE', 'x', 'a', 'b', { hint: 'try c' });
  expect(errorText(error, plain)).toBe('error: x: met a, expected b (ERR_USAGE)\nhint: try c\n');
});

it('names in an error can not steer the terminal', () => {
  expect(errorText(new CliError('ERR_DATA_COLUMN', '\u001b[2J', 'a\nerror: b', 'c'), plain)).toBe(
    'error: \\u001b[2J: met a\\u000aerror: b, expected c (ERR_DATA_COLUMN)\n',
  );
});

it('anything else shows its stack and asks for a report', () => {
  for (const thrown of [new Error('out of tea'), Object.assign(new Error('out of tea'), { code: 'EACCES' })]) {
    expect(errorText(thrown, plain)).toMatch(/^error: .*Please report this.*out of tea\n {4}at /s);
  }
  expect(errorText('out of tea', plain)).toContain('out of tea');
});
