import type { WriteStream } from 'node:tty';
import type { MonthFacts } from './facts.js';
import { isDrift } from './judge-month.js';
import { count, monthName, share } from './words.js';
import type { Progress } from './year.js';

const BLOCKS = 24;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** One line at the foot of the terminal, drawn over itself ten times a second. */
export class ProgressBar {
  readonly #stream: Pick<WriteStream, 'write' | 'columns'>;
  readonly #startMs = performance.now();
  #drawnMs = Number.NEGATIVE_INFINITY;
  #shown = false;
  #verdict = '';

  constructor(stream: Pick<WriteStream, 'write' | 'columns'>) {
    this.#stream = stream;
  }

  /** What is known so far, at the end of the line. */
  note({ month, verdict, worst }: MonthFacts): void {
    if (isDrift(verdict) && !this.#verdict.includes('since'))
      this.#verdict = `${verdict} since ${monthName(month)}: ${worst[0]!.feature}`;
    else if (this.#verdict === '') this.#verdict = `${monthName(month)}: ${verdict}`;
  }

  draw({ month, done, flights }: Progress): void {
    const nowMs = performance.now();
    if (nowMs - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = nowMs;
    this.#shown = true;
    const perSecond = Math.round(done / ((nowMs - this.#startMs) / 1000));
    const line = barLine(month, done / flights, perSecond, this.#verdict);
    this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
  }

  /** Makes room for a line of text. */
  clear(): void {
    if (this.#shown) this.#stream.write(CLEAR_LINE);
    this.#shown = false;
    this.#drawnMs = Number.NEGATIVE_INFINITY;
  }
}

/** `June       ██████████░░░░░░░░░░░░░░   42 %  27,310 flights/s  critical since February: pressure` */
export function barLine(month: number, done: number, perSecond: number, verdict: string): string {
  const full = Math.round(done * BLOCKS);
  const bar = '█'.repeat(full) + '░'.repeat(BLOCKS - full);
  return `${monthName(month).padEnd(9)}  ${bar}  ${share(done, 0).padStart(5)}  ${count(perSecond).padStart(6)} flights/s  ${verdict}`;
}
