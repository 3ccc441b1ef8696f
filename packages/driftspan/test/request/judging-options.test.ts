import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addComparingOptions } from '../../src/request/judging-options.js';

const parse = (...argv: string[]) =>
  addComparingOptions(new Command('x').exitOverride().configureOutput({ writeErr() {} }), 'critical')
    .parse(argv, { from: 'user' })
    .opts();

describe('options of judging', () => {
  it('have the defaults of the comparison, and critical as what fails', () => {
    expect(parse()).toEqual({ failOn: 'critical' });
  });

  it('are read as numbers', () => {
    expect(parse('--psi', '0.05,0.2', '--false-alarms', '1e-6', '--fail-on', 'never', '--independent')).toEqual({
      psi: { warning: 0.05, critical: 0.2 },
      falseAlarms: 1e-6,
      failOn: 'never',
      independent: true,
    });
  });

  it.each([
    ['--psi', '0.1'],
    ['--psi', '0.3,0.2'],
    ['--psi', '0,1'],
    ['--psi', '0.1,x'],
    ['--psi', '0.1,0.2,0.3'],
    ['--false-alarms', '0'],
    ['--false-alarms', '2'],
    ['--false-alarms', 'few'],
    ['--fail-on', 'ok'],
  ])('refuse %s %s', (option, value) => {
    expect(() => parse(option, value)).toThrow();
  });
});
