import { OTHER } from '../semconv.js';

const PLAIN = /^[A-Za-z_$][\w.$-]{0,99}$/;
/** A code as Node and the system have them. Anything else may be a piece of data: a number of a row, a sentence. */
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;
/** Five digits or more are a number of somebody (`M7351902846`); codes have up to four (`P2002`, `ERR_HTTP2_…`). */
const NUMBER = /(?:\d\D*){5}/;

/**
 * The low-cardinality name of an error: its class, or its code where the class says nothing (`ECONNREFUSED`). Never its
 * message, which may quote the input. What has no plain name is `_OTHER`. Never throws.
 */
export function errorType(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return error === null ? 'null' : typeof error;
    const { name, code } = error as { name?: unknown; code?: unknown };
    // Not instanceof: an error of another realm is one too.
    if (name === undefined) return 'object';
    if (name === 'Error' && isPlain(code, CODE)) return code;
    return isPlain(name, PLAIN) ? name : OTHER;
  } catch {
    return OTHER;
  }
}

function isPlain(told: unknown, pattern: RegExp): told is string {
  return typeof told === 'string' && pattern.test(told) && !NUMBER.test(told);
}
