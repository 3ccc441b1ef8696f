import { type Context, type Span, TraceFlags, trace } from '@opentelemetry/api';
import type { Faults } from '../faults.js';
import type { RowReader, RowValues } from '../input/row-reader.js';
import { settled } from '../promises.js';
import { reasonNames } from '../sampling/reasons.js';
import {
  ATTR_MODEL_NAME,
  ATTR_MODEL_VERSION,
  ATTR_OPERATION_NAME,
  ATTR_TASK_TYPE,
  EVENT_PREDICTION,
  OPERATION_PREDICT,
} from '../semconv.js';
import type { ContentMode } from './content.js';
import type { LogEvents } from './log-events.js';
import type { PredictionRecord } from './prediction-record.js';
import { RecordAttributes } from './record-attributes.js';
import type { ReadOutput } from './spans.js';

/** Sees each record in full before anything is cut; what it gives is recorded, null or undefined nothing. */
export type Redact = (record: PredictionRecord) => PredictionRecord | null | undefined;

export interface RecordParts {
  readonly model: { readonly name: string; readonly version: string };
  readonly task: string | undefined;
  readonly redact: Redact | undefined;
  readonly content: ContentMode;
  readonly events: LogEvents;
  readonly faults: Faults;
}

/** A prediction that is to be recorded, while its model runs. */
export interface PendingRecord {
  readonly captured: 'before' | 'after';
  readonly values: RowValues;
  /** In which the call was made. */
  readonly context: Context;
}

/** How a recorded prediction ended. */
export interface RecordOutcome {
  /** What was read of its result; undefined of a call that failed. */
  readonly output: ReadOutput | undefined;
  readonly errorType?: string | undefined;
  readonly predictionId?: string | undefined;
  readonly durationMs: number;
  /** Row of a batch. Its span is that of all rows, so that the record is an event in any case. */
  readonly batchIndex?: number | undefined;
}

/** Where kept predictions go. No method throws. */
export class Records {
  readonly #parts: RecordParts;

  constructor(parts: RecordParts) {
    this.#parts = parts;
  }

  /** Whether a record of a call with this span would go anywhere: to ask before an input is read. */
  canKeep(span: Span | undefined): boolean {
    return this.#parts.events.isOn || isSampled(span);
  }

  /** Reads the input now. `captured` says whether the model has run. */
  pending(reader: RowReader, row: unknown, context: Context, captured: 'before' | 'after'): PendingRecord {
    return { captured, values: reader.values(row), context };
  }

  /**
   * Writes the record to the span, if that is sampled and not ended, or emits it as `ml.prediction`. Gives whether it was
   * recorded.
   *
   * @param bits all reasons, those known at the end included. @param probability that goes with them.
   */
  finish(
    pending: PendingRecord,
    bits: number,
    probability: number,
    outcome: RecordOutcome,
    span: Span | undefined,
  ): boolean {
    const { redact, faults } = this.#parts;
    try {
      const record = this.#record(pending, bits, probability, outcome);
      const redacted = redact === undefined ? record : redactedBy(redact, record);
      return redacted !== undefined && this.#write(redacted, pending.context, outcome.batchIndex, span);
    } catch (error) {
      // Getters of what `redact` gave are read while writing.
      faults.count(redact === undefined ? 'internal' : 'redact', error);
      return false;
    }
  }

  #record(pending: PendingRecord, bits: number, probability: number, outcome: RecordOutcome): PredictionRecord {
    const { name, version } = this.#parts.model;
    const { input, missing, invalid } = pending.values;
    const { output, errorType, predictionId, durationMs, batchIndex } = outcome;
    const record: PredictionRecord = {
      model: { name, version },
      reasons: reasonNames(bits),
      probability,
      captured: pending.captured,
      input,
      missing,
      invalid,
      durationMs,
    };
    if (output?.label !== undefined) record.label = output.label;
    if (output !== undefined && !Number.isNaN(output.confidence)) record.confidence = output.confidence;
    if (output !== undefined && !Number.isNaN(output.value)) record.value = output.value;
    if (predictionId !== undefined) record.predictionId = predictionId;
    if (errorType !== undefined) record.errorType = errorType;
    if (batchIndex !== undefined) record.batchIndex = batchIndex;
    return record;
  }

  #write(record: PredictionRecord, context: Context, batchIndex: number | undefined, span: Span | undefined): boolean {
    const { content, events } = this.#parts;
    const carrier = batchIndex === undefined && isSampled(span) ? span : undefined;
    if (carrier !== undefined) {
      const attributes = new RecordAttributes().putReasons(record);
      if (content !== 'event') attributes.putInput(record, content !== 'none');
      this.#set(carrier, attributes.done());
      if (content !== 'event') return true;
    }
    if (!events.isOn) return carrier !== undefined;
    const withValues = content === 'default' || content === 'event';
    const attributes = this.#described().putReasons(record).putOutcome(record).putInput(record, withValues).done();
    const where = span === undefined ? context : trace.setSpan(context, span);
    events.emit(EVENT_PREDICTION, record.errorType === undefined ? 'info' : 'error', attributes, where);
    return true;
  }

  #described(): RecordAttributes {
    const { model, task } = this.#parts;
    return new RecordAttributes()
      .put(ATTR_OPERATION_NAME, OPERATION_PREDICT)
      .put(ATTR_MODEL_NAME, model.name)
      .put(ATTR_MODEL_VERSION, model.version)
      .put(ATTR_TASK_TYPE, task);
  }

  #set(span: Span, attributes: Readonly<Record<string, Parameters<Span['setAttribute']>[1]>>): void {
    try {
      for (const [name, value] of Object.entries(attributes)) span.setAttribute(name, value);
    } catch (error) {
      this.#parts.faults.count('span', error);
    }
  }
}

function isSampled(span: Span | undefined): span is Span {
  try {
    return span?.isRecording() === true && (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
  } catch {
    return false;
  }
}

/**
 * What `redact` made of a record; undefined for nothing. It may change what a person could be known by; what the record is
 * weighted by stays ours.
 *
 * @throws what `redact` throws, and for a result that is no record: a promise, a text.
 */
function redactedBy(redact: Redact, record: PredictionRecord): PredictionRecord | undefined {
  const { model, reasons, probability, captured, durationMs } = record;
  const { name, version } = model;
  const own = { model: { name, version }, reasons: [...reasons], probability, captured, durationMs };
  const given: unknown = redact(record);
  if (given === null || given === undefined) return undefined;
  if (!isRecord(given)) {
    settled(given);
    throw new TypeError('redact gave no record');
  }
  const { input, missing, invalid, label, confidence, value, predictionId, errorType, batchIndex } = given;
  const redacted: PredictionRecord = { ...own, input, missing: namesOf(missing), invalid: namesOf(invalid) };
  if (typeof label === 'string') redacted.label = label;
  if (typeof confidence === 'number') redacted.confidence = confidence;
  if (typeof value === 'number') redacted.value = value;
  if (typeof predictionId === 'string') redacted.predictionId = predictionId;
  if (typeof errorType === 'string') redacted.errorType = errorType;
  if (typeof batchIndex === 'number') redacted.batchIndex = batchIndex;
  return redacted;
}

function isRecord(given: unknown): given is PredictionRecord {
  if (typeof given !== 'object' || given === null) return false;
  const { input } = given as { input?: unknown };
  return typeof input === 'object' && input !== null;
}

function namesOf(given: unknown): string[] {
  return Array.isArray(given) ? given.filter(name => typeof name === 'string') : [];
}
