import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

/** What a session is made from: a file, or bytes. */
export type Artifact = FileArtifact | BytesArtifact;

export interface FileArtifact {
  readonly path: string;
  /** The base name, which alone may leave the process. */
  readonly fileName: string;
  /** Tells this state of the file from a later one; undefined where there was no such file. */
  readonly state: string | undefined;
}

export interface BytesArtifact {
  readonly bytes: Uint8Array;
  /** Tells these bytes from others, and from themselves changed. */
  readonly state: string;
}

/** The artifact among the arguments of `InferenceSession.create`; undefined where the runtime will refuse them. Call before it runs. */
export function artifactOf(args: readonly unknown[]): Artifact | undefined {
  const [first, second, third] = args;
  if (typeof first === 'string') {
    const path = resolve(first);
    return { path, fileName: basename(path), state: fileState(path) };
  }
  const bytes = bytesOf(first, second, third);
  return bytes === undefined ? undefined : { bytes, state: bytesState(bytes) };
}

function bytesOf(first: unknown, offset: unknown, length: unknown): Uint8Array | undefined {
  if (first instanceof Uint8Array) return first;
  if (!(first instanceof ArrayBuffer) && !(first instanceof SharedArrayBuffer)) return undefined;
  try {
    const from = typeof offset === 'number' ? offset : 0;
    return new Uint8Array(first, from, typeof length === 'number' ? length : undefined);
  } catch {
    return undefined; // The runtime has its own words for it.
  }
}

export function fileState(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.size} ${stat.mtimeMs} ${stat.ino}`;
}

/** Bytes looked at: two models of one make differ in nearly every weight. */
const PROBES = 512;

/** The length and 512 bytes, evenly spaced. A buffer that was given away since has no length left. */
export function bytesState(bytes: Uint8Array): string {
  const step = Math.max(1, Math.floor(bytes.length / PROBES));
  const probes: number[] = [];
  for (let at = 0; at < bytes.length; at += step) probes.push(bytes[at]!);
  return `${bytes.length} ${Buffer.from(probes).toString('base64')}`;
}
