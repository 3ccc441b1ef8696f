import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes by position; where there are none it gives fewer, or none. */
export interface ByteSource {
  readonly size: number;
  /** `length` bytes from `at`, valid until the next call. */
  read(at: number, length: number): Uint8Array;
}

/** Of a model that lies in memory, in place. */
export function bufferSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/** One read of this many bytes holds all of a model but its weights, as a rule. */
const WINDOW_BYTES = 65_536;
/** 32 MiB: a graph of a million nodes. What lies behind is not looked for. */
const MAX_READS = 512;

/** Of a file, one window at a time. @throws what opening and reading throw. */
export class FileSource implements ByteSource, Disposable {
  readonly size: number;
  readonly #file: number;
  readonly #window = new Uint8Array(WINDOW_BYTES);
  #start = 0;
  #filled = 0;
  #reads = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  read(at: number, length: number): Uint8Array {
    if (at < this.#start || at + length > this.#start + this.#filled) this.#fill(at);
    return this.#window.subarray(at - this.#start, Math.min(at - this.#start + length, this.#filled));
  }

  #fill(at: number): void {
    this.#start = at;
    this.#filled = 0;
    if (at >= this.size || ++this.#reads > MAX_READS) return;
    this.#filled = readSync(this.#file, this.#window, 0, WINDOW_BYTES, at);
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
