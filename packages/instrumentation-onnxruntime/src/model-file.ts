import type { Artifact } from './artifact.js';
import { type ByteSource, bufferSource, FileSource } from './onnx/byte-source.js';
import { type GraphProto, readGraph, readModel } from './onnx/model-proto.js';
import type { Session, ValueMetadata } from './runtime.js';

/** What is known of a session's model. */
export interface ModelFile {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, string>;
  /** Read only where nothing else would name the model. */
  readonly graphName: string | undefined;
  readonly inputs: readonly ValueMetadata[];
  readonly outputs: readonly ValueMetadata[];
}

const NO_METADATA: ReadonlyMap<string, string> = new Map();

/**
 * What the session and the bytes it was made from tell: metadata from the file, shapes from the session or, before 1.22, from
 * the file's graph. 30 µs for a file that was just loaded: two reads, whatever its size. Never throws.
 */
export function readModelFile(session: Session, artifact: Artifact | undefined): ModelFile {
  const known = session.inputMetadata !== undefined && session.outputMetadata !== undefined;
  const empty: ModelFile = {
    version: 0,
    metadata: NO_METADATA,
    graphName: undefined,
    inputs: session.inputMetadata ?? [],
    outputs: session.outputMetadata ?? [],
  };
  if (artifact === undefined) return empty;
  try {
    return 'bytes' in artifact
      ? read(bufferSource(artifact.bytes), session, known, true)
      : readPath(artifact.path, session, known);
  } catch {
    return empty; // gone, or never readable by us: the runtime had it
  }
}

function readPath(path: string, session: Session, known: boolean): ModelFile {
  using source = new FileSource(path);
  return read(source, session, known, false);
}

function read(source: ByteSource, session: Session, known: boolean, unnamed: boolean): ModelFile {
  const { version, metadata, graph } = readModel(source);
  const wanted = graph !== undefined && (!known || unnamed) ? readGraph(source, graph) : undefined;
  return {
    version,
    metadata,
    graphName: wanted?.name,
    inputs: session.inputMetadata ?? named(wanted?.inputs, session.inputNames),
    outputs: session.outputMetadata ?? named(wanted?.outputs, session.outputNames),
  };
}

/** A graph of an old format lists its weights among its inputs; the session knows which are fed. */
function named(values: GraphProto['inputs'] = [], names: readonly string[] = []): readonly ValueMetadata[] {
  return values.filter(({ name }) => names.includes(name));
}
