import { type Context, context, type Span } from '@opentelemetry/api';
import type { Calls, PredictionIds } from './call.js';
import { isPlainPromise, observe } from './promises.js';

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
 * - A generator comes back untouched; its input is counted and nothing else.
 */
export function watchFunction(fn: AnyFn, calls: Calls): AnyFn {
  const hasIds = calls.hasIds;
  return function (this: unknown, ...args: unknown[]): unknown {
    if (calls.disposed) return Reflect.apply(fn, this, args);
    const input = args[0];
    const startMs = calls.begin();
    const size = calls.countInput(input, startMs);
    const ids = hasIds ? calls.ids(input, size, args) : undefined;
    const span = calls.spans.open();
    let result: unknown;
    try {
      result =
        span === undefined ? Reflect.apply(fn, this, args) : runWithin(calls.spans.context(span), fn, this, args);
    } catch (error) {
      calls.fail(startMs, span, error, size);
      throw error;
    }
    if ((typeof result !== 'object' && typeof result !== 'function') || result === null) {
      calls.succeed(startMs, span, result, input, size, ids, true);
      return result;
    }
    const derived = isPlainPromise(result)
      ? observe(
          result,
          output => {
            calls.succeed(startMs, span, output, input, size, ids, true);
            return output;
          },
          error => {
            calls.fail(startMs, span, error, size);
            throw error;
          },
        )
      : undefined;
    if (derived !== undefined) return derived;
    endObject(calls, startMs, span, result, input, size, ids);
    return result;
  };
}

/** In a function of its own: a closure in the watched function would keep its arguments alive in every call. */
function runWithin(active: Context, fn: AnyFn, self: unknown, args: unknown[]): unknown {
  // Not context.with(active, fn, self): context managers bind, and so change an undefined `this`.
  return context.with(active, () => Reflect.apply(fn, self, args));
}

/** Ends the call of an object that is handed back as it is. */
function endObject(
  calls: Calls,
  startMs: number,
  span: Span | undefined,
  result: object,
  input: unknown,
  size: number,
  ids: PredictionIds,
): void {
  if (isGenerator(result)) calls.pass(span);
  else if (!isThenable(result)) calls.succeed(startMs, span, result, input, size, ids, true);
  else {
    const observed = observe(
      result,
      output => calls.succeed(startMs, span, output, input, size, ids, true),
      error => calls.fail(startMs, span, error, size),
    );
    if (observed === undefined) calls.succeed(startMs, span, undefined, input, size, ids, false);
  }
}

const GENERATOR: object = Object.getPrototypeOf(function* () {}).prototype;
const ASYNC_GENERATOR: object = Object.getPrototypeOf(async function* () {}).prototype;
const inherits = Object.prototype.isPrototypeOf;

function isGenerator(value: object): boolean {
  try {
    return inherits.call(GENERATOR, value) || inherits.call(ASYNC_GENERATOR, value);
  } catch {
    return false; // a revoked Proxy
  }
}

function isThenable(value: object): boolean {
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}

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
