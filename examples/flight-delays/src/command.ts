import { styleText } from 'node:util';
import { MonitorError } from '@driftspan/core';
import type { Verdict } from '@driftspan/sketch';
import { alarmLines } from './alarm-lines.js';
import { type Arguments, HELP, readArguments, UsageError } from './arguments.js';
import { alarmFacts, documentOf, monthFacts } from './facts.js';
import { endingLines, introductionLines } from './printed.js';
import { ProgressBar } from './progress-bar.js';
import { monthLine, type Paint, plain, WIDTH } from './table.js';
import { count } from './words.js';
import { runYear } from './year.js';

const STOPPED_BY_USER = 130;
const WRONG_USAGE = 2;

/** The demo as a command: gives its exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const read = readArguments(args);
    if (read.help) {
      process.stdout.write(HELP);
      return 0;
    }
    return await runDemo(read);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error.message);
    return error instanceof UsageError || isWrongWindow(error) ? WRONG_USAGE : 1;
  }
}

/** `--window` goes to the monitor as it is, which refuses what is none. */
function isWrongWindow(error: Error): boolean {
  return error instanceof MonitorError && error.code === 'ERR_OPTION';
}

async function runDemo({ json, counts, months, window }: Arguments): Promise<number> {
  const stop = new AbortController();
  // Once: the second Ctrl-C has its usual effect.
  process.once('SIGINT', () => stop.abort());
  // `| head` has read enough.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    stop.abort();
  });
  const bar = barFor(json);
  const paint = hasColours() ? colour : plain;
  const print = (line = ''): void => {
    bar?.clear();
    if (!json) process.stdout.write(`${line}\n`);
  };
  const width = Math.min(WIDTH, process.stdout.columns ?? WIDTH);
  const startMs = performance.now();
  const seconds = (): number => (performance.now() - startMs) / 1000;
  try {
    const year = await runYear({
      months,
      window,
      signal: stop.signal,
      onStart: (collector, drift) => {
        const lines = collector === undefined ? introductionLines(drift, paint, width) : sentElsewhere(collector);
        for (const line of lines) print(line);
      },
      onProgress: progress => bar?.draw(progress),
      onAlarms: alarms => {
        for (const line of alarmLines(alarms.map(alarmFacts), paint, width)) print(line);
      },
      onMonth: month => print(monthLine(monthFacts(month, false), paint, width)),
    });
    bar?.clear();
    const document = documentOf(year, counts);
    if (json) process.stdout.write(`${JSON.stringify(document)}\n`);
    else if (year.collector === undefined) for (const line of endingLines(document, seconds(), width)) print(line);
    else print(sentLine(year.collector, year.flights, seconds()));
    return 0;
  } catch (error) {
    bar?.clear();
    if (!stop.signal.aborted) throw error;
    console.error('Stopped.');
    return STOPPED_BY_USER;
  }
}

function sentElsewhere(collector: string): string[] {
  return [
    `Sending to ${collector}: nothing can be read back from there, so only alarms are told here.`,
    'Look for ml.drift.status and ml.feature.bins of the service flight-delays.',
  ];
}

function sentLine(collector: string, flights: number, seconds: number): string {
  return `${count(flights)} flights in ${seconds.toFixed(0)} s; sent to ${collector}: see there what arrived. What could not be sent is told above.`;
}

/** On a terminal only, and where nothing but the table could be in its way. */
function barFor(json: boolean): ProgressBar | undefined {
  const { stderr, stdout } = process;
  return stderr.isTTY && process.env['TERM'] !== 'dumb' && (json || stdout.isTTY) ? new ProgressBar(stderr) : undefined;
}

/** The terminal's own answer, which heeds NO_COLOR and FORCE_COLOR. */
function hasColours(): boolean {
  return process.stdout.isTTY === true && process.stdout.hasColors();
}

const COLOURS = {
  header: 'bold',
  insufficient: 'gray',
  ok: 'green',
  notice: 'cyan',
  warning: 'yellow',
  critical: 'red',
} as const satisfies Record<Verdict | 'header', string>;

const colour: Paint = (what, text) => styleText(COLOURS[what], text);
