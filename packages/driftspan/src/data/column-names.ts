import { CliError } from '../errors.js';
import { nearest } from '../terminal/nearest.js';

/**
 * A name that must be one of the file's columns.
 *
 * @throws CliError `ERR_DATA_COLUMN`, with the nearest name that there is.
 */
export function checkedColumn(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  const some = names.slice(0, 20).join(', ');
  throw new CliError('ERR_DATA_COLUMN', name, 'no such column', 'a column of the data', {
    hint: near === undefined ? `there are ${some}${names.length > 20 ? ', …' : ''}` : `did you mean ${near}?`,
  });
}

/** Whether `name` is named by a text or a glob, where `*` stands for any characters. */
export function matches(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  if (!pattern.includes('*')) return false;
  const parts = pattern.split('*').map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
