import { parseArgs } from 'node:util';
import { UsageError } from '@driftspan/example-flight-delays/arguments';
import { REPLICAS } from './replica-options.js';

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  /** No Collector: Prometheus scrapes every replica. */
  readonly direct: boolean;
  /** Neither: the reader's own Prometheus scrapes them, at ports that don't change. */
  readonly replicasOnly: boolean;
  /** 1 to 12. */
  readonly month: number;
  /** Flights drawn at random rather than in their order. */
  readonly shuffled: boolean;
  /** Of all replicas together. */
  readonly flightsPerSecond: number;
  /** When it ends by itself; undefined: never. */
  readonly forMs: number | undefined;
}

/** Of the replicas that somebody else scrapes: the usual one of OpenTelemetry's exporter, and those after it. */
export const FIRST_PORT = 9464;

const DEFAULT_MONTH = 7;
const DEFAULT_RATE = 800;
/** What eight processes on two cores keep up with, Prometheus and Collector beside them. */
const HIGHEST_RATE = 20_000;

export const HELP = `Eight processes serve the model of the flights, each its own share of them. Drift of all together is a
query in Prometheus. Starts a Collector, Prometheus with the rules and alerts, and the replicas.

  npm run fleet                          the flights of July in their order, until Ctrl-C
  npm run fleet -- --month 2             another month, 1 to 12
  npm run fleet -- --shuffled-january    January drawn at random: what the model was trained on
  npm run fleet -- --direct              no Collector: Prometheus scrapes the replicas
  npm run fleet -- --replicas-only       neither: your Prometheus scrapes ports ${FIRST_PORT} to ${FIRST_PORT + REPLICAS - 1}
  npm run fleet -- --for 90s             ends by itself: 90s, 5m
  npm run fleet -- --rate ${DEFAULT_RATE}            flights a second, of all replicas
  npm run --silent fleet -- --for 90s --json   one JSON document at the end and nothing else
                           --help        this text

Environment:
  OTELCOL_BIN, PROMETHEUS_BIN   the programs, if they are not built here and not on the PATH
`;

/** @throws UsageError for an unknown option or a value that is none. */
export function readArguments(args: readonly string[]): Arguments {
  const values = parsed(args);
  const { help, json, direct, month, rate, for: length } = values;
  const { 'shuffled-january': shuffled, 'replicas-only': replicasOnly } = values;
  if (shuffled && month !== undefined && month !== '1') throw new UsageError('--shuffled-january has its own month');
  if (json && replicasOnly) throw new UsageError('--json needs a Prometheus to ask');
  if (json && length === undefined) throw new UsageError('--json needs --for: it prints at the end');
  return {
    help,
    json,
    direct,
    replicasOnly,
    month: shuffled ? 1 : wholeNumber('--month', month ?? String(DEFAULT_MONTH), 12),
    shuffled,
    flightsPerSecond: wholeNumber('--rate', rate, HIGHEST_RATE),
    forMs: length === undefined ? undefined : milliseconds(length),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        direct: { type: 'boolean', default: false },
        'replicas-only': { type: 'boolean', default: false },
        month: { type: 'string' },
        'shuffled-january': { type: 'boolean', default: false },
        rate: { type: 'string', default: String(DEFAULT_RATE) },
        for: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function wholeNumber(option: string, text: string, largest: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= largest) return number;
  throw new UsageError(`${option} ${text}: expected a whole number from 1 to ${largest}`);
}

function milliseconds(text: string): number {
  const [, digits, unit] = /^(\d+)(s|m)$/.exec(text) ?? [];
  const ms = Number(digits) * (unit === 'm' ? 60_000 : 1000);
  if (ms > 0) return ms;
  throw new UsageError(`--for ${text}: expected seconds or minutes, as 90s or 5m`);
}
