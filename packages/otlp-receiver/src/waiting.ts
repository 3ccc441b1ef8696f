import { ReceiverError } from './errors.js';

/** The promises behind `Receiver.waitFor`: each is looked at again whenever something has arrived. */
export class Waiting {
  readonly #checks = new Set<{ look: () => void; fail: (error: Error) => void }>();

  /**
   * Settles with the first thing `probe` gives that is neither `undefined` nor `false`; rejects with what `probe` throws.
   * Looks at once, then at each `look()`.
   *
   * @throws ReceiverError `ERR_RECEIVER_TIMEOUT` after `timeoutMs`, with `describe()` as what was met.
   */
  until<T>(probe: () => T | undefined | false, timeoutMs: number, describe: () => string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.#checks.delete(check);
        finish();
      };
      const look = (): void => {
        try {
          const found = probe();
          if (found !== undefined && found !== false) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const check = { look, fail };
      const timer = setTimeout(() => {
        const expected = `the predicate to hold within ${timeoutMs} ms`;
        fail(new ReceiverError('ERR_RECEIVER_TIMEOUT', 'waitFor', describe(), expected));
      }, timeoutMs);
      this.#checks.add(check);
      look();
    });
  }

  look(): void {
    for (const check of [...this.#checks]) check.look();
  }

  failAll(error: Error): void {
    for (const check of [...this.#checks]) check.fail(error);
  }
}
