import { MAYBE_NEXT, NEXT, STOP, type Tap, THROW, tapOf } from './tap.js';

/** A generator, or what gives the chunks of an asynchronous iterable. */
export function placeIterator(tap: Tap): void {
  tap.follow('next', NEXT);
  tap.follow('throw', THROW);
  tap.follow('return', STOP);
}

/** An object whose `Symbol.asyncIterator` gives iterators; it may be one itself. */
export function placeIterable(tap: Tap): void {
  tap.follow('next', MAYBE_NEXT);
  tap.follow('throw', THROW);
  tap.follow('return', STOP);
  placeFactory(tap, Symbol.asyncIterator);
}

/** A method that gives an iterator: what that does is followed as well. */
export function placeFactory(tap: Tap, key: PropertyKey): void {
  tap.replace(key, original => {
    return function (this: unknown, ...args: unknown[]): unknown {
      const iterator = Reflect.apply(original, this, args);
      if (iterator !== this) lend(tap, iterator, leavesOpen(args[0]) ? placeOpenIterator : placeClosingIterator);
      return iterator;
    };
  });
}

/** `values({ preventCancel: true })` of a web stream: a loop that is left leaves it to the next reader. */
function leavesOpen(options: unknown): boolean {
  return (
    typeof options === 'object' && options !== null && 'preventCancel' in options && Boolean(options.preventCancel)
  );
}

function placeOpenIterator(tap: Tap): void {
  tap.follow('next', NEXT);
}

/** An iterator without a `return` gets one: a loop that is left would otherwise look like one that goes on. */
function placeClosingIterator(tap: Tap): void {
  placeIterator(tap);
  if (tap.has('return')) return;
  const finish = async (value: unknown): Promise<unknown> => ({ done: true, value: await value });
  tap.put('return', finish, value => tap.run(STOP, finish, [value]));
}

/** Lets the calls that follow `tap` follow what it gave out, too. What refuses can't be followed any further. */
export function lend(tap: Tap, given: unknown, place: (tap: Tap) => void): void {
  const { sinks } = tap;
  if (sinks.length === 0 || typeof given !== 'object' || given === null) return;
  try {
    const lent = tapOf(given, place);
    for (const sink of sinks) lent.add(sink);
  } catch {
    for (const sink of sinks) sink.lost();
  }
}
