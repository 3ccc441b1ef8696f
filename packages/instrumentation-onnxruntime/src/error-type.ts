/*
 * The runtime throws plain Errors without a code, so that its words are all there is to tell them by. They are the same
 * from 1.17 to 1.30. A message quotes names and values: it is looked at, and never leaves.
 */

/** Longer ones are looked at no further: what they begin with says it. */
const LOOKED_AT = 2000;

const RUN_ERRORS: readonly (readonly [RegExp, string])[] = [
  [/^input '[\s\S]*' is missing in 'feeds'/, 'missing_feed'],
  [/^(Got invalid dimensions|Invalid rank) for input/, 'shape_mismatch'],
  [/^Unexpected input data type/, 'type_mismatch'],
  [/^'fetches' contains invalid output name/, 'invalid_output_name'],
  [/^('fetches' |Unexpected argument\[1\]|'options' must be)/, 'invalid_arguments'],
  [/^('feeds' must be an object|Tensor(\.\w+)? must be)/, 'invalid_feed'],
  [/^The data is not on CPU/, 'not_on_cpu'],
  [/^Non-zero status code returned while running/, 'node_failed'],
  [/^Non tensor type is temporarily not supported/, 'unsupported_output'],
  [/^Session already disposed/, 'session_released'],
];

const LOAD_ERRORS: readonly (readonly [RegExp, string])[] = [
  [/File doesn't exist|No such file/i, 'file_not_found'],
  [/protobuf parsing failed|No graph was found|Model data pointer is null/i, 'invalid_model'],
  [/no available backend|Failed to load (shared )?library|execution ?provider/i, 'unsupported_provider'],
  [
    /is not a registered function\/op|Could not find an implementation|opset|Unsupported model IR version/i,
    'unsupported_model',
  ],
  [/^(Unexpected argument\[0\]|'options' must be|'byte(Offset|Length)')/, 'invalid_arguments'],
];

/** Why a run failed; undefined for what the error's class says better. */
export function runErrorType(error: unknown): string | undefined {
  return classify(error, RUN_ERRORS);
}

/** Why a model was not loaded. */
export function loadErrorType(error: unknown): string {
  return classify(error, LOAD_ERRORS) ?? className(error);
}

function classify(error: unknown, table: readonly (readonly [RegExp, string])[]): string | undefined {
  // Any realm's error, and nothing that would have to be called to be read.
  const message: unknown = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : '';
  if (typeof message !== 'string') return undefined;
  const text = message.slice(0, LOOKED_AT);
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

const PLAIN = /^[A-Za-z_$][\w.$-]{0,99}$/;
/** Five digits or more: a piece of data rather than a class. */
const NUMBER = /(?:\d\D*){5}/;

/** The class of an error, by its name; `_OTHER` where that may be data. Never throws. */
export function className(error: unknown): string {
  try {
    const name: unknown = typeof error === 'object' && error !== null ? (error as { name?: unknown }).name : undefined;
    return typeof name === 'string' && PLAIN.test(name) && !NUMBER.test(name) ? name : '_OTHER';
  } catch {
    return '_OTHER';
  }
}
