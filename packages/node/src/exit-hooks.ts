const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface Ending {
  /** Exports what there is; the SDK goes on. */
  flush(): Promise<void>;
  /** Exports what there is; nothing keeps the process alive after it. */
  lastFlush(): Promise<void>;
  /** Exports what is left and removes the hooks. */
  shutdown(): Promise<void>;
}

/**
 * Exports the last interval when the process is about to end. Gives the function that removes the hooks.
 *
 * - A signal with no other listener: shut down, then raise it again, so that the process ends as it would have. The hooks
 *   are gone meanwhile: a second Ctrl-C ends it at once.
 * - A signal that the application listens to: export and go on. When to end is its decision, and what it still does until
 *   then is to be exported too.
 * - As process 1 of a container: the same. The kernel ignores signals without a handler there, so the process lives on.
 * - Nothing left to do (`beforeExit`): export once. The export itself makes `beforeExit` come again; without the `once` the
 *   process would never end. `process.exit()` skips this: call `shutdown()` before it.
 */
export function exitHooks(ending: Ending, handleSignals: boolean): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    const isSole = process.listenerCount(signal) === 1;
    if (!isSole || process.pid === 1) void ending.flush();
    else void ending.shutdown().then(() => process.kill(process.pid, signal));
  };
  const onBeforeExit = (): void => void ending.lastFlush();

  // First in the row: a listener added with once() is gone from the list when its turn is over, and would not be counted.
  if (handleSignals) for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  process.once('beforeExit', onBeforeExit);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
    process.removeListener('beforeExit', onBeforeExit);
  };
}
