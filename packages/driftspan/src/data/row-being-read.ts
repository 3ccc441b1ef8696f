import { Cursor, type DataRow } from './cursor.js';
import type { ReadPlan } from './plan.js';

/** The one row of a reading: columns of a piece of the data, and which of their values is read. */
export class RowBeingRead implements DataRow {
  readonly input: Cursor;
  readonly output: { label?: string | number; confidence?: number; value?: number } | undefined;
  time: number | undefined = undefined;
  labels: unknown[] | undefined;
  confidences: Float64Array | undefined;
  outputValues: Float64Array | undefined;
  times: Float64Array | undefined;

  constructor({ features, label, confidence, value }: ReadPlan) {
    this.input = new Cursor(features.length);
    this.output = label === undefined && confidence === undefined && value === undefined ? undefined : {};
  }

  moveTo(at: number): void {
    this.input.at = at;
    if (this.times !== undefined) this.time = this.times[at]!;
    const { output } = this;
    if (output === undefined) return;
    if (this.labels !== undefined) output.label = this.labels[at] as string;
    if (this.confidences !== undefined) output.confidence = this.confidences[at]!;
    if (this.outputValues !== undefined) output.value = this.outputValues[at]!;
  }
}
