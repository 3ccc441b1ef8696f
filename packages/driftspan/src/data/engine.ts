import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { CliError } from '../errors.js';
import { engineFault } from './engine-fault.js';

/** Of DuckDB, unless said otherwise, and at most half of the machine's: sorting spills to disk beyond it. */
const DEFAULT_MEMORY_BYTES = 2 * 2 ** 30;

/** More is a slip of the hand. */
const MAX_THREADS = 1024;

export interface EngineOptions {
  readonly memory?: string | undefined;
  readonly threads?: number | undefined;
}

/**
 * A DuckDB of our own: in memory, without a network, with a private folder for what does not fit. Loaded when the first is opened, so that
 * commands which read no data start without it. {@link close} takes the folder away; so does the end of the process.
 */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #removeFolder: () => void;
  /** Only its owner may look inside (mode 0700). */
  readonly folder: string;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, folder: string, remove: () => void) {
    this.#instance = instance;
    this.#connection = connection;
    this.folder = folder;
    this.#removeFolder = remove;
  }

  /** @throws CliError `ERR_USAGE` for a memory limit or a number of threads that DuckDB does not take. */
  static async open({ memory, threads }: EngineOptions): Promise<Engine> {
    checkOptions(memory, threads);
    const folder = await mkdtemp(join(tmpdir(), 'driftspan-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    try {
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const bytes = Math.floor(Math.min(DEFAULT_MEMORY_BYTES, totalmem() / 2));
      const instance = await DuckDBInstance.create(':memory:', {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        memory_limit: memory ?? `${bytes}B`,
        temp_directory: join(folder, 'spill'),
        ...(threads === undefined ? {} : { threads: String(threads) }),
      });
      const connection = await instance.connect();
      await connection.run("SET TimeZone = 'UTC'");
      return new Engine(instance, connection, folder, remove);
    } catch (error) {
      process.off('exit', remove);
      remove();
      throw engineFault(error, 'DuckDB');
    }
  }

  /** All rows of a short answer. @throws CliError what DuckDB refuses, told of `where`. */
  async rows(sql: string, where: string, signal?: AbortSignal): Promise<readonly (readonly DuckDBValue[])[]> {
    return this.#watched(where, signal, async () => (await this.#connection.runAndReadAll(sql)).getRows());
  }

  /**
   * Gives the answer piece by piece, at most 2,048 rows each, in order. A piece lives until `each` returns; the event loop has its turn
   * between two.
   *
   * @throws CliError what DuckDB refuses, told of `where`; `ERR_CANCELLED` once `signal` says so. What `each` throws comes through.
   */
  async stream(
    sql: string,
    where: string,
    signal: AbortSignal | undefined,
    each: (chunk: DuckDBDataChunk) => void,
  ): Promise<void> {
    const result = await this.#watched(where, signal, () => this.#connection.stream(sql));
    for (;;) {
      const chunk = await this.#watched(where, signal, () => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      each(chunk);
    }
  }

  async #watched<T>(where: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw engineFault(undefined, where, signal);
    const interrupt = () => this.#connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      throw engineFault(error, where, signal);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  /** May be called twice. */
  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
    process.off('exit', this.#removeFolder);
    this.#removeFolder();
  }
}

function checkOptions(memory: string | undefined, threads: number | undefined): void {
  if (memory !== undefined && !/^\d+(\.\d+)? ?([KMGT]i?)?B$/i.test(memory)) {
    throw new CliError('ERR_USAGE', '--memory', memory, 'a size, as 500MB or 4GB');
  }
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS)) {
    throw new CliError('ERR_USAGE', '--threads', String(threads), `a whole number from 1 to ${MAX_THREADS}`);
  }
}
