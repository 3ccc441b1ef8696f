import type { Span } from '@opentelemetry/api';
import type { Aside } from './aside.js';
import type { Calls } from './call.js';
import { isThenable, observe } from './promises.js';
import { isStream } from './stream/kinds.js';

/** Ends the call of an object that is handed back as it is. */
export function endObject(
  calls: Calls,
  startMs: number,
  span: Span | undefined,
  result: object,
  input: unknown,
  more: readonly unknown[] | undefined,
  size: number,
  aside: Aside | undefined,
): void {
  if (!isThenable(result)) {
    finish(calls, startMs, span, result, input, more, size, aside);
    return;
  }
  const observed = observe(
    result,
    output => finish(calls, startMs, span, output, input, more, size, aside),
    error => calls.fail(startMs, span, error, input, size, aside),
  );
  if (observed === undefined) calls.succeed(startMs, span, undefined, input, size, aside, false);
}

/** Ends the call with its output, or leaves that to the stream it is. */
export function finish(
  calls: Calls,
  startMs: number,
  span: Span | undefined,
  output: unknown,
  input: unknown,
  more: readonly unknown[] | undefined,
  size: number,
  aside: Aside | undefined,
): void {
  const streams = (typeof output === 'object' || typeof output === 'function') && output !== null && isStream(output);
  if (!streams) calls.succeed(startMs, span, output, input, size, aside, true);
  else if (!calls.streams.follow(output, calls, startMs, span, size, aside, more ?? [input]))
    calls.succeed(startMs, span, undefined, input, size, aside, false);
}
