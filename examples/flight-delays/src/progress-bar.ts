import type { WriteStream } from 'node:tty';
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

  constructor(stream: Pick<WriteStream, 'write' | 'columns'>) {
    this.#stream = stream;
  }

  draw({ month, done, flights, open }: Progress): void {
    const nowMs = performance.now();
    if (nowMs - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = nowMs;
    this.#shown = true;
    const perSecond = Math.round(done / ((nowMs - this.#startMs) / 1000));
    const line = barLine(month, done / flights, perSecond, open);
    this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
  }

  /** Makes room for a line of text. */
  clear(): void {
    if (this.#shown) this.#stream.write(CLEAR_LINE);
    this.#shown = false;
    this.#drawnMs = Number.NEGATIVE_INFINITY;
  }
}

/** `June       ██████████░░░░░░░░░░░░░░   42 %  27,310 flights/s  alarm: dest` */
export function barLine(month: number, done: number, perSecond: number, open: readonly string[]): string {
  const full = Math.round(done * BLOCKS);
  const bar = '█'.repeat(full) + '░'.repeat(BLOCKS - full);
  const alarm = open.length === 0 ? '' : `  alarm: ${open.join(', ')}`;
  return `${monthName(month).padEnd(9)}  ${bar}  ${share(done, 0).padStart(5)}  ${count(perSecond).padStart(6)} flights/s${alarm}`;
}
