import { columns, type Feature, tensor } from '@driftspan/core';
import type { ModelConfig } from './config.js';
import { InstrumentationError } from './errors.js';
import { isUsable } from './identity.js';
import type { Feeds, ValueMetadata } from './runtime.js';

type Features = Record<string, Feature<Feeds>>;

/** Wider rows are a picture or a vector, not a table: each column costs up to 22 series. */
const MAX_COLUMNS = 64;
/** Of a session nobody described, so that it costs at most what a wide table does. Inputs beyond are not counted. */
const MAX_UNDECLARED = 256;

/** Types whose numbers can be read; 4-bit ones lie two in a byte, strings are nobody's to look at. */
const NUMERIC: ReadonlySet<string> = new Set([
  'float32',
  'float64',
  'float16',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
]);

/** Names that hold a decoder's own memory rather than what it was asked. */
const OWN_STATE = /^(past|past_key_values?|cache)([._]|$)/;

/**
 * The features of a session's inputs, from their shapes alone. A table, `[batch, columns]` or `[columns]` of 1 to 64, is counted
 * by column: `<input>.0` and on, `<input>` where there is one, or the names given. Any other numeric tensor is five numbers a
 * call. All are `recorded: false`: counted, never written down.
 */
export function undeclaredFeatures(inputs: readonly ValueMetadata[], config: ModelConfig): Features {
  const features: Features = {};
  const taken = new Set<string>();
  for (const input of inputs) {
    if (!isCounted(input)) continue;
    const names = columnNames(input, config.columns);
    const parts = names ?? TENSOR_PARTS.map(part => `${input.name}.${part}`);
    if (taken.size + parts.length > MAX_UNDECLARED || Object.hasOwn(features, input.name)) continue;
    if (!parts.every(part => isUsable(part) && !OUTPUTS.has(part) && !taken.has(part))) continue;
    for (const part of parts) taken.add(part);
    const select = (feeds: Feeds) => feeds[input.name];
    features[input.name] = { ...(names === undefined ? tensor({ select }) : columns(select, names)), recorded: false };
  }
  return features;
}

const TENSOR_PARTS = ['mean', 'sd', 'min', 'max', 'zeros'] as const;
/** Names that a monitor keeps for what a model answers. */
const OUTPUTS: ReadonlySet<string> = new Set(['prediction.label', 'prediction.confidence', 'prediction.value']);

function isCounted({ name, isTensor, type }: ValueMetadata): boolean {
  return isTensor && isUsable(name) && !OWN_STATE.test(name) && type !== undefined && NUMERIC.has(type);
}

/** The names of a table's columns; undefined for what is no table. @throws InstrumentationError `ERR_ONNXRUNTIME_CONFIG` for names that don't fit. */
function columnNames(input: ValueMetadata, given: ModelConfig['columns']): readonly string[] | undefined {
  const shape = input.shape ?? [];
  const width = shape.at(-1);
  const names = given !== undefined && Object.hasOwn(given, input.name) ? given[input.name] : undefined;
  if (names !== undefined) {
    if (typeof width !== 'number' || names.length === width) return names;
    throw new InstrumentationError(
      'ERR_ONNXRUNTIME_CONFIG',
      `columns.${input.name}`,
      `${names.length} names`,
      `${width} names`,
    );
  }
  const isTable =
    input.type !== 'bool' &&
    (shape.length === 1 || shape.length === 2) &&
    typeof width === 'number' &&
    width >= 1 &&
    width <= MAX_COLUMNS;
  if (!isTable) return undefined;
  return width === 1 ? [input.name] : Array.from({ length: width }, (_, i) => `${input.name}.${i}`);
}
