/** Characters of a server's output that are kept: the newest. A Collector that is told of every failed export writes about 1 kB a second. */
export const MAX_LOG_LENGTH = 256 * 1024;

/** The end of a text that grows without bound. */
export class BoundedLog {
  #text = '';

  add(text: string): void {
    this.#text += text;
    // Cut at twice the length, so that each character is copied once on average.
    if (this.#text.length > 2 * MAX_LOG_LENGTH) this.#text = this.#text.slice(-MAX_LOG_LENGTH);
  }

  /** At most the last `MAX_LOG_LENGTH` characters. */
  text(): string {
    return this.#text.slice(-MAX_LOG_LENGTH);
  }
}
