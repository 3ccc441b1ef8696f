import { expect, it } from 'vitest';
import { run } from '../src/program.js';
import { memoryIo, runHere } from './run-here.js';

const COMMANDS = [
  'baseline',
  'compare',
  'report',
  'contract',
  'inspect',
  'merge',
  'rules',
  'dashboard',
  'doctor',
  'completion',
];

it('--help lists every command on stdout and ends with 0', async () => {
  const { status, stdout, stderr } = await runHere(['--help']);
  expect(status).toBe(0);
  expect(stderr).toBe('');
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}`, 'm'));
});

it.each(COMMANDS)('the help of %s has a sentence, examples, exit statuses and pages to read on', async command => {
  const { status, stdout } = await runHere([command, '--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: driftspan /);
  expect(stdout).toMatch(new RegExp(`\\nExamples:\\n(?:.*\\n)*?    \\$ .*driftspan .*${command}`));
  expect(stdout).toMatch(/\nExit status:\n {2}0 {4}\S/);
  expect(stdout).toMatch(/\nRead on: docs\//);
});

it('help and --help of a command are the same', async () => {
  expect((await runHere(['help', 'rules'])).stdout).toBe((await runHere(['rules', '--help'])).stdout);
});

it('without a command the usage goes to stderr, with 2', async () => {
  const { status, stdout, stderr } = await runHere([]);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Usage: driftspan/);
});

it('--version is the version of the package', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  expect(await runHere(['--version'])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

it.each([
  [['inspekt', 'x'], 'inspect'],
  [['rules', '--formt', 'json'], '--format'],
])('%j is refused with the nearest name', async (argv, meant) => {
  const { status, stdout, stderr } = await runHere(argv);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`Did you mean ${meant}?`);
  expect(stderr).toContain('hint: driftspan');
});

it('an expected error is a sentence with its code, and has no stack', async () => {
  const { status, stdout, stderr } = await runHere(['inspect', 'nowhere.json']);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    'error: nowhere.json: met no such file or folder (ENOENT), expected a file that can be read (ERR_BASELINE_FILE)\n',
  );
});

it('a fault of ours prints its stack and asks for a report', async () => {
  const io = memoryIo();
  const broken = {
    ...io,
    stdout: {
      ...io.stdout,
      write() {
        throw new TypeError('undefined is not a tea pot');
      },
    },
  };
  expect(await run(['rules'], broken)).toBe(2);
  expect(io.stderr.text).toContain('Please report this');
  expect(io.stderr.text).toMatch(/TypeError: undefined is not a tea pot\n {4}at /);
});

it('help is as wide as the terminal, and no wider than 100 columns', async () => {
  const widest = async (columns?: number) => {
    const { stdout } = await runHere(
      ['rules', '--help'],
      columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } },
    );
    const options = stdout.slice(0, stdout.indexOf('\nExamples:'));
    return Math.max(...options.split('\n').map(line => line.length));
  };
  expect(await widest()).toBeLessThanOrEqual(80);
  expect(await widest(300)).toBeLessThanOrEqual(100);
  expect(await widest(300)).toBeGreaterThan(80);
});

it('help has colours on a terminal alone', async () => {
  expect((await runHere(['--help'], { columns: 80 })).stdout).toContain('\u001b[1m');
  expect((await runHere(['--help'], { columns: 80, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
  expect((await runHere(['--help'])).stdout).not.toContain('\u001b');
});

it('a signal ends the run with the status that a shell gives it', async () => {
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const result = await runHere(['rules'], { signal: AbortSignal.abort(signal) });
    expect(result.status).toBe(status);
    expect(result.stderr).toBe('cancelled\n');
  }
});
