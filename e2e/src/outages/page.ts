import type { Fates, Figures, PhaseFigures, Round } from './figures.js';
import { STEADY } from './phases.js';

/** `docs/outages.md`, from the figures alone. */
export function outagesPage(figures: Figures): string {
  const { machine, versions, commit, date, settings, rounds } = figures;
  const phases = rounds[0]!.phases.map(({ phase }) => phase).slice(1);
  return `# A Collector's bad day

Made by \`npm run outages\`; raw figures in [\`outages.json\`](outages.json). One process with \`start()\` under a load of
${settings.callsPerSecond} watched calls a second, and ${settings.burst} more at once every 2 s, sends metrics every ${settings.metricIntervalMs / 1000} s, a span of every
fourth call, and log events, to a real Collector behind a gate that fails as each phase says. Exporters give up a request after ${settings.exportTimeoutMs / 1000} s.
In turns with each watched call the bare model is called: what watching costs is a ratio within one phase. The model is some 50 µs of arithmetic.
What is tested, without a clock, is in \`e2e/test/outages.test.ts\`.

${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, load average ${machine.loadAverage} before it began; ${versionsText(versions)}; commit ${commit};
${date}; ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'} (${rounds.map(({ protocol }) => protocol).join(', ')}). A cell is the median over rounds, and the smallest and largest in brackets.

## What is lost

${table(
  ['round', 'made', 'sent', 'given up', 'queue full', 'unaccounted', 'arrived', 'arrived though given up', 'twice'],
  rounds.flatMap((round, index) => [
    fateRow(`${index + 1}, ${round.protocol}: spans`, round.spans),
    fateRow(`${index + 1}, ${round.protocol}: log events`, round.logs),
  ]),
)}

"Given up" and "queue full" are what the SDK itself counts, \`otel.sdk.processor.span.processed\` by \`error.type\` and the same of log
records, with \`OTEL_NODE_EXPERIMENTAL_SDK_METRICS=true\`; they arrive with the other metrics when the Collector is back. "Arrived" is
what the Collector answered with success. A request whose answer comes too late has arrived and is given up all the same.

Metrics are cumulative, and lose nothing: after each round every series of the model at the Collector equalled the process's own count
(${rounds.map(({ series, seriesThatDiffer }) => `${seriesThatDiffer} of ${series} differ`).join(', ')}).
SIGTERM under load with the Collector down ended the process each time: ${rounds.map(({ ending }) => ending).join(', ')}.

## What the application sees

${table(
  [
    'phase',
    'calls/s',
    'bare, µs',
    'watched, µs',
    'watched ÷ bare, against steady',
    'bare p99, µs',
    'watched p99, µs',
    'event loop late by, p99 ms',
  ],
  phases.map(phase => [
    phase,
    cell(rounds, phase, one => one.callsPerSecond, 0),
    cell(rounds, phase, one => one.bareUs.median, 1),
    cell(rounds, phase, one => one.watchedUs.median, 1),
    spread(
      rounds.map(round => ratio(phaseOf(round, phase)) / ratio(phaseOf(round, STEADY))),
      2,
    ),
    cell(rounds, phase, one => one.bareUs.p99, 0),
    cell(rounds, phase, one => one.watchedUs.p99, 0),
    cell(rounds, phase, one => one.loopDelayMs.p99, 1),
  ]),
)}

${seen(rounds)}

## What the process keeps

${table(
  [
    'phase',
    'heap and buffers, MB',
    'resident, MB',
    'requests that came',
    'taken',
    'spans given up',
    'spans refused by a full queue',
  ],
  phases.map(phase => [
    phase,
    cell(rounds, phase, one => one.heapMb, 1),
    cell(rounds, phase, one => one.rssMb, 0),
    cell(rounds, phase, one => one.tried, 0),
    cell(rounds, phase, one => one.taken, 0),
    cell(rounds, phase, one => one.spans.failed, 0),
    cell(rounds, phase, one => one.spans.full, 0),
  ]),
)}

Heap after a garbage collection at the end of the phase, with all that waits. When everything had met its fate: ${spread(
    rounds.map(({ heapAfterMb }) => heapAfterMb),
    1,
  )} MB, ${spread(
    rounds.map(round => round.heapAfterMb - phaseOf(round, STEADY).heapMb),
    1,
  )} MB over the steady phase. What waits is bounded by the SDK's queues (2,048 spans, 2,048 log records) and
what is on its way (30 requests an exporter). \`diag\` was told ${spread(
    rounds.map(({ diagLines }) => diagLines),
    0,
  )} lines in a round: one a failed batch, never one a call.
`;
}

/** The ratio's range over the phases with a fault, in words that the figures decide. */
function seen(rounds: readonly Round[]): string {
  const names = rounds[0]!.phases.map(({ phase }) => phase);
  const faulty = names.slice(names.indexOf(STEADY) + 1);
  const medianOf = (phase: string, of: (one: PhaseFigures) => number) =>
    median(rounds.map(round => of(phaseOf(round, phase)) / of(phaseOf(round, STEADY))));
  const ratios = faulty.map(phase => medianOf(phase, ratio));
  const p99 = faulty.map(phase => medianOf(phase, one => one.watchedUs.p99 / one.bareUs.p99));
  return `Over the phases after the steady one the median watched call took ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} times what it took
against the bare one while steady. The same ratio of the 99th
percentiles: ${Math.min(...p99).toFixed(2)} to ${Math.max(...p99).toFixed(2)} times. A batch of
512 spans is turned into bytes in one piece on the thread of the calls, 3 ms as JSON and 2 ms as protobuf (smallest of 30, spans of 14
attributes, Node 20.20): while a queue that filled up is sent, batches follow each other without a pause, and calls between them wait.
\`OTEL_BSP_MAX_EXPORT_BATCH_SIZE\` makes the pieces smaller. Latencies beyond the median, and how late the event loop is, also show whatever else
wanted the cores: compare them with the steady phase of the same run.`;
}

function fateRow(name: string, { made, sent, failed, full, taken, takenTwice }: Fates): string[] {
  return [name, made, sent, failed, full, made - sent - failed - full, taken, taken - sent, takenTwice].map(String);
}

function phaseOf(round: Round, name: string): PhaseFigures {
  const found = round.phases.find(({ phase }) => phase === name);
  if (found === undefined) throw new Error(`a round has no phase ${name}`);
  return found;
}

function ratio({ bareUs, watchedUs }: PhaseFigures): number {
  return watchedUs.median / bareUs.median;
}

function cell(rounds: readonly Round[], phase: string, of: (one: PhaseFigures) => number, digits: number): string {
  return spread(
    rounds.map(round => of(phaseOf(round, phase))),
    digits,
  );
}

function spread(values: readonly number[], digits: number): string {
  const text = (value: number) => value.toFixed(digits);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return text(least) === text(most) ? text(least) : `${text(median(values))} (${text(least)} – ${text(most)})`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function versionsText(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
