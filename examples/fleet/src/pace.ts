/** How often a replica looks whether flights are due. */
const TICK_MS = 20;
/** More than this is not made up for at once: a replica that was held up goes on at its pace and stays responsive. */
const MOST_AT_ONCE = 200;

/**
 * Asks about flights at a steady pace until it is stopped. Late ones are made up for, `MOST_AT_ONCE` at a time, so that a busy
 * machine changes when a flight is asked about and not how many are.
 *
 * @param ask asks about so many flights; the next are not due before it has.
 */
export class Pace {
  readonly #perMs: number;
  readonly #ask: (flights: number) => Promise<void>;
  #asked = 0;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};

  constructor(perSecond: number, ask: (flights: number) => Promise<void>) {
    this.#perMs = perSecond / 1000;
    this.#ask = ask;
  }

  get asked(): number {
    return this.#asked;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the last flight that was begun has its answer; rejects with what `ask` threw. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const startMs = performance.now();
    while (!this.#stopped) {
      const due = Math.floor((performance.now() - startMs) * this.#perMs) - this.#asked;
      if (due > 0) {
        const now = Math.min(due, MOST_AT_ONCE);
        await this.#ask(now);
        this.#asked += now;
      }
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        setTimeout(resolve, TICK_MS);
      });
    }
  }
}
