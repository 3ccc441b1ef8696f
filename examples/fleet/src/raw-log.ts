import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/*
 * Every row a replica is asked about, in order, written before the model is asked. A record, little-endian:
 *
 *   0        8      12
 *   │ time ms │ row  │
 *   │ float64 │uint32│
 */
const RECORD_BYTES = 12;

/** The file outlives a SIGKILL: what was handed to the kernel is kept. */
export class RawLog {
  readonly #file: number;
  readonly #record = Buffer.alloc(RECORD_BYTES);

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Writes a row that is about to be asked about. A system call, some 5 µs. */
  write(row: number, timeMs: number): void {
    this.#record.writeDoubleLE(timeMs, 0);
    this.#record.writeUInt32LE(row, 8);
    writeSync(this.#file, this.#record);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What a replica logged, in order; a record that was cut off is left out. */
export interface RawRows {
  readonly rows: Uint32Array;
  readonly timesMs: Float64Array;
}

export function readRawLog(path: string): RawRows {
  const bytes = readFileSync(path);
  const length = Math.floor(bytes.length / RECORD_BYTES);
  const rows = new Uint32Array(length);
  const timesMs = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    timesMs[i] = bytes.readDoubleLE(i * RECORD_BYTES);
    rows[i] = bytes.readUInt32LE(i * RECORD_BYTES + 8);
  }
  return { rows, timesMs };
}
