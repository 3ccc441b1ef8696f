import { type Context, context } from '@opentelemetry/api';
import { isPlainPromise, isThenable, observe } from '../promises.js';
import { isSyncGenerator } from './kinds.js';
import type { Sink } from './sink.js';

// biome-ignore lint/suspicious/noExplicitAny: any method can be replaced
export type Method = (...args: any[]) => unknown;

/** What calling a method of a stream does to it, told when the call has settled. */
export interface Operation {
  /** Whether it starts a generator that has not begun. */
  readonly begins: boolean;
  started?(sink: Sink): void;
  fulfilled(sink: Sink, value: unknown): void;
  rejected(sink: Sink, error: unknown): void;
}

const rejected = (sink: Sink, error: unknown): void => sink.failed(error);
export const NEXT: Operation = { begins: true, fulfilled: took, rejected };
export const THROW: Operation = { begins: false, fulfilled: took, rejected };
/** A `return` ends the call also where a `finally` goes on to yield: a loop that was left asks for no more. */
export const STOP: Operation = { begins: false, fulfilled: sink => sink.stopped(), rejected };

function took(sink: Sink, result: unknown): void {
  if (typeof result !== 'object' || result === null) return;
  const { done, value } = result as { done?: unknown; value?: unknown };
  if (done) sink.done(value);
  else sink.chunk(value);
}

/** The `next` of a stream that may be no iterator itself: a cursor gives documents. */
export const MAYBE_NEXT: Operation = {
  begins: false,
  fulfilled(sink, result) {
    if (typeof result === 'object' && result !== null && 'done' in result) took(sink, result);
  },
  rejected,
};

/** The last read of a byte stream gives its buffer back, which is no output. */
export const READ: Operation = {
  begins: false,
  fulfilled: (sink, result) => ((result as { done?: unknown }).done ? sink.done(undefined) : took(sink, result)),
  rejected,
};

/**
 * The methods of one object, replaced by own ones that call the originals, and the calls that follow it. An object is
 * tapped once, however many calls give it back: their number must not deepen the stack.
 */
export class Tap {
  readonly #target: object;
  readonly #isSync: boolean;
  #sinks: readonly Sink[] = [];
  #isRunning = false;
  #isReleased = false;
  /** False while, or where, not all methods could be replaced. */
  isPlaced = false;

  constructor(target: object) {
    this.#target = target;
    this.#isSync = isSyncGenerator(target);
  }

  isOf(target: object): boolean {
    return this.#target === target;
  }

  /** The call that is added last is the outermost. @throws where the object refused. */
  add(sink: Sink): void {
    if (!this.isPlaced) throw new TypeError('not all methods could be replaced');
    this.#sinks = [...this.#sinks.filter(other => other.isOpen && other !== sink), sink];
  }

  /** The calls that still follow, innermost first. */
  get sinks(): readonly Sink[] {
    return this.#sinks.filter(({ isOpen }) => isOpen);
  }

  /**
   * Puts a method on the object itself in the place of the one it has; nothing where it has none. Called on another
   * object it is the original. @throws where the object refuses.
   */
  replace(key: PropertyKey, make: (original: Method) => Method): void {
    const target = this.#target;
    const original = (target as Record<PropertyKey, unknown>)[key];
    if (typeof original === 'function') this.put(key, original as Method, make(original as Method));
  }

  /** @throws where the object refuses. */
  put(key: PropertyKey, original: Method, method: Method): void {
    const target = this.#target;
    const value = function (this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(this === target ? method : original, this, args);
    };
    const own = Object.getOwnPropertyDescriptor(target, key);
    if (own !== undefined && !('value' in own)) throw new TypeError('an accessor of its own');
    const kept = own === undefined ? { writable: true, configurable: true } : {};
    Object.defineProperty(target, key, { value, ...kept });
  }

  /** A method that is followed. @throws where the object refuses. */
  follow(key: PropertyKey, operation: Operation): void {
    this.replace(
      key,
      original =>
        (...args) =>
          this.run(operation, original, args),
    );
  }

  /** The object has lost its stream: what is under way is refused, and means nothing. */
  release(): void {
    this.#isReleased = true;
  }

  has(key: PropertyKey): boolean {
    return key in this.#target;
  }

  /** Calls a method in the context of the calls that follow, and tells them what it brought. Throws what it throws. */
  run(operation: Operation, method: Method, args: readonly unknown[]): unknown {
    const target = this.#target;
    // A running generator that is asked for more throws at whoever asked, and goes on.
    if (this.#sinks.length === 0 || this.#isReleased || (this.#isSync && this.#isRunning))
      return Reflect.apply(method, target, args);
    const entered: Sink[] = [];
    let active: Context | undefined;
    for (let i = this.#sinks.length - 1; i >= 0; i--) {
      const sink = this.#sinks[i]!;
      if (!sink.enter(this, operation.begins, active)) continue;
      operation.started?.(sink);
      entered.push(sink);
      active = sink.within(active);
    }
    if (entered.length === 0) {
      this.#sinks = this.#sinks.filter(({ isOpen }) => isOpen);
      return Reflect.apply(method, target, args);
    }
    let result: unknown;
    this.#isRunning = true;
    try {
      result =
        active === undefined
          ? Reflect.apply(method, target, args)
          : context.with(active, Reflect.apply as Method, undefined, method, target, args);
    } catch (error) {
      this.#settle(entered, operation, false, error);
      throw error;
    } finally {
      this.#isRunning = false;
    }
    return this.#observed(entered, operation, result);
  }

  /** As in a watched function: a plain promise comes back as the derived one, any other itself, observed on the side. */
  #observed(entered: readonly Sink[], operation: Operation, result: unknown): unknown {
    if (typeof result === 'object' && result !== null) {
      const plain = isPlainPromise(result);
      if (plain || isThenable(result)) {
        const derived = observe(
          result,
          value => {
            this.#settle(entered, operation, true, value);
            return value;
          },
          error => {
            this.#settle(entered, operation, false, error);
            if (plain) throw error;
          },
        );
        if (derived !== undefined) return plain ? derived : result;
        // Touching a foreign thenable would run a lazy one twice.
        for (const sink of entered) sink.lost();
        return result;
      }
    }
    this.#settle(entered, operation, true, result);
    return result;
  }

  /** The innermost call hears it first. */
  #settle(entered: readonly Sink[], operation: Operation, isFulfilled: boolean, value: unknown): void {
    for (let i = entered.length - 1; i >= 0; i--) {
      const sink = entered[i]!;
      sink.leave(this);
      if (this.#isReleased) continue;
      try {
        if (isFulfilled) operation.fulfilled(sink, value);
        else operation.rejected(sink, value);
      } catch {
        // A result whose `done` throws: the consumer meets that itself.
      }
    }
  }
}

/** A property, not a WeakMap: half the cost of a stream, since many short-lived keys make the collector work. */
const TAP = Symbol('driftspan.tap');

/**
 * The tap of an object, put there now if it has none.
 *
 * @throws where the object refuses: it is frozen, or a Proxy of what is tapped already.
 */
export function tapOf(target: object, place: (tap: Tap) => void): Tap {
  const found = (target as { [TAP]?: Tap })[TAP];
  // What inherits from a tapped object has its own.
  if (found?.isOf(target)) return found;
  const tap = new Tap(target);
  Object.defineProperty(target, TAP, { value: tap });
  place(tap);
  tap.isPlaced = true;
  return tap;
}
