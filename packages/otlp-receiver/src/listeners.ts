type Listener<T> = (batch: readonly T[]) => void;

/** Functions told of each batch. One that throws spoils neither the request nor the others: see `notify`. */
export class Listeners<T> {
  readonly #listeners = new Set<Listener<T>>();

  /** Returns what ends the subscription. A function added twice is called twice. */
  add(listener: Listener<T>): () => void {
    const own: Listener<T> = batch => listener(batch);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Calls every listener; what one throws becomes an uncaught exception, so that a failed assertion is not lost. */
  notify(batch: readonly T[]): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(batch);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
