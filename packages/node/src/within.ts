/**
 * Whether all have settled, one way or the other, before the time is over; `rejected` is told each failure in time.
 * The timer keeps the process alive, so that an answer comes even where nothing else does; it is cleared.
 */
export async function settleWithin(
  timeMs: number,
  promises: readonly Promise<unknown>[],
  rejected: (reason: unknown) => void,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsOver = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, timeMs, undefined);
  });
  const results = await Promise.race([Promise.allSettled(promises), timeIsOver]);
  clearTimeout(timer);
  for (const result of results ?? []) if (result.status === 'rejected') rejected(result.reason);
  return results !== undefined;
}
