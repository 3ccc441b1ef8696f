import { parseArgs } from 'node:util';
import { DEFAULT_WINDOW } from './window.js';

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly counts: boolean;
  readonly months: readonly number[];
  /** As `drift.window` takes it. */
  readonly window: string;
}

export const HELP = `Replays the flights of 2013 through a model trained on January, watched by Driftspan.
Its live windows turn with simulated time and are judged against January; what it counted and said
is sent over OTLP and read at the far end.

  npm run demo                       the whole year, windows of ${DEFAULT_WINDOW}
  npm run demo -- --window 7d        the longest of the three windows: 6h, 7d, 28d
  npm run demo -- --months 1-3       some months: 7, 1-3 or 1,7,12
  npm run --silent demo -- --json    one JSON document and nothing else
                           --counts  with --json: every month's counts too, bin by bin
                           --help    this text

Environment:
  OTEL_EXPORTER_OTLP_ENDPOINT   sends to your collector instead, as http://localhost:4318;
                                alarms are told here all the same, the months are not
  OTEL_TRACES_SAMPLER_ARG       share of calls with a span, 0.001 unless set
  NO_COLOR                      no colours
`;

/** A mistake in the command line. */
export class UsageError extends Error {}

/** @throws UsageError for an unknown option or a month that is none. */
export function readArguments(args: readonly string[]): Arguments {
  const { help, json, counts, months, window } = parsed(args);
  if (counts && !json) throw new UsageError('--counts needs --json');
  return { help, json, counts, months: monthsOf(months), window };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        counts: { type: 'boolean', default: false },
        months: { type: 'string', default: '1-12' },
        window: { type: 'string', default: DEFAULT_WINDOW },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** The months of `1-3,7`, in order and each once. */
function monthsOf(text: string): number[] {
  const months = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    if (!(first >= 1 && first <= last && last <= 12)) {
      throw new UsageError(`--months ${text}: expected months from 1 to 12, as 7, 1-3 or 1,7,12`);
    }
    for (let month = first; month <= last; month++) months.add(month);
  }
  return [...months].sort((a, b) => a - b);
}
