/** A trace or span id in lower-case hex; empty when there is none. */
export function hexId(bytes: Uint8Array = new Uint8Array()): string {
  return Buffer.from(bytes).toString('hex');
}
