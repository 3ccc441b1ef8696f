import { settled } from '../promises.js';
import { Branches } from './branches.js';
import { lend, placeFactory } from './iterators.js';
import { type Operation, READ, STOP, type Tap, tapOf } from './tap.js';

/** A web stream, told by its methods: its class may be of another realm, or a polyfill's. May throw what a Proxy throws. */
export function isReadableStream(value: object): boolean {
  const { getReader, tee, pipeTo } = value as Record<string, unknown>;
  return typeof getReader === 'function' && typeof tee === 'function' && typeof pipeTo === 'function';
}

/**
 * Followed through readers, iterators, both branches of a `tee`, `cancel` and pipes. A pipe reads inside the platform:
 * its end is seen, its chunks are not.
 */
export function placeReadableStream(tap: Tap): void {
  placeFactory(tap, Symbol.asyncIterator);
  placeFactory(tap, 'values');
  // A locked stream refuses both, and goes on.
  tap.replace('cancel', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      return isFree(this) ? tap.run(STOP, original, args) : Reflect.apply(original, this, args);
    };
  });
  tap.replace('pipeTo', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      return isFree(this) && isFree(args[0])
        ? tap.run(piping(args[1]), original, args)
        : Reflect.apply(original, this, args);
    };
  });
  tap.replace('pipeThrough', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      return pipeThrough(this as Pipeable, args) ?? Reflect.apply(original, this, args);
    };
  });
  tap.replace('getReader', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      const reader = Reflect.apply(original, this, args);
      lend(tap, reader, placeReader);
      return reader;
    };
  });
  tap.replace('tee', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      const branches = Reflect.apply(original, this, args) as readonly object[];
      split(tap, branches);
      return branches;
    };
  });
}

function placeReader(tap: Tap): void {
  tap.follow('read', READ);
  tap.follow('cancel', STOP);
  tap.replace('releaseLock', original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      tap.release();
      return Reflect.apply(original, this, args);
    };
  });
}

function split(tap: Tap, branches: readonly object[]): void {
  for (const sink of tap.sinks) {
    const both = new Branches(sink);
    try {
      for (const branch of branches) tapOf(branch, placeReadableStream).add(both.branch());
    } catch {
      sink.lost();
    }
  }
}

interface PipeOptions {
  readonly preventCancel?: unknown;
  readonly signal?: { readonly aborted?: unknown };
}

/** A pipe that fails has cancelled the stream, unless it was told not to. */
function piping(options: unknown): Operation {
  const { preventCancel, signal } = (options ?? {}) as PipeOptions;
  return {
    begins: false,
    started: sink => sink.unseen(),
    fulfilled: sink => sink.done(undefined),
    rejected(sink, error) {
      if (preventCancel) return;
      if (signal?.aborted) sink.stopped();
      else sink.failed(error);
    },
  };
}

function isFree(stream: unknown): boolean {
  return typeof stream === 'object' && stream !== null && (stream as { locked?: unknown }).locked === false;
}

interface Pipeable {
  pipeTo(writable: unknown, options: unknown): unknown;
}

/** What `pipeThrough` does by the standard, by a `pipeTo` that can be followed. Undefined where that would refuse in another way. */
function pipeThrough(stream: Pipeable, [transform, options]: readonly unknown[]): unknown {
  if (typeof transform !== 'object' || transform === null || !isFree(stream)) return undefined;
  const { readable, writable } = transform as { readable?: unknown; writable?: unknown };
  if (!isFree(readable) || !isFree(writable)) return undefined;
  const signal = (options as PipeOptions | undefined)?.signal;
  if (signal !== undefined && !(signal instanceof AbortSignal)) return undefined;
  settled(stream.pipeTo(writable, options));
  return readable;
}
