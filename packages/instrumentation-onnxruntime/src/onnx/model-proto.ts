import type { ValueMetadata } from '../runtime.js';
import type { ByteSource } from './byte-source.js';
import { type Field, fields } from './fields.js';

/** What a model says of itself, beside its graph. */
export interface ModelProto {
  /** `model_version`; 0 where it is not set. */
  readonly version: number;
  /** `metadata_props`. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the graph lies; undefined if there is none. */
  readonly graph: Span | undefined;
}
interface Span {
  readonly start: number;
  readonly length: number;
}

/** What the runtime tells only from 1.22 on. */
export interface GraphProto {
  readonly name: string;
  readonly inputs: readonly ValueMetadata[];
  readonly outputs: readonly ValueMetadata[];
}

// Field numbers of onnx.proto.
const MODEL = { version: 5, graph: 7, metadata: 14 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const GRAPH = { name: 2, input: 11, output: 12 } as const;
const VALUE = { name: 1, type: 2 } as const;
const TYPE = { tensor: 1 } as const;
const TENSOR = { element: 1, shape: 2 } as const;
const SHAPE = { dim: 1 } as const;
const DIM = { value: 1, name: 2 } as const;

/** Longer ones are no name and no version: a class list, a licence. */
const MAX_TEXT_BYTES = 1024;
/** More are a file made to be slow. */
const MAX_METADATA = 256;
const MAX_VALUES = 1024;
const MAX_RANK = 16;

/** TensorProto.DataType, in the runtime's words. */
const ELEMENT_TYPES: readonly (string | undefined)[] = [
  undefined,
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
];

/**
 * Reads the top of an ONNX file: the graph is stepped over by its length, weights and all, in two or three reads. Bytes that are
 * no model give an empty answer; nothing throws but what the source throws.
 */
export function readModel(source: ByteSource): ModelProto {
  let version = 0;
  let graph: Span | undefined;
  const metadata = new Map<string, string>();
  for (const field of fields(source, 0, source.size)) {
    if (field.number === MODEL.version) version = field.value ?? 0;
    else if (field.number === MODEL.graph) graph = { start: field.start, length: field.length };
    else if (field.number === MODEL.metadata && metadata.size < MAX_METADATA) {
      const key = textOf(source, field, ENTRY.key);
      const value = textOf(source, field, ENTRY.value);
      if (key !== undefined && value !== undefined) metadata.set(key, value);
    }
  }
  return { version, metadata, graph };
}

/** Reads a graph's name, inputs and outputs, stepping over its nodes and weights. Costs a read for every 64 KiB of nodes. */
export function readGraph(source: ByteSource, { start, length }: Span): GraphProto {
  let name = '';
  const inputs: ValueMetadata[] = [];
  const outputs: ValueMetadata[] = [];
  for (const field of fields(source, start, start + length)) {
    if (field.number === GRAPH.name) name = text(source, field) ?? '';
    else if (field.number === GRAPH.input && inputs.length < MAX_VALUES) inputs.push(valueInfo(source, field));
    else if (field.number === GRAPH.output && outputs.length < MAX_VALUES) outputs.push(valueInfo(source, field));
  }
  return { name, inputs, outputs };
}

function valueInfo(source: ByteSource, value: Field): ValueMetadata {
  const name = textOf(source, value, VALUE.name) ?? '';
  const type = within(source, value, VALUE.type);
  const tensor = type && within(source, type, TYPE.tensor);
  if (tensor === undefined) return { name, isTensor: false };
  let element: string | undefined;
  let shape: (number | string)[] = [];
  for (const field of fields(source, tensor.start, tensor.start + tensor.length)) {
    if (field.number === TENSOR.element) element = ELEMENT_TYPES[field.value ?? 0];
    else if (field.number === TENSOR.shape) shape = shapeOf(source, field);
  }
  return { name, isTensor: true, shape, ...(element === undefined ? {} : { type: element }) };
}

function shapeOf(source: ByteSource, shape: Field): (number | string)[] {
  const sizes: (number | string)[] = [];
  for (const field of fields(source, shape.start, shape.start + shape.length)) {
    if (field.number !== SHAPE.dim || sizes.length === MAX_RANK) continue;
    let size: number | string = '';
    for (const part of fields(source, field.start, field.start + field.length)) {
      if (part.number === DIM.value && part.value !== undefined) size = part.value;
      else if (part.number === DIM.name) size = text(source, part) ?? '';
    }
    sizes.push(size);
  }
  return sizes;
}

/** The last field of that number within another, which is the one that counts. */
function within(source: ByteSource, outer: Field, number: number): Field | undefined {
  let found: Field | undefined;
  for (const field of fields(source, outer.start, outer.start + outer.length)) {
    if (field.number === number) found = field;
  }
  return found;
}

function textOf(source: ByteSource, outer: Field, number: number): string | undefined {
  const field = within(source, outer, number);
  return field === undefined ? undefined : text(source, field);
}

const decoder = new TextDecoder();

/** Undefined for one that is too long to be a name, and for one that is no text. */
function text(source: ByteSource, { start, length }: Field): string | undefined {
  if (length > MAX_TEXT_BYTES || start === 0) return undefined;
  return decoder.decode(source.read(start, length));
}
