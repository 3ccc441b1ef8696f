import { type Command, InvalidArgumentError, Option } from 'commander';
import { GROUPS } from '../terminal/help.js';

/** What every command that reads data takes, as commander gives it. */
export interface SourceFlags {
  readonly format?: 'csv' | 'jsonl' | 'parquet';
  readonly delimiter?: string;
  readonly encoding?: 'utf-8' | 'latin-1' | 'utf-16';
  readonly where?: string;
  readonly memory?: string;
  readonly threads?: number;
}

/** Which columns are the output and the time. */
export interface OutputFlags {
  readonly label?: string;
  readonly confidence?: string;
  readonly value?: string;
  readonly timeColumn?: string;
}

export const DATA_ARGUMENT =
  'CSV, JSON lines or Parquet files, also gzip or zstd; globs in quotes; - for standard input';

export function addSourceOptions(command: Command): Command {
  return command
    .optionsGroup(GROUPS.data)
    .option('--where <condition>', 'only rows for which this is so: SQL over the columns of the file')
    .addOption(new Option('--format <format>', 'unless name or content tells').choices(['csv', 'jsonl', 'parquet']))
    .option('--delimiter <character>', 'between the cells of a CSV (default: found)')
    .addOption(
      new Option('--encoding <encoding>', 'of a CSV, utf-8 unless given').choices(['utf-8', 'latin-1', 'utf-16']),
    )
    .option('--memory <size>', 'the most that reading may take, such as 1GB; beyond it goes to disk')
    .option('--threads <number>', 'cores to read with (default: all)', threads);
}

export function addOutputOptions(command: Command): Command {
  return command
    .option('--label <column>', 'what the model answered, for prediction.label')
    .option('--confidence <column>', 'how sure it was, for prediction.confidence')
    .option('--value <column>', 'the number it answered, for prediction.value')
    .option('--time-column <column>', 'when each row happened: a time, a date, ISO 8601 or ms since 1970');
}

/** Of options that may be given again and take several with commas; `\,` is a comma of a name. */
export function columnList(text: string, before: readonly string[] = []): readonly string[] {
  const names = text
    .split(/(?<!\\),/)
    .map(name => name.replaceAll('\\,', ',').trim())
    .filter(name => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Names of columns are expected, with commas between them.');
  return [...before, ...names];
}

function threads(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1024) return value;
  throw new InvalidArgumentError('A whole number from 1 is expected.');
}
