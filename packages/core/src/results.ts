import type { Span } from '@opentelemetry/api';
import type { Aside } from './aside.js';
import type { Counting } from './counting.js';
import type { Faults } from './faults.js';
import type { BatchRows } from './input/batch-rows.js';
import { MAX_BATCH_ROWS } from './input/rows.js';
import type { Keeping } from './keeping.js';
import type { Learning } from './learning.js';
import type { Outcomes } from './outcome/outcomes.js';
import type { OutputCounter } from './output/output-counter.js';
import { settled } from './promises.js';
import type { CallClusters } from './window/call-clusters.js';

export interface ResultParts {
  readonly output: OutputCounter;
  readonly outcomes: Outcomes;
  readonly keeping: Keeping;
  readonly rows: BatchRows;
  readonly faults: Faults;
  /** How many rows one result has; undefined where it is one. */
  readonly resultRows: ((output: unknown) => unknown) | undefined;
}

/** How a call ended that was made of a batch. */
export interface BatchEnding {
  readonly input: unknown;
  readonly size: number;
  readonly span: Span | undefined;
  readonly aside: Aside | undefined;
  readonly durationMs: number;
}

/** Counts results, records those that are kept, and lets their outcomes come. */
export class Results {
  readonly #parts: ResultParts;
  #learning: Learning | undefined;
  #clusters: CallClusters | undefined;

  constructor(parts: ResultParts, learning: Learning | undefined, { judge }: Counting) {
    this.#parts = parts;
    this.#learning = learning;
    this.#clusters = judge.clusters;
  }

  /** Counts by a baseline that was learned meanwhile. */
  use({ judge }: Counting): void {
    this.#learning = undefined;
    this.#clusters = judge.clusters;
  }

  /** Counts the result of a call that was not made of a batch. Gives the number of rows it has. */
  count(result: unknown, input: unknown): number {
    const { output, resultRows } = this.#parts;
    const rows = resultRows === undefined ? 1 : this.#rowsOf(resultRows, result);
    if (rows !== 1) return this.#countSeveral(result, input, rows);
    output.count(result, input, 0);
    this.#learning?.takeOutput(output);
    return 1;
  }

  #rowsOf(read: (output: unknown) => unknown, result: unknown): number {
    const { faults } = this.#parts;
    try {
      const rows = settled(read(result));
      if (typeof rows === 'number' && rows >= 0) return Math.min(Math.floor(rows), MAX_BATCH_ROWS);
      faults.count('output_reader');
    } catch (error) {
      faults.count('output_reader', error);
    }
    return 1;
  }

  #countSeveral(result: unknown, input: unknown, rows: number): number {
    const { output } = this.#parts;
    // A training row has one output: any of them will do, since outputs are learned each by itself.
    const learned = this.#learning === undefined ? -1 : Math.floor(Math.random() * rows);
    this.#clusters?.begin();
    for (let index = 0; index < rows; index++) {
      output.count(result, input, index);
      if (index === learned) this.#learning?.takeOutput(output);
    }
    this.#clusters?.end();
    output.clear();
    return rows;
  }

  /** Counts the result of a batch, row by row. @param read false where it can't be read. */
  countBatch(result: unknown, ending: BatchEnding, read: boolean): void {
    const { output, keeping, rows } = this.#parts;
    const { input, size, span, aside, durationMs } = ending;
    const ids = aside?.ids as readonly (string | undefined)[] | undefined;
    this.#clusters?.begin();
    rows.eachOf(size, input, (row, batchIndex) => {
      if (read) {
        output.count(result, row, batchIndex);
        this.#learning?.takeOutput(output);
      } else output.countUnread();
      const predictionId = ids?.[batchIndex];
      const kept = aside?.keptRows?.get(batchIndex);
      const isLate = keeping.looksBack && keeping.isLate(durationMs);
      const isRecorded =
        (kept !== undefined || isLate) &&
        keeping.finish(kept, row, { durationMs, span, failedAs: undefined, batchIndex, predictionId });
      this.#expect(predictionId, isRecorded);
    });
    this.#clusters?.end();
  }

  /** Records each row of a batch that failed as a whole. */
  failBatch(failedAs: string, { input, size, span, aside, durationMs }: BatchEnding): void {
    const { keeping, rows } = this.#parts;
    if (keeping.isOff) return;
    rows.eachOf(size, input, (row, batchIndex) => {
      const ending = { durationMs, span, failedAs, batchIndex, predictionId: undefined };
      keeping.finish(aside?.keptRows?.get(batchIndex), row, ending);
    });
  }

  /** Records the only prediction of a call, if it is to be, and lets its outcome come. */
  record(
    durationMs: number,
    span: Span | undefined,
    input: unknown,
    aside: Aside | undefined,
    failedAs: string | undefined,
  ): void {
    const predictionId = typeof aside?.ids === 'string' ? aside.ids : undefined;
    const { keeping } = this.#parts;
    const isRecorded =
      !keeping.isOff &&
      keeping.finish(aside?.kept, input, { durationMs, span, failedAs, batchIndex: undefined, predictionId });
    if (failedAs === undefined) this.#expect(predictionId, isRecorded);
  }

  #expect(id: string | undefined, isRecorded: boolean): void {
    const { output, outcomes } = this.#parts;
    if (id === undefined || (output.label === undefined && Number.isNaN(output.value))) return;
    outcomes.expect(id, output.label, output.value, isRecorded);
  }
}
