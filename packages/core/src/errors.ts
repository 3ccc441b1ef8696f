/** Every configuration mistake this package refuses at construction; users match on it. The table is in `docs/errors.md`. */
export type MonitorErrorCode = 'ERR_FUNCTION' | 'ERR_OPTION';

/** The one error class of `@driftspan/core`; thrown at construction only, never from a call. */
export class MonitorError extends Error {
  override readonly name = 'MonitorError';
  readonly code: MonitorErrorCode;
  readonly met: string;
  readonly expected: string;

  constructor(code: MonitorErrorCode, where: string, met: string, expected: string) {
    super(`${where}: met ${met}, expected ${expected} (${code})`);
    this.code = code;
    this.met = met;
    this.expected = expected;
  }
}

/** A value as it may stand in an error. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
