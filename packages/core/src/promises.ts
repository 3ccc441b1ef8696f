/** A promise that nobody can tell from the one derived from it: of this realm's Promise itself, with nothing attached (`p.cancel = …`). */
export function isPlainPromise(value: object): value is Promise<unknown> {
  try {
    if (!(value instanceof Promise) || value.constructor !== Promise) return false;
    for (const _attached in value) return false;
    return true;
  } catch {
    return false; // a Proxy that throws, or is revoked
  }
}

/**
 * Calls back when a real promise settles, whatever its class or realm, by the intrinsic `then`: never by one of the
 * promise's own. Gives the derived promise, or undefined for what is no promise: that is refused before it is touched.
 */
export function observe(
  promise: object,
  fulfilled: (value: unknown) => unknown,
  rejected: (error: unknown) => unknown,
): Promise<unknown> | undefined {
  try {
    return Promise.prototype.then.call(promise as Promise<unknown>, fulfilled, rejected);
  } catch {
    return undefined;
  }
}

/** Whether it has a `then`, which is read and not called. False for a Proxy that throws. */
export function isThenable(value: object): boolean {
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}

/**
 * A promise that a reader made counts as invalid, like any object; if it rejects, that is our call's doing and must not
 * end the process as an unhandled rejection.
 */
export function settled(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) observe(value, ignore, ignore);
  return value;
}

function ignore(): void {}
