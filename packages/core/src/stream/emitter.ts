import type { Sink } from './sink.js';
import type { Tap } from './tap.js';

interface Emitter {
  readonly destroyed?: unknown;
  readonly readableEnded?: unknown;
  readonly errored?: unknown;
}

/** A stream of Node, which anybody may read by its events. May throw what a Proxy throws. */
export function isEmitter(value: object): boolean {
  const { on, emit, pipe } = value as Record<string, unknown>;
  return typeof on === 'function' && typeof emit === 'function' && typeof pipe === 'function';
}

/**
 * Sees the events as they are emitted: a listener for `data` would set the stream flowing. Every read emits `data`, with a
 * listener or without. `aborted` is not looked at: `error` follows it where the other side hung up, `close` alone where the consumer did.
 */
export function placeEmitter(tap: Tap): void {
  tap.replace('emit', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      for (const sink of tap.sinks) if (!sink.isBusy) hear(sink, args[0], args[1]);
      return Reflect.apply(original, this, args);
    };
  });
}

function hear(sink: Sink, event: unknown, value: unknown): void {
  if (event === 'data') sink.chunk(value);
  else if (event === 'end') sink.done(undefined);
  else if (event === 'error') sink.failed(value);
  else if (event === 'close') sink.stopped();
}

/** A stream that was over before it came back emits nothing any more. */
export function endIfOver(stream: Emitter, sink: Sink): void {
  if (stream.readableEnded === true) sink.done(undefined);
  else if (stream.destroyed !== true) return;
  else if (stream.errored === undefined || stream.errored === null) sink.stopped();
  else sink.failed(stream.errored);
}
