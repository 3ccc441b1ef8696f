/**
 * A report as it was before it became JSON: null, which JSON has for NaN and for what is not finite, is NaN again. No report holds a null of
 * its own. What has none is given back as it is, with nothing copied.
 */
export function restored<T>(report: T): T {
  return restoredValue(report) as T;
}

function restoredValue(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map(restoredValue);
    return items.some((item, i) => !Object.is(item, value[i])) ? items : value;
  }
  const entries = Object.entries(value);
  const mended = entries.map(([key, item]) => [key, restoredValue(item)] as const);
  return mended.some(([, item], i) => !Object.is(item, entries[i]![1])) ? Object.fromEntries(mended) : value;
}
