/** Runs `work`, lets what it left behind settle, and gives the reasons of the unhandled rejections meanwhile. */
export async function unhandledDuring(work: () => unknown): Promise<unknown[]> {
  const others = process.listeners('unhandledRejection');
  const reasons: unknown[] = [];
  const note = (reason: unknown) => reasons.push(reason);
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  try {
    await work();
    for (let i = 0; i < 3; i++) await new Promise(resolve => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', note);
    for (const other of others) process.on('unhandledRejection', other);
  }
  return reasons;
}
