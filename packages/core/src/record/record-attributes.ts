import type { AttributeValue } from '@opentelemetry/api';
import {
  ATTR_BATCH_INDEX,
  ATTR_DURATION,
  ATTR_ERROR_TYPE,
  ATTR_INPUT_PREFIX,
  ATTR_PAYLOAD_CAPTURED,
  ATTR_PAYLOAD_INVALID,
  ATTR_PAYLOAD_MISSING,
  ATTR_PAYLOAD_PROBABILITY,
  ATTR_PAYLOAD_REASON,
  ATTR_PAYLOAD_SAMPLED,
  ATTR_PAYLOAD_TRUNCATED,
  ATTR_PREDICTION_CONFIDENCE,
  ATTR_PREDICTION_ID,
  ATTR_PREDICTION_LABEL,
  ATTR_PREDICTION_VALUE,
  MAX_LABEL_LENGTH,
  OTHER,
} from '../semconv.js';
import { Bounds, MAX_PAYLOAD_BYTES, type Plain } from './bounded.js';
import type { PredictionRecord } from './prediction-record.js';

/** The SDKs keep 128 attributes of a span or an event and drop the rest; this many leave room for those that are not input. */
export const MAX_INPUTS = 96;

/** What says that something was cut, and the braces, fit in any case. */
const RESERVED_BYTES = JSON.stringify({ [ATTR_PAYLOAD_TRUNCATED]: true }).length + 1;

/**
 * The attributes of one record, on a span or as an event. All together they take 16 KiB at most, as JSON text in UTF-8, and
 * `ml.payload.truncated` says where something was cut; what is put first is cut last. Texts, numbers and booleans stand as they
 * are, arrays of one of these too, NaN and ±Infinity as text, everything else as JSON text of its bounded form.
 */
export class RecordAttributes {
  readonly #attributes: Record<string, AttributeValue> = {};
  readonly #bounds = new Bounds(MAX_PAYLOAD_BYTES - RESERVED_BYTES);

  /** null and undefined are left out. @throws what a getter of the value throws. */
  put(name: string, value: unknown): this {
    const plain = this.#plain(name, value);
    if (plain !== undefined && plain !== null) this.#attributes[name] = plain as AttributeValue;
    return this;
  }

  /** That the prediction was recorded, why, and with which probability. */
  putReasons({ reasons, probability, captured }: PredictionRecord): this {
    return this.put(ATTR_PAYLOAD_SAMPLED, true)
      .put(ATTR_PAYLOAD_REASON, reasons)
      .put(ATTR_PAYLOAD_PROBABILITY, probability)
      .put(ATTR_PAYLOAD_CAPTURED, captured);
  }

  /** What the model said, which a span says anyhow. */
  putOutcome(record: PredictionRecord): this {
    const { label } = record;
    return this.put(ATTR_ERROR_TYPE, record.errorType)
      .put(ATTR_PREDICTION_ID, record.predictionId)
      .put(ATTR_PREDICTION_LABEL, label === undefined || label.length <= MAX_LABEL_LENGTH ? label : OTHER)
      .put(ATTR_PREDICTION_CONFIDENCE, record.confidence)
      .put(ATTR_PREDICTION_VALUE, record.value)
      .put(ATTR_BATCH_INDEX, record.batchIndex)
      .put(ATTR_DURATION, record.durationMs / 1000);
  }

  /** Names of what was missing and invalid and, `withValues`, the values, in order. @throws what a Proxy throws. */
  putInput({ input, missing, invalid }: PredictionRecord, withValues: boolean): this {
    if (missing.length > 0) this.put(ATTR_PAYLOAD_MISSING, missing);
    if (invalid.length > 0) this.put(ATTR_PAYLOAD_INVALID, invalid);
    if (!withValues) return this;
    const names = Object.keys(input);
    if (names.length > MAX_INPUTS) this.#bounds.truncated = true;
    for (const name of names.slice(0, MAX_INPUTS)) this.put(ATTR_INPUT_PREFIX + name, input[name]);
    return this;
  }

  /** All that was put. To be asked for once, at the end. */
  done(): Record<string, AttributeValue> {
    if (this.#bounds.truncated) this.#attributes[ATTR_PAYLOAD_TRUNCATED] = true;
    return this.#attributes;
  }

  #plain(name: string, value: unknown): Plain | undefined {
    const bounds = this.#bounds;
    if (typeof value !== 'object' || value === null) return value === null ? null : bounds.entry(name, value);
    // Within a text every quote is escaped once more, which doubles it at most.
    const inner = new Bounds(Math.floor(bounds.left / 2));
    const plain = inner.plain(value);
    if (inner.truncated) bounds.truncated = true;
    if (plain === undefined) return undefined;
    return typeof plain === 'string' || isUniform(plain)
      ? bounds.entry(name, plain)
      : bounds.wholeEntry(name, JSON.stringify(plain));
  }
}

/** What both SDKs take for an attribute: an array of texts, of numbers or of booleans. */
export function isUniform(value: unknown): value is AttributeValue {
  if (!Array.isArray(value)) return false;
  const type = typeof value[0];
  return (
    (type === 'string' || type === 'number' || type === 'boolean' || value.length === 0) &&
    value.every(item => typeof item === type)
  );
}
