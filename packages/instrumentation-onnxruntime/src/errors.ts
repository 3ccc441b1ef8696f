/** Every way this package refuses something; users match on it. The table is in `docs/errors.md`. */
export type InstrumentationErrorCode = 'ERR_ONNXRUNTIME_CONFIG' | 'ERR_ONNXRUNTIME_MODULE';

/** The one error class of this package; thrown where it is configured, never from a session. */
export class InstrumentationError extends Error {
  override readonly name = 'InstrumentationError';
  readonly code: InstrumentationErrorCode;
  readonly where: string;
  readonly met: string;
  readonly expected: string;

  constructor(code: InstrumentationErrorCode, where: string, met: string, expected: string) {
    super(`${where}: met ${met}, expected ${expected} (${code})`);
    this.code = code;
    this.where = where;
    this.met = met;
    this.expected = expected;
  }
}

/** A value as it may stand in an error: strings quoted and shortened, objects by their type alone. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? typeof value : String(value);
}
