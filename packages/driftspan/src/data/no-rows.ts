import { CliError } from '../errors.js';

/** Of a source without a row. */
export function noRows(description: string): CliError {
  return new CliError('ERR_DATA_EMPTY', description, 'no row', 'at least one row');
}
