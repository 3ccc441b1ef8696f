/*
 * One listener for each signal, however many streams wait for it: Node warns of a leak at the eleventh. It is removed
 * with the last of them, so that a signal that lives as long as the process keeps nothing.
 */

/** What is to be done when the signal is aborted. */
export interface Abortable {
  abort(reason: unknown): void;
}

interface Waiting {
  readonly open: Set<Abortable>;
  readonly listener: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/** The first signal that is an argument, or the `signal` of one, and is not aborted yet. */
export function signalOf(args: readonly unknown[]): AbortSignal | undefined {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    try {
      // Its own data property: a getter may be a reader of something else.
      const found = isSignal(arg) ? arg : Object.getOwnPropertyDescriptor(arg, 'signal')?.value;
      if (isSignal(found) && !found.aborted) return found;
    } catch {
      // A Proxy that throws.
    }
  }
  return undefined;
}

function isSignal(value: unknown): value is AbortSignal {
  return typeof AbortSignal === 'function' && value instanceof AbortSignal;
}

export function awaitAbort(signal: AbortSignal, open: Abortable): void {
  let found = waiting.get(signal);
  if (found === undefined) {
    const all = new Set<Abortable>();
    const listener = (): void => {
      waiting.delete(signal);
      for (const one of all) one.abort(signal.reason);
    };
    found = { open: all, listener };
    waiting.set(signal, found);
    signal.addEventListener('abort', listener, { once: true });
  }
  found.open.add(open);
}

export function forgetAbort(signal: AbortSignal, open: Abortable): void {
  const found = waiting.get(signal);
  if (found === undefined || !found.open.delete(open) || found.open.size > 0) return;
  waiting.delete(signal);
  signal.removeEventListener('abort', found.listener);
}
