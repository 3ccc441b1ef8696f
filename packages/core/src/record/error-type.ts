import { OTHER } from '../semconv.js';

const PLAIN = /^[A-Za-z_$][\w.$-]{0,99}$/;
/** A code as Node and the system have them. Anything else may be a piece of data: a number of a row, a sentence. */
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

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
    const told = name === 'Error' && typeof code === 'string' && CODE.test(code) ? code : name;
    return typeof told === 'string' && PLAIN.test(told) ? told : OTHER;
  } catch {
    return OTHER;
  }
}
