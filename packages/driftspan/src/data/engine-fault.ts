import { basename } from 'node:path';
import { CliError, type CliErrorCode } from '../errors.js';

/** What the user's condition is called. */
export const CONDITION = '--where';

interface Told {
  readonly code: CliErrorCode;
  readonly met: string;
  readonly expected: string;
  readonly hint?: string;
}

/**
 * What DuckDB refuses, in our words. DuckDB prints the line or the value that it stumbled over; no part of its message is passed on but numbers of
 * lines and cells, base names, and what it says of a condition before any row is read.
 */
export function engineFault(error: unknown, where: string, signal?: AbortSignal): CliError {
  if (error instanceof CliError) return error;
  const cause = error;
  if (signal?.aborted)
    return new CliError('ERR_CANCELLED', where, 'a request to stop', 'the end of the data', { cause });
  const message = error instanceof Error ? error.message : String(error);
  const { code, met, expected, hint } = told(message, where);
  const place = fileIn(message) ?? where;
  return new CliError(code, place, met, expected, { cause, ...(hint === undefined ? {} : { hint }) });
}

function told(message: string, where: string): Told {
  if (where === CONDITION) return refusedCondition(message);
  const found = FAULTS.find(([form]) => form.test(message));
  if (found !== undefined) return found[1](message);
  return { code: 'ERR_DATA_FORMAT', met: 'data that DuckDB refuses', expected: 'data that can be read' };
}

const FAULTS: readonly (readonly [form: RegExp, tell: (message: string) => Told])[] = [
  [/not utf-8|invalid unicode|invalid utf-?8|UTF-?8 string/i, notUtf8],
  [/Expected Number of Columns/, otherWidth],
  [
    /unterminated quote/i,
    message => format(`${line(message)}a quote that is not closed, or text behind a closing one`, 'quotes in pairs'),
  ],
  [/Maximum line size/i, message => format(`${line(message)}a line of over 2 MB`, 'a line for each row')],
  [/CSV Error/, message => format(`${line(message)}what does not fit the rows before`, 'rows like the header')],
  [/Malformed JSON|JSON parsing|Invalid JSON|maximum_object_size/i, malformedJson],
  [/Out of Memory|memory limit|failed to allocate/i, outOfMemory],
  [/No space left|max_temp_directory_size|failed to offload/i, outOfDisk],
  [
    /gzip|zstd|decompress|deflate|miniz/i,
    () => format('compressed data that is damaged, or ends too early', 'a whole file'),
  ],
  [
    /magic bytes|parquet|footer|thrift|TProtocol|too small/i,
    () => format('no Parquet file, or one that is truncated', 'a whole Parquet file'),
  ],
  [
    /Conversion Error/,
    () => format("a value that can't be converted", 'values that fit; in a condition TRY_CAST gives NULL for others'),
  ],
  [
    /IO Error|Permission denied/,
    () => ({ code: 'ERR_DATA_FILE', met: 'a failure of reading', expected: 'a file that can be read' }),
  ],
];

function format(met: string, expected: string, hint?: string): Told {
  return { code: 'ERR_DATA_FORMAT', met, expected, ...(hint === undefined ? {} : { hint }) };
}

function notUtf8(message: string): Told {
  return {
    code: 'ERR_DATA_ENCODING',
    met: `${line(message)}bytes that are not UTF-8`,
    expected: 'UTF-8, or the encoding to be named',
    hint: 'files of older programs are often --encoding latin-1',
  };
}

function otherWidth(message: string): Told {
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  const met = `${line(message)}${found === '1' ? '1 cell' : `${found ?? 'another number of'} cells`}`;
  return format(
    met,
    `${expected ?? 'as many'}, as in the header`,
    'if cells are separated by another character, name it: --delimiter. It must be the same in all lines',
  );
}

function malformedJson(message: string): Told {
  // DuckDB counts objects, not lines, and tells the one behind.
  const line = /in line (\d+)/.exec(message)?.[1];
  const place = line === undefined ? '' : `object ${Number(line) - 1}: `;
  return format(`${place}what is no JSON`, 'an object in each line, or one array of objects');
}

function outOfMemory(): Told {
  return {
    code: 'ERR_DATA_FILE',
    met: 'more than the memory that DuckDB may take',
    expected: 'data that fits it',
    hint: 'give it more with --memory 4GB, or fewer threads, each of which takes its share: --threads 1',
  };
}

function outOfDisk(): Told {
  return {
    code: 'ERR_DATA_FILE',
    met: 'no space left for temporary files',
    expected: 'space to sort in',
    hint: 'TMPDIR names another folder for them',
  };
}

function refusedCondition(message: string): Told {
  const isText = /explicit cast|Cannot compare|No function matches/i.test(message);
  return {
    code: 'ERR_USAGE',
    met: firstSentence(message),
    expected: 'a condition of SQL on the columns',
    ...(isText
      ? { hint: 'columns of CSV and JSON lines are texts in a condition: --where "CAST(amount AS DOUBLE) > 5"' }
      : {}),
  };
}

/** Without the query, which DuckDB prints from `LINE 1:` on. */
function firstSentence(message: string): string {
  return message
    .replace(/^\w+ Error: /, '')
    .split(/\n\s*LINE \d+:/)[0]!
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .slice(0, 300);
}

function line(message: string): string {
  const number = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  return number === undefined ? '' : `line ${number}: `;
}

/** Of several files, the one that is wrong; a copy of standard input has no name of its own. */
function fileIn(message: string): string | undefined {
  const path =
    /^\s*file = (.+)$/m.exec(message)?.[1] ??
    /in file "([^"\n]+)"/i.exec(message)?.[1] ??
    /file '([^'\n]+)'/i.exec(message)?.[1];
  if (path === undefined) return undefined;
  const name = basename(path);
  return name.startsWith('spooled-') ? undefined : name;
}
