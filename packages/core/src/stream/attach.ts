import { endIfOver, isEmitter, placeEmitter } from './emitter.js';
import { placeIterable, placeIterator } from './iterators.js';
import { isGenerator } from './kinds.js';
import { isReadableStream, placeReadableStream } from './readable-stream.js';
import type { Sink } from './sink.js';
import { type Tap, tapOf } from './tap.js';

/** Lets a call follow a stream, which comes back as it is. False where the object refuses the methods it would be followed by. */
export function attach(stream: object, sink: Sink): boolean {
  try {
    tapOf(stream, tap => place(stream, tap)).add(sink);
    if (isEmitter(stream)) endIfOver(stream, sink);
    return true;
  } catch {
    return false;
  }
}

function place(stream: object, tap: Tap): void {
  if (isGenerator(stream)) placeIterator(tap);
  else if (isReadableStream(stream)) placeReadableStream(tap);
  else {
    placeIterable(tap);
    if (isEmitter(stream)) placeEmitter(tap);
  }
}
