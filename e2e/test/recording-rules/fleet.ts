import { type InputSeries, type Labels, selector } from '../promtool.js';

/** How one process lives, in minutes of the test. */
export interface Process {
  readonly id: string;
  readonly from: number;
  /** Last minute with a sample. */
  readonly to: number;
  /** Whether its end is marked, as that of a scrape is; that of a process which pushes is not. */
  readonly isMarked?: boolean;
  /** No samples between these minutes, both excluded; it goes on counting. */
  readonly silent?: readonly [from: number, to: number];
  /** What it counts in a minute, in multiples of the others. */
  readonly weight: number;
  /** Which names it uses: those of the Collector and OTLP, or those of the JS exporter. */
  readonly flavour: 'collector' | 'js';
}

/** Whole lives, a drained process and its successor that has counted before its first scrape, one killed, one silent for 25 minutes. */
export const PROCESSES: readonly Process[] = [
  { id: 'a', from: 0, to: 75, weight: 2, flavour: 'collector' },
  { id: 'b', from: 0, to: 30, isMarked: true, weight: 1, flavour: 'js' },
  { id: 'c', from: 32, to: 75, weight: 3, flavour: 'js' },
  { id: 'd', from: 0, to: 40, weight: 1, flavour: 'collector' },
  { id: 'e', from: 3, to: 75, silent: [20, 45], weight: 1, flavour: 'js' },
];

/** What a counter adds in a minute. */
export type Rate = number | ((minute: number) => number);

/** Minutes before the first scrape that a process has already counted: its first value is not 0. */
const HEAD_START = 2;

/** The fleet's series, and what each window of them holds by the samples alone: a value counts at the sample that shows it. */
export class Fleet {
  readonly series: InputSeries[] = [];
  readonly #evalMinute: number;
  readonly #lagMinutes: number;

  constructor(evalMinute: number, lagMinutes = 2) {
    this.#evalMinute = evalMinute;
    this.#lagMinutes = lagMinutes;
  }

  /** Adds a counter to every process; returns its increase over the last so many minutes, over all processes. */
  counter(name: string | Record<Process['flavour'], string>, labels: Labels, rate: Rate, processes = PROCESSES) {
    const samples = processes.map(process => samplesOf(process, rate));
    for (const [i, process] of processes.entries()) {
      const metric = typeof name === 'string' ? name : name[process.flavour];
      this.#add(metric, labels, process, minute => samples[i]!.find(([at]) => at === minute)?.[1]);
    }
    return (minutes: number): number => {
      const end = this.#evalMinute - this.#lagMinutes;
      let sum = 0;
      for (const ofProcess of samples) {
        for (const [i, [at, value]] of ofProcess.entries()) {
          if (at > end - minutes && at <= end) sum += value - (ofProcess[i - 1]?.[1] ?? 0);
        }
      }
      return sum;
    };
  }

  /** Adds a gauge of a constant. */
  gauge(name: string, labels: Labels, value: number, processes = PROCESSES): void {
    for (const process of processes) this.#add(name, labels, process, () => value);
  }

  #add(name: string, labels: Labels, process: Process, at: (minute: number) => number | undefined): void {
    const values: string[] = [];
    for (let minute = 0; minute <= this.#evalMinute; minute++) {
      const value = isSampled(process, minute) ? at(minute) : undefined;
      values.push(value === undefined ? '_' : String(value));
    }
    if (process.isMarked === true && process.to < this.#evalMinute) values[process.to + 1] = 'stale';
    const own =
      process.flavour === 'js' ? { instance: 'host:1', service_instance_id: process.id } : { instance: process.id };
    this.series.push({ series: selector(name, { ...labels, job: 'serving', ...own }), values: values.join(' ') });
  }
}

function isSampled({ from, to, silent }: Process, minute: number): boolean {
  const isSilent = silent !== undefined && minute > silent[0] && minute < silent[1];
  return minute >= from && minute <= to && !isSilent;
}

/** Minute and cumulative value. */
function samplesOf(process: Process, rate: Rate): (readonly [minute: number, value: number])[] {
  const perMinute = typeof rate === 'number' ? () => rate : rate;
  const samples: (readonly [number, number])[] = [];
  let value = HEAD_START * process.weight * perMinute(process.from);
  for (let minute = process.from; minute <= process.to; minute++) {
    if (minute > process.from) value += process.weight * perMinute(minute);
    if (isSampled(process, minute)) samples.push([minute, value]);
  }
  return samples;
}
