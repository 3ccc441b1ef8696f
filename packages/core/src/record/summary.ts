import { type Measures, measureValue, tensor } from '@driftspan/sketch';
import { bulkShape, type Shape, shapeOf } from '../shape.js';
import { errorType } from './error-type.js';

/** What stands for an object whose contents are not told; undefined where its own entries are. */
export interface Summary {
  readonly type: string;
  readonly shape?: readonly number[];
  readonly size?: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly min?: number;
  readonly max?: number;
  /** Share of elements that are 0. */
  readonly zeros?: number;
}

/** Mean, standard deviation, smallest and largest of a sample of 4,096 elements at most. */
const MEASURES = tensor().measures as Measures<unknown>;

/**
 * Type, shape and summary of a typed array, buffer or tensor, type and size of a map or set; undefined for any other object.
 *
 * @throws what a getter of the value throws.
 */
export function summaryOf(value: object): Summary | undefined {
  if (value instanceof Map) return { type: 'Map', size: value.size };
  if (value instanceof Set) return { type: 'Set', size: value.size };
  const bulk = bulkShape(value);
  if (bulk !== undefined) return measured(value, bulk);
  if (Array.isArray(value) || !Array.isArray((value as { dims?: unknown }).dims)) return undefined;
  const shape = shapeOf(value);
  return shape === undefined ? undefined : measured(value, shape);
}

function measured(value: object, { type, shape }: Shape): Summary {
  const out = new Float64Array(MEASURES.parts.length);
  let taken = false;
  measureValue(MEASURES, value, undefined, out, () => {
    taken = true;
  });
  const summary: Record<string, unknown> = { type, shape };
  for (const [k, part] of MEASURES.parts.entries()) {
    if (taken && Number.isFinite(out[k])) summary[part] = out[k];
  }
  return summary as unknown as Summary;
}

/** What an object is told as where it is one word: a Date as ISO text, an error as the name of its class, never its message. */
export function textOf(value: object): string | undefined {
  if (value instanceof Date) {
    const ms = Date.prototype.getTime.call(value);
    return Number.isNaN(ms) ? 'Invalid Date' : new Date(ms).toISOString();
  }
  return value instanceof Error ? errorType(value) : undefined;
}
