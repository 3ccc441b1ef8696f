import { ReceiverError } from './errors.js';

/** Spans, logs and requests kept each; the newest stay. */
export const DEFAULT_KEEP = 10_000;
/** Metric series kept: a thousand processes with 200 series each. */
export const DEFAULT_KEEP_SERIES = 200_000;
/** A body longer than this, as sent or decompressed, is answered 413. */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024 * 1024;
/** How long `waitFor` waits unless told otherwise. */
export const DEFAULT_WAIT_MS = 10_000;

export interface ReceiverOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Spans, logs and requests kept each. Default 10,000. */
  readonly keep?: number;
  /** Metric series kept. Default 200,000. */
  readonly keepSeries?: number;
  /** Longest body accepted, as sent and decompressed. Default 64 MiB. */
  readonly maxBodyBytes?: number;
}

export type ReceiverBounds = Required<Omit<ReceiverOptions, 'port' | 'host'>>;

export interface RespondOptions {
  /** Time between the whole request and the answer. */
  readonly delayMs?: number;
  /** Sent as `retry-after`, in seconds. */
  readonly retryAfter?: number;
}

/** Fills in the defaults. @throws ReceiverError `ERR_RECEIVER_OPTION` for a number out of range. */
export function resolveOptions(options: ReceiverOptions): Required<ReceiverOptions> {
  const resolved = {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    keep: options.keep ?? DEFAULT_KEEP,
    keepSeries: options.keepSeries ?? DEFAULT_KEEP_SERIES,
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
  };
  checkInteger('startReceiver port', resolved.port, 0, 65_535);
  checkInteger('startReceiver keep', resolved.keep, 1, 10_000_000);
  checkInteger('startReceiver keepSeries', resolved.keepSeries, 1, 10_000_000);
  // JSON bodies become one string, and V8 holds strings up to 2^29 − 24 characters.
  checkInteger('startReceiver maxBodyBytes', resolved.maxBodyBytes, 1, 2 ** 29 - 24);
  return resolved;
}

export function checkInteger(where: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new ReceiverError('ERR_RECEIVER_OPTION', where, String(value), `an integer from ${min} to ${max}`);
}
