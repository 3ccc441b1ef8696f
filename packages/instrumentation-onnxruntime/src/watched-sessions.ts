import type { SessionMonitor } from './make-monitor.js';
import type { Queue } from './queue.js';

// biome-ignore lint/suspicious/noExplicitAny: the runtime's own function, passed on as it is
export type RunFunction = (...args: any[]) => any;

/** How a session runs. */
export interface WatchedSession {
  /** Who watches it; another takes it over. */
  readonly owner: object;
  /** Undefined for a session that runs bare. */
  readonly monitor: SessionMonitor | undefined;
  /** Told of each run; undefined for a session that runs bare. */
  readonly queue: Queue | undefined;
  /** What stands for its `run`; `this` is the session. */
  readonly run: RunFunction;
}

const SESSIONS = Symbol.for('driftspan.onnxruntime.sessions.v1');

/** Of all copies of this package in the process. */
export const watchedSessions: WeakMap<object, WatchedSession> = shared();

function shared(): WeakMap<object, WatchedSession> {
  const holder = globalThis as { [SESSIONS]?: WeakMap<object, WatchedSession> };
  holder[SESSIONS] ??= new WeakMap();
  return holder[SESSIONS];
}

/**
 * The monitor of a session: its report, its alerts, its outcomes. Undefined for a session that is not watched, that was
 * released, or that was made before it could be watched and has not run since. Sessions of one file share a monitor.
 */
export function monitorFor(session: object): SessionMonitor | undefined {
  return watchedSessions.get(session)?.monitor;
}
