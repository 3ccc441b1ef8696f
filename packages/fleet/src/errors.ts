/** Every way this package refuses something; users match on it. The table is in `docs/errors.md`. */
export type FleetErrorCode = 'ERR_FLEET_OPTION';

/** The one error class of `@driftspan/fleet`. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
  readonly code: FleetErrorCode;
  /** The option, as a path such as `windows[1]`. */
  readonly where: string;
  /** What was found, shortened. */
  readonly met: string;
  /** What would have been accepted. */
  readonly expected: string;

  constructor(code: FleetErrorCode, where: string, met: string, expected: string) {
    super(`${where}: met ${met}, expected ${expected} (${code})`);
    this.code = code;
    this.where = where;
    this.met = met;
    this.expected = expected;
  }
}

/** Refuses an option. @throws FleetError `ERR_FLEET_OPTION` */
export function refuseOption(where: string, met: unknown, expected: string): never {
  const text = typeof met === 'number' ? String(met) : (JSON.stringify(met) ?? String(met));
  throw new FleetError('ERR_FLEET_OPTION', where, text.length > 60 ? `${text.slice(0, 57)}…` : text, expected);
}
