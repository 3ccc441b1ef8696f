import { type Context, context } from '@opentelemetry/api';
import type { Calls } from './call.js';
import { endObject } from './ending.js';
import { InFlightCalls } from './in-flight.js';
import { isPlainPromise } from './promises.js';
import { isGeneratorFunction } from './stream/kinds.js';

// biome-ignore lint/suspicious/noExplicitAny: any function can be watched
export type AnyFn = (...args: any[]) => any;

/**
 * The same function, watched: same arguments, `this`, result and error by identity, same shape.
 *
 * - A native promise comes back as one derived promise that settles alike; observing it on the side would swallow the
 *   caller's `unhandledRejection`.
 * - A promise subclass, a promise of another realm, or one with properties attached comes back itself, observed on the side (a
 *   rejection of it then counts as handled).
 * - Any other thenable comes back untouched, since touching a lazy one runs it twice: the call ends at return.
 * - A stream comes back itself, with methods put on it that call the originals; the call ends when it ends.
 */
export function watchFunction(fn: AnyFn, calls: Calls): AnyFn {
  if (isGeneratorFunction(fn)) return watchGenerator(fn, calls);
  const { hasIds } = calls;
  const inFlight = new InFlightCalls(calls);
  return function (this: unknown, ...args: unknown[]): unknown {
    if (calls.disposed) return Reflect.apply(fn, this, args);
    const input = args[0];
    const startMs = calls.begin();
    const size = calls.countInput(input, startMs);
    const span = calls.spans.open();
    // In calls of their own, and `held` likewise: an array that is handed on in a branch that runs is made for each call.
    const aside = hasIds
      ? calls.aside(startMs, input, size, span, args)
      : calls.aside(startMs, input, size, span, NO_ARGUMENTS);
    let result: unknown;
    try {
      result =
        span === undefined ? Reflect.apply(fn, this, args) : runWithin(calls.spans.context(span), fn, this, args);
    } catch (error) {
      calls.fail(startMs, span, error, input, size, aside);
      throw error;
    }
    if ((typeof result !== 'object' && typeof result !== 'function') || result === null) {
      calls.succeed(startMs, span, result, input, size, aside, true);
      return result;
    }
    // A signal may be among them.
    const more = args.length > 1 ? held(args) : undefined;
    const derived = isPlainPromise(result)
      ? inFlight.derive(result, startMs, span, input, more, size, aside)
      : undefined;
    if (derived !== undefined) return derived;
    endObject(calls, startMs, span, result, input, more, size, aside);
    return result;
  };
}

const NO_ARGUMENTS: readonly unknown[] = [];
const held = <T>(value: T): T => value;

/** A generator's function runs nothing until the first `next`: its call begins there, and there is none if it never comes. */
function watchGenerator(fn: AnyFn, calls: Calls): AnyFn {
  function watched(this: unknown, ...args: unknown[]): unknown {
    if (calls.disposed) return Reflect.apply(fn, this, args);
    let generator: object;
    try {
      generator = Reflect.apply(fn, this, args);
    } catch (error) {
      // A parameter's default threw: that runs at the call.
      const startMs = calls.begin();
      const size = calls.countInput(args[0], startMs);
      calls.fail(startMs, calls.spans.open(), error, args[0], size, undefined);
      throw error;
    }
    calls.streams.followUnbegun(generator, calls, args);
    return generator;
  }
  // Its kind is told by this, here as in other libraries.
  return Object.setPrototypeOf(watched, Object.getPrototypeOf(fn));
}

/** In a function of its own: a closure in the watched function would keep its arguments alive in every call. */
function runWithin(active: Context, fn: AnyFn, self: unknown, args: unknown[]): unknown {
  // Not context.with(active, fn, self): context managers bind, and so change an undefined `this`.
  return context.with(active, () => Reflect.apply(fn, self, args));
}

const inherits = Object.prototype.isPrototypeOf;

/**
 * Gives the watched function the face of the original: name, length, and for a callable object with properties of its
 * own (a pipeline with methods) a Proxy that traps the call and answers `monitor`.
 */
export function dress<Handle extends object>(
  fn: AnyFn,
  watched: AnyFn,
  handle: Handle,
): AnyFn & { readonly monitor: Handle } {
  if (Reflect.ownKeys(fn).some(key => !PLAIN_KEYS.has(key)) || !inherits.call(Function.prototype, fn)) {
    return new Proxy(fn, {
      apply: (_target, self, args) => Reflect.apply(watched, self, args),
      get: (target, key) => (key === 'monitor' ? handle : Reflect.get(target, key)),
    }) as AnyFn & { readonly monitor: Handle };
  }
  for (const key of ['name', 'length'] as const)
    Object.defineProperty(watched, key, { value: fn[key], configurable: true });
  Object.defineProperty(watched, 'monitor', { value: handle, configurable: true });
  return watched as AnyFn & { readonly monitor: Handle };
}

const PLAIN_KEYS: ReadonlySet<string | symbol> = new Set(['name', 'length', 'prototype', 'arguments', 'caller']);
