import { alarmLines } from './alarm-lines.js';
import { conclusionLines } from './conclusions.js';
import type { AlarmFacts, DemoDocument, DriftFacts } from './facts.js';
import { headerLines, monthLine, type Paint, plain, WIDTH } from './table.js';
import { count, lasting, list, wrap } from './words.js';

/** The three windows of a monitor, in sixtieths of the longest: see `Report.features[].windows`. */
const WINDOW_PARTS = [4, 15, 60] as const;
const WHOLE = 60;

/** What is said before the first flight. */
export function introductionLines(
  { windowMs, falseAlarms }: Pick<DriftFacts, 'windowMs' | 'falseAlarms'>,
  paint: Paint = plain,
  width = WIDTH,
): string[] {
  const windows = WINDOW_PARTS.map(part => lasting((windowMs * part) / WHOLE));
  const text =
    'A model trained on January 2013 says whether a flight will be late. Every flight of the months below is put to it in order, ' +
    `its outcome follows hours later. Every ${lasting(windowMs / WHOLE)} the last ${list(windows)} are judged against January, with a budget of ` +
    `${falseAlarms.count} false alarm${falseAlarms.count === 1 ? '' : 's'} a ${falseAlarms.per} over all tests. ` +
    "Alarms are told as they open and close, above the month they belong to. What a month's line counts is read at the far end of an OTLP socket.";
  return [...wrap(text, width), '', ...headerLines(paint, width)];
}

/** Everything below the table, where the counts came back. */
export function endingLines(document: DemoDocument, seconds: number, width = WIDTH): string[] {
  const received = document.received!;
  const flights = document.months.reduce((sum, month) => sum + month.flights, 0);
  const sampling = received.spans === 0 ? '' : ` (1 call in ${count(Math.round(flights / received.spans))})`;
  const taken =
    `${count(flights)} flights in ${seconds.toFixed(0)} s. Arrived over OTLP: ${count(received.metricPoints)} metric points, ` +
    `${count(received.spans)} spans${sampling}.`;
  return [
    '',
    ...wrap(taken, width),
    ...Object.entries(received.dropped).map(([reason, items]) => `Not recorded: ${count(items)} (${reason}).`),
    '',
    ...conclusionLines(document, width),
    '',
    ...wrap(PAGE, width),
    ...NEXT,
  ];
}

const PAGE = 'docs/flight-delays.md explains the alarms, each month, and the choice of a window. Next:';
const NEXT = [
  '  npm run demo -- --window 7d                                     another window',
  '  npm run --silent demo -- --json                                 as a document',
  '  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 npm run demo  your collector',
];

/** All that a run prints, made again from its document. */
export function printedLines(document: DemoDocument, seconds: number): string[] {
  const monthOf = ({ at }: AlarmFacts): number => Number(at.slice(5, 7));
  return [
    ...introductionLines(document.drift),
    ...document.months.flatMap(month => [
      ...momentsOf(document.alarms.filter(alarm => monthOf(alarm) === month.month)).flatMap(alarms =>
        alarmLines(alarms),
      ),
      monthLine(month),
    ]),
    ...endingLines(document, seconds),
  ];
}

/** Alarms by the moment at which they were told. */
export function momentsOf(alarms: readonly AlarmFacts[]): AlarmFacts[][] {
  const moments = new Map<string, AlarmFacts[]>();
  for (const alarm of alarms) moments.set(alarm.at, [...(moments.get(alarm.at) ?? []), alarm]);
  return [...moments.values()];
}
