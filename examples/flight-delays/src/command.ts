import { styleText } from 'node:util';
import { PSI_CRITICAL, PSI_WARNING, type Verdict } from '@driftspan/sketch';
import { type Arguments, HELP, readArguments, UsageError } from './arguments.js';
import { conclusionLines } from './conclusions.js';
import { type DemoDocument, documentOf, monthFacts } from './facts.js';
import { ProgressBar } from './progress-bar.js';
import { headerLines, monthLine, type Paint, plain } from './table.js';
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
    return error instanceof UsageError ? WRONG_USAGE : 1;
  }
}

async function runDemo({ json, counts, months }: Arguments): Promise<number> {
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
  const startMs = performance.now();
  try {
    let header = introduction(paint);
    const year = await runYear({
      months,
      signal: stop.signal,
      onStart: collector => {
        if (collector !== undefined) header = sentElsewhere(collector);
        for (const line of header) print(line);
      },
      onProgress: progress => bar?.draw(progress),
      onMonth: judged => {
        const facts = monthFacts(judged, false);
        print(monthLine(facts, paint));
        bar?.note(facts);
      },
    });
    bar?.clear();
    const document = documentOf(year, counts);
    if (json) process.stdout.write(`${JSON.stringify(document)}\n`);
    else for (const line of ending(document, year.flights, (performance.now() - startMs) / 1000)) print(line);
    return 0;
  } catch (error) {
    bar?.clear();
    if (!stop.signal.aborted) throw error;
    console.error('Stopped.');
    return STOPPED_BY_USER;
  }
}

function introduction(paint: Paint): string[] {
  return [
    'A model trained on January 2013 says whether a flight will be late. Every flight of the months below',
    'is put to it in order, its outcome follows hours later. What Driftspan counted goes out over OTLP;',
    'each line is judged from the counts that arrived. PSI is the distance from January:',
    `${PSI_WARNING} is a warning, ${PSI_CRITICAL} critical.`,
    '',
    ...headerLines(paint),
  ];
}

function sentElsewhere(collector: string): string[] {
  return [
    `Sending to ${collector}: nothing can be read back from there, so nothing is judged here.`,
    'Look for ml.feature.bins and ml.feature.baseline.bins of the service flight-delays.',
  ];
}

/** Everything below the table. */
function ending(document: DemoDocument, flights: number, seconds: number): string[] {
  const { received, sentTo } = document;
  const taken = `${count(flights)} flights in ${seconds.toFixed(0)} s`;
  if (received === null)
    return [`${taken}; sent to ${sentTo}: see there what arrived. What could not be sent is told above.`];
  const sampling = received.spans === 0 ? '' : ` (1 call in ${count(Math.round(flights / received.spans))})`;
  return [
    '',
    `${taken}. Arrived over OTLP: ${count(received.metricPoints)} metric points, ${count(received.spans)} spans${sampling}.`,
    ...Object.entries(received.dropped).map(([reason, items]) => `Not recorded: ${count(items)} (${reason}).`),
    '',
    ...conclusionLines(document),
    '',
    ...NEXT,
  ];
}

const NEXT = [
  'Next:',
  '  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 npm run demo    to your own collector',
  '  npm run --silent demo -- --json                                   the same as a document',
  '  docs/flight-delays.md                                             each verdict, explained',
];

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
