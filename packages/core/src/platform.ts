/*
 * What is asked of the platform: a monotonic clock, a wall clock, one macrotask, environment variables. All are
 * globals of Node, browsers, workers and edge runtimes; there is no `node:` module in this package.
 */

/** Milliseconds since an arbitrary start, never going back. About 40 ns. */
export const monotonicMs: () => number = performance.now.bind(performance);

type Task = () => void;
interface Immediate {
  setImmediate?: (task: Task) => { unref?: () => void };
  process?: { env?: Record<string, string | undefined> };
}
const platform = globalThis as unknown as Immediate;

/** Runs a task after the present one, without keeping the process alive for it. */
export function defer(task: Task): void {
  if (platform.setImmediate !== undefined) platform.setImmediate(task).unref?.();
  else setTimeout(task, 0);
}

/** Resolves in a later macrotask, so that timers and sockets get their turn. */
export function nextTask(): Promise<void> {
  return new Promise(resolve => {
    if (platform.setImmediate !== undefined) platform.setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** An environment variable, where the platform has them. */
export function environment(name: string): string | undefined {
  return platform.process?.env?.[name];
}

/** `DRIFTSPAN_DISABLED=1` (or `true`): shapes are kept, calls go straight through. Read at construction. */
export function isDisabled(): boolean {
  const value = environment('DRIFTSPAN_DISABLED')?.trim().toLowerCase();
  return value === '1' || value === 'true';
}
