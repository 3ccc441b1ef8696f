import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseFlags } from '../src/flags.js';
import { inTurns } from '../src/harness/blocks.js';
import { median, quantile, ratios } from '../src/harness/numbers.js';
import { secondsLeft } from '../src/harness/progress.js';
import { runRounds } from '../src/harness/rounds.js';
import { loadSaved, save } from '../src/harness/saved.js';
import { between, bytesText, duration, ns, table, times } from '../src/harness/words.js';
import { besideYardstick } from '../src/harness/yardstick.js';
import { MODELS } from '../src/models/models.js';

const CHILDREN = new URL('harness-children/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'driftspan-harness-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('rounds', () => {
  it('are fresh processes, in an order that is reversed each time', async () => {
    const told: string[] = [];
    const met = await runRounds({
      script: new URL('teller.js', CHILDREN),
      names: ['a', 'b'],
      rounds: 2,
      args: ['time'],
      tell: (text: string) => told.push(text),
    });
    expect(told).toEqual(['round 1/2 a time', 'round 1/2 b time', 'round 2/2 b time', 'round 2/2 a time']);
    const printed = Object.values<{ name: string; args: string[]; pid: number }[]>(met).flat();
    expect(printed.map(({ name, args }) => [name, args])).toEqual(['a', 'a', 'b', 'b'].map(name => [name, ['time']]));
    expect(new Set(printed.map(({ pid }) => pid)).size).toBe(4);
  });

  it('run again what ran while the machine was busy, and keep what ran when it was not', async () => {
    const told: string[] = [];
    const met = await runRounds({
      script: new URL('disturbed.js', CHILDREN),
      names: ['a', 'b'],
      rounds: 2,
      args: [mkdtempSync(join(folder, 'disturbed-'))],
      tell: (text: string) => told.push(text),
    });
    expect(told.slice(4)).toEqual(['again, the machine was busy: 1/1 b']);
    const printed = Object.values<{ name: string; isFirst: boolean; yardstick: number }[]>(met).flat();
    expect(printed.map(({ name, isFirst, yardstick }) => [name, isFirst, yardstick])).toEqual([
      ['a', true, 5],
      ['a', false, 5],
      ['b', false, 5],
      ['b', false, 5],
    ]);
  });

  it('end with the error of a child that failed', async () => {
    const script = new URL('teller.js', CHILDREN);
    const run = runRounds({ script, names: ['a', 'broken'], rounds: 1, tell: () => {} });
    await expect(run).rejects.toThrow(/broken: ended with status 1\n[\s\S]*no such thing/);
  });

  it('leave no child behind when they are stopped', async () => {
    const file = join(folder, 'pid');
    const [waiter, sleeper] = ['waiter.js', 'sleeper.js'].map(name => fileURLToPath(new URL(name, CHILDREN)));
    const parent = spawn(process.execPath, [waiter!, sleeper!, file], { stdio: 'ignore' });
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(10);
    const pid = Number(readFileSync(file, 'utf8'));
    const ended = new Promise(resolve => parent.on('exit', resolve));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGINT');
    expect(await ended).toBe(130);
    while (isAlive(pid)) await sleep(10);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('blocks', () => {
  it('take turns, and another side begins each time', async () => {
    const order: string[] = [];
    const side = (name: string) => (calls: number) => order.push(`${name}${calls}`);
    const times = await inTurns({ a: side('a'), b: side('b') }, { calls: 5, blocks: 2, warmUp: 1 });
    expect(order).toEqual(['b5', 'a5', 'a5', 'b5', 'b5', 'a5']);
    expect(Object.values(times).map(({ length }) => length)).toEqual([2, 2]);
  });

  it('wait for a side that is asynchronous', async () => {
    let running = 0;
    const side = async () => {
      expect(++running).toBe(1);
      await sleep(1);
      running--;
    };
    const { a } = await inTurns({ a: side, b: side }, { calls: 1, blocks: 2 });
    expect(Math.min(...a!)).toBeGreaterThan(0);
  });
});

describe('numbers', () => {
  it('are the middle, and what lies below a share', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
    expect([quantile([1, 2, 3, 4, 5], 0), quantile([1, 2, 3, 4, 5], 0.9), quantile([7], 0.99)]).toEqual([1, 4.6, 7]);
  });

  it('are compared within a round', () => {
    expect(ratios([2, 8, 3], [1, 2, 3])).toEqual({ median: 2, min: 1, max: 4 });
    expect(() => ratios([1, 2], [1])).toThrow('met 2 and 1 rounds');
  });

  it('are written with their unit', () => {
    expect([4.23, 762.4, 1061, 145_000, 3.2e6, 4.2e9].map(ns)).toEqual([
      '4.2 ns',
      '762 ns',
      '1.06 µs',
      '145 µs',
      '3.20 ms',
      '4.20 s',
    ]);
    expect([409, 1250, 31_248, 3.1e6].map(bytesText)).toEqual(['409 B', '1.25 kB', '31.2 kB', '3.10 MB']);
    expect([times(0.3), times(31.4), between([3, 1, 2], ns)]).toEqual(['0.30 ×', '31 ×', '1.0 ns – 3.0 ns']);
    expect([duration(40), duration(400)]).toEqual(['40 s', '7 min']);
    expect(table(['a', 'b'], [[1, 2]])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });
});

describe('what was measured', () => {
  const one = (suite: string, line: number, accelerator?: string) => ({
    suite,
    line,
    machine: { cpu: 'one', ...(accelerator === undefined ? {} : { accelerator }) },
    result: { line },
  });

  it('comes back by suite: the lines in order, then a machine with an accelerator', () => {
    const to = pathToFileURL(`${folder}/saved/`);
    for (const saved of [one('models', 3, 'a GPU'), one('models', 3), one('calls', 2), one('models', 2)])
      save(saved, to);
    const saved = loadSaved(to);
    expect(Object.keys(saved).sort()).toEqual(['calls', 'models']);
    expect(saved['models']).toEqual([one('models', 2), one('models', 3), one('models', 3, 'a GPU')]);
    expect(readdirSync(to, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.part'))).toEqual([]);
  });

  it('is nothing where nothing was saved', () => {
    expect(loadSaved(pathToFileURL(`${folder}/none/`))).toEqual({});
  });
});

describe('the time left', () => {
  it('is what it took last time, less what has passed', () => {
    expect(secondsLeft({ elapsed: 40, expected: 100, done: 0.1 })).toBe(60);
  });

  it('is as the part under way goes on, where that is all that is known', () => {
    expect(secondsLeft({ elapsed: 100, done: 0.25, partElapsed: 10 })).toBe(30);
    expect(secondsLeft({ elapsed: 120, expected: 100, done: 0.5, partElapsed: 10 })).toBe(10);
    expect(secondsLeft({ elapsed: 5, done: 0 })).toBeUndefined();
  });
});

describe('the yardstick', () => {
  it('stands beside what was timed, the longest where it was looked at in between', async () => {
    const figures = await besideYardstick(async (look: () => void) => {
      look();
      return { ns: 1 };
    });
    expect(figures.ns).toBe(1);
    expect(figures.yardstick).toBeGreaterThan(0);
  });
});

describe('flags', () => {
  it('choose suites and rounds', () => {
    expect(parseFlags(['--only', 'calls,peers', '--rounds', '3'])).toMatchObject({
      only: ['calls', 'peers'],
      rounds: 3,
    });
    expect(parseFlags(['--models', 'softmax, ocr-cls'])).toMatchObject({ models: ['softmax', 'ocr-cls'] });
    expect(parseFlags([])).toMatchObject({ models: Object.keys(MODELS), rounds: undefined, quick: false, page: false });
  });

  it.each([
    [['--only', 'cals'], '--only: met cals, expected some of calls, peers'],
    [['--models', 'softmax,bert'], '--models: met bert, expected some of softmax, image-224'],
    [['--rounds', '0'], '--rounds: met 0, expected a whole number from 1'],
    [['--rounds', 'x'], '--rounds: met x'],
    [['--cases', 'watched'], '--cases: goes with --compare alone'],
    [['--fast'], "Unknown option '--fast'"],
    [['calls'], 'calls'],
  ])('%j are refused, with what was expected', (argv, message) => {
    expect(() => parseFlags(argv)).toThrow(message);
  });
});
