/** Every way this package refuses something; users match on it. The table is in `docs/errors.md`. */
export type SketchErrorCode =
  | 'ERR_BASELINE_CORRUPT'
  | 'ERR_BASELINE_FEATURE'
  | 'ERR_BASELINE_ID'
  | 'ERR_BASELINE_JSON'
  | 'ERR_BASELINE_KEY'
  | 'ERR_BASELINE_MODEL'
  | 'ERR_BASELINE_PROVENANCE'
  | 'ERR_BASELINE_SCHEMA'
  | 'ERR_BASELINE_TOO_LARGE'
  | 'ERR_BASELINE_TOO_SMALL'
  | 'ERR_BASELINE_TRANSFORMS'
  | 'ERR_BASELINE_VERSION'
  | 'ERR_COUNTS'
  | 'ERR_MODEL'
  | 'ERR_PART_BYTES'
  | 'ERR_ROWS'
  | 'ERR_SKETCH_BYTES'
  | 'ERR_SKETCH_K';

/** The one error class of `@driftspan/sketch`. `met` never holds a row's value. */
export class SketchError extends Error {
  override readonly name = 'SketchError';
  readonly code: SketchErrorCode;
  /** The place: a path such as `features[3].cuts[2]`, or the name of what was checked. */
  readonly where: string;
  /** What was found, shortened. */
  readonly met: string;
  /** What would have been accepted. */
  readonly expected: string;

  constructor(code: SketchErrorCode, where: string, met: string, expected: string, cause?: unknown) {
    super(`${where}: met ${met}, expected ${expected} (${code})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.where = where;
    this.met = met;
    this.expected = expected;
  }
}

/** A value as it may stand in an error: typed, quoted and at most 60 characters long. Never calls into the value. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}…` : JSON.stringify(value);
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  return Array.isArray(value) ? `an array of ${value.length}` : `a value of type ${typeof value}`;
}
