import type { WriteStream } from 'node:tty';

const CLEAR_LINE = '\r\u001b[K';
/** Where nothing can be drawn over: in a log every second would be a flood. */
const LOGGED_EVERY_MS = 10_000;

/** One line that tells how things stand: drawn over itself on a terminal, printed now and then elsewhere. */
export class LiveLine {
  readonly #stream: Pick<WriteStream, 'write' | 'columns' | 'isTTY'>;
  #shown = false;
  #loggedMs = Number.NEGATIVE_INFINITY;

  constructor(stream: Pick<WriteStream, 'write' | 'columns' | 'isTTY'>) {
    this.#stream = stream;
  }

  show(line: string): void {
    if (this.#stream.isTTY) {
      this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
      this.#shown = true;
    } else if (performance.now() - this.#loggedMs >= LOGGED_EVERY_MS) {
      this.#loggedMs = performance.now();
      this.#stream.write(`${line}\n`);
    }
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.#shown) this.#stream.write(CLEAR_LINE);
    this.#shown = false;
  }
}
