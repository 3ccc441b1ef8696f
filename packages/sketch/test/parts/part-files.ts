import type { ModelSpec, TrainingRow } from '../../src/index.js';
import { BaselineLearner } from '../../src/learning/learner.js';
import type { LearnOptions } from '../../src/learning/training-row.js';

export interface PartOptions extends LearnOptions {
  readonly exactRows?: number;
  readonly k?: number;
}

/** What one process that saw these rows hands over. */
export function partOf<Row>(
  model: ModelSpec<Row>,
  rows: Iterable<TrainingRow<NoInfer<Row>>>,
  { exactRows = 2 ** 20, k = 8192, ...options }: PartOptions = {},
): Uint8Array<ArrayBuffer> {
  const learner = new BaselineLearner(model, options, { exactRows, k });
  for (const row of rows) learner.add(row);
  return learner.toBytes();
}

/** The rows that each of `parts` processes sees, dealt out in turns. */
export function dealt<T>(rows: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, part) => rows.filter((_, i) => i % parts === part));
}

/** Where the header of a part begins. */
export const HEADER_AT = 12;

// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
export function headerOf(part: Uint8Array): any {
  return JSON.parse(new TextDecoder().decode(part.subarray(HEADER_AT, contentsAt(part))));
}

/** Where the contents of the columns begin. */
export function contentsAt(part: Uint8Array): number {
  return HEADER_AT + new DataView(part.buffer, part.byteOffset).getUint32(8, true);
}

/** The part with another header, which may be any text, and its contents as they were, or others. */
export function withHeader(part: Uint8Array, header: unknown, contents = part.subarray(contentsAt(part))): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(HEADER_AT + text.length + contents.length);
  bytes.set(part.subarray(0, HEADER_AT));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, HEADER_AT);
  bytes.set(contents, HEADER_AT + text.length);
  return bytes;
}
