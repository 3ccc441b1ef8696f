import type { Span } from '@opentelemetry/api';
import type { Examples } from './drift/examples.js';
import type { RowReader } from './input/row-reader.js';
import type { OutputCounter } from './output/output-counter.js';
import type { Windows } from './window/windows.js';

/** Notes sampled traces as examples of the bins that their values fell into. */
export class Noting {
  readonly #examples: Examples;
  readonly #windows: Windows;
  #reader: RowReader;

  constructor(examples: Examples, windows: Windows, reader: RowReader) {
    this.#examples = examples;
    this.#windows = windows;
    this.#reader = reader;
  }

  /** Bins are others from now on. */
  use(reader: RowReader): void {
    this.#reader = reader;
    this.#examples.clear();
  }

  /** Whether a call that begins now is noted; few are. @param nowMs monotonic. */
  wants(nowMs: number, span: Span): boolean {
    try {
      return this.#examples.wants(nowMs) && span.isRecording();
    } catch {
      return false; // a tracer's fault, which its span tells
    }
  }

  /** @throws what the span throws. */
  noteRow(row: unknown, span: Span): void {
    this.#note(this.#reader.cells(row, []), span);
  }

  /** @throws what the span throws. */
  noteOutput(output: OutputCounter, span: Span): void {
    this.#note(output.cells(), span);
  }

  #note(cells: readonly number[], span: Span): void {
    const { traceId, spanId } = span.spanContext();
    this.#examples.note(cells, traceId, spanId, this.#windows.nowMs());
  }
}
