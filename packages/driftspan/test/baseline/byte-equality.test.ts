import { readFile } from 'node:fs/promises';
import { stringifyBaseline } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFlights, FLIGHTS_FILE, januaryFlights, learnedFlights, NOT_FEATURES } from '../flights.js';
import { runCommand } from '../run-command.js';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';

const SOURCE = "January's flights";
const MODEL = ['--model', 'flight-delay@2013.01', '--transforms', '1', '--task', 'classification', '--source', SOURCE];

describe('the baseline of a file', () => {
  const folder = temporaryFolder();
  const expected = { timed: '', untimed: '' };
  beforeAll(async () => {
    const flights = await januaryFlights();
    expected.timed = stringifyBaseline(await learnedFlights(flights, true, SOURCE));
    expected.untimed = stringifyBaseline(await learnedFlights(flights, false, SOURCE));
    for (const name of ['jan.csv', 'jan.csv.gz', 'jan.jsonl', 'jan.parquet']) {
      await exportFlights(folder.path(name), 'month = 1');
    }
    // Half of the month each: together they are January, in their order.
    await exportFlights(folder.path('half-1.parquet'), 'month = 1 AND scheduled < 21600');
    await exportFlights(folder.path('half-2.parquet'), 'month = 1 AND scheduled >= 21600');
  });

  const baseline = async (files: readonly string[], timed: boolean, ...more: readonly string[]) => {
    const excluded = timed ? NOT_FEATURES.split(',').filter(name => name !== 'scheduled') : [NOT_FEATURES];
    const columns = ['--label', 'late', '--exclude', excluded.filter(name => name !== 'late').join(',')];
    const time = timed ? ['--time-column', 'scheduled'] : [];
    const result = await runHere(['baseline', ...files, '-o', 'out.json', ...MODEL, ...columns, ...time, ...more], {
      cwd: folder.cwd,
    });
    expect(result).toMatchObject({ status: 0, stdout: '' });
    return readFile(folder.path('out.json'), 'utf8');
  };

  it.each(['jan.parquet', 'jan.csv', 'jan.csv.gz', 'jan.jsonl'])(
    '%s is, byte for byte, that of learnBaseline',
    async name => {
      expect(await baseline([name], false)).toBe(expected.untimed);
    },
  );

  it.each(['jan.parquet', 'jan.csv', 'jan.jsonl'])(
    '%s in order of time is, byte for byte, that of learnBaseline',
    async name => {
      expect(await baseline([name], true)).toBe(expected.timed);
    },
  );

  it('is the same of a condition, of several files, of a glob and of any number of threads', async () => {
    expect(await baseline([FLIGHTS_FILE], true, '--where', 'month = 1')).toBe(expected.timed);
    expect(await baseline(['half-1.parquet', 'half-2.parquet'], false)).toBe(expected.untimed);
    expect(await baseline(['half-*.parquet'], true, '--threads', '1')).toBe(expected.timed);
  });

  it('is the same through pipes, from standard input to standard output', async () => {
    const stdin = await readFile(folder.path('jan.csv'));
    const exclude = NOT_FEATURES.replace('late,', '');
    const args = ['baseline', '-', '-o', '-', ...MODEL, '--label', 'late', '--exclude', exclude];
    const result = await runCommand(args, { stdin, cwd: folder.cwd });
    expect(result.status).toBe(0);
    expect(result.stdout).toBe(expected.untimed);
    expect(result.stderr).toContain('wrote standard output: 27,004 rows, 12 features, 1 output');
  });
});
