/*
 * Environment variables as the OpenTelemetry specification reads them: blanks around a value don't count, an empty
 * value is as good as none.
 */

/** Tells of a setting that was put right. `start` keeps these until the SDK has set up the logger of OTEL_LOG_LEVEL. */
export type Warn = (message: string) => void;

/** setTimeout takes no more: it would fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

const MAX_PORT = 65_535;

export function text(name: string): string | undefined {
  return process.env[name]?.trim() || undefined;
}

/** True for `true` in any case, and for nothing else. */
export function flag(name: string): boolean {
  return text(name)?.toLowerCase() === 'true';
}

/** `DRIFTSPAN_DISABLED`, as monitors read it: 1, or true in any case. */
export function isDisabled(): boolean {
  return text('DRIFTSPAN_DISABLED') === '1' || flag('DRIFTSPAN_DISABLED');
}

/** The distinct words of a comma-separated list, in lower case. */
export function words(name: string): string[] {
  const found = (text(name) ?? '').toLowerCase().split(',');
  return [...new Set(found.map(word => word.trim()).filter(word => word !== ''))];
}

/** A time in milliseconds that a timer can hold; anything else is told and counts as unset. */
export function milliseconds(name: string, warn: Warn): number | undefined {
  const value = text(name);
  if (value === undefined) return undefined;
  const ms = Number(value);
  if (ms > 0 && ms <= MAX_TIMER_MS) return ms;
  warn(`${name}: met ${JSON.stringify(value)}, expected milliseconds from 1 to ${MAX_TIMER_MS}; the default is used`);
  return undefined;
}

/** A port that can be listened at; anything else is told and counts as unset. */
export function port(name: string, warn: Warn): number | undefined {
  const value = text(name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_PORT) return number;
  warn(`${name}: met ${JSON.stringify(value)}, expected a port from 1 to ${MAX_PORT}; the default is used`);
  return undefined;
}
