/** What waits for a minute to come. Minutes only go forward; an entry whose minute is past is due at once. */
export class OutcomeQueue<T> {
  readonly #byMinute = new Map<number, T[]>();
  #minute: number;
  #size = 0;

  /** @param minute the first that has not passed; an integer, as all minutes here. */
  constructor(minute: number) {
    this.#minute = minute;
  }

  /** Entries that wait. */
  get size(): number {
    return this.#size;
  }

  add(minute: number, entry: T): void {
    const due = Math.max(minute, this.#minute);
    const entries = this.#byMinute.get(due);
    if (entries === undefined) this.#byMinute.set(due, [entry]);
    else entries.push(entry);
    this.#size++;
  }

  /** What is due by the end of `minute`, by minute and then as it was added. */
  *takeUntil(minute: number): Generator<T> {
    for (; this.#minute <= minute && this.#size > 0; this.#minute++) yield* this.#take();
    this.#minute = Math.max(this.#minute, minute + 1);
  }

  /** All that waits, in the same order: time passes until nothing is left. */
  *takeAll(): Generator<T> {
    for (; this.#size > 0; this.#minute++) yield* this.#take();
  }

  #take(): readonly T[] {
    const entries = this.#byMinute.get(this.#minute) ?? [];
    this.#byMinute.delete(this.#minute);
    this.#size -= entries.length;
    return entries;
  }
}
