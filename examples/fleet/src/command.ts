import { UsageError } from '@driftspan/example-flight-delays/arguments';
import { ServerError } from '@driftspan/servers';
import { HELP, readArguments } from './arguments.js';
import { LiveLine } from './live-line.js';
import { askedLine, endLine, introductionLines, liveLine, queryLines, startedLines, targetLines } from './printed.js';
import { runFleet, runReplicas } from './run-fleet.js';
import { findBinaries, missingServers } from './servers.js';

const WRONG_USAGE = 2;

/** The example as a command: gives its exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const read = readArguments(args);
    if (read.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const missing = read.replicasOnly ? undefined : missingServers(findBinaries(), read.direct);
    if (missing !== undefined) {
      console.error(missing);
      return 1;
    }
    const stop = new AbortController();
    // Once: the second Ctrl-C has its usual effect, and the servers end with this process.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    const live = new LiveLine(process.stderr);
    const print = (lines: readonly string[]): void => {
      live.clear();
      if (!read.json) process.stdout.write(`${lines.join('\n')}\n`);
    };
    print(introductionLines(read));
    if (read.replicasOnly) {
      const listener = {
        started: (targets: readonly string[]) => print(targetLines(targets)),
        status: (flights: number) => live.show(askedLine(flights)),
      };
      print([endLine(await runReplicas(read, listener, stop.signal))]);
      return 0;
    }
    const result = await runFleet(
      read,
      {
        started: started => print(startedLines(started)),
        status: (flights, status) => live.show(liveLine(flights, status)),
        answers: (url, queries) => print(queryLines(url, queries)),
      },
      stop.signal,
    );
    print([endLine(result)]);
    if (read.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ServerError)) throw error;
    console.error(error.message);
    return error instanceof UsageError ? WRONG_USAGE : 1;
  }
}
