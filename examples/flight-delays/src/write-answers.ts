import { extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ANSWERS_EXTENSIONS, writeAnswers } from './answers-file.js';
import { readArguments, UsageError } from './arguments.js';
import { checkFiles, FLIGHTS_FILE, MODEL_FILE } from './files.js';
import { readFlights } from './flights.js';
import { count } from './words.js';

/* Flights with the model's answers as a file, to make baselines, comparisons and reports of. */
const HELP = `Writes the flights of some months with the model's answers: when each was scheduled, the twelve inputs,
label and confidence. CSV or Parquet, by the file's name.

  npm run answers --workspace examples/flight-delays -- --month 7 -o july.csv
                                                        --month 1-3,7 -o some.parquet
`;
const WRONG_USAGE = 2;

try {
  await run();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? WRONG_USAGE : 1;
}

async function run(): Promise<void> {
  const { help, months, output } = read(process.argv.slice(2));
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (output === undefined || !ANSWERS_EXTENSIONS.includes(extname(output))) {
    throw new UsageError(`-o ${output ?? ''}: expected a file ending in ${ANSWERS_EXTENSIONS.join(' or ')}`);
  }
  checkFiles([FLIGHTS_FILE, MODEL_FILE]);
  // npm runs a workspace's script in the workspace; a path is meant from where npm was called.
  const file = resolve(process.env['INIT_CWD'] ?? '.', output);
  const written = await writeAnswers(await readFlights(), months, file);
  console.error(`${count(written)} flights: ${output}`);
}

function read(args: readonly string[]) {
  try {
    const { help, month, output } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        month: { type: 'string', default: '1-12' },
        output: { type: 'string', short: 'o' },
      },
    }).values;
    return { help, output, months: readArguments([`--months=${month}`]).months };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message, { cause: error });
  }
}
