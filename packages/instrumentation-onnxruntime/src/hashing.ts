import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type Artifact, bytesState, fileState } from './artifact.js';

/** One piece: half a millisecond of the event loop, and the longest time that hashing takes of it at once. */
const PIECE_BYTES = 1 << 20;

/** One model at a time: ten sessions made at once don't hash at once. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The SHA-256 of a model's bytes, `sha256:` and 64 hex digits, made a MiB at a time with the event loop free between; a
 * process that has nothing else to do ends without it. Undefined if the bytes can't be read or changed meanwhile: a hash of
 * something else is worse than none. Never rejects.
 */
export function hashArtifact(artifact: Artifact): Promise<string | undefined> {
  const hashing = last
    .then(() => ('path' in artifact ? hashFile(artifact) : hashBytes(artifact)))
    .catch(() => undefined);
  last = hashing;
  return hashing;
}

async function hashFile({ path, state }: Extract<Artifact, { path: string }>): Promise<string | undefined> {
  await idle();
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const hash = createHash('sha256');
    const piece = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      await idle();
    }
    return state !== undefined && fileState(path) === state ? `sha256:${hash.digest('hex')}` : undefined;
  } finally {
    await file?.close();
  }
}

/** The bytes are held until they are hashed, and not copied: a copy of a large model takes longer than a piece of it. */
async function hashBytes({ bytes, state }: Extract<Artifact, { bytes: Uint8Array }>): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await idle();
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
  }
  return bytesState(bytes) === state ? `sha256:${hash.digest('hex')}` : undefined;
}

/**
 * A later task, without keeping the process alive for it. A timer: where nothing else happens, an unref'd macrotask waits for
 * the next request.
 */
function idle(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 1).unref());
}
