import type { SessionClass } from './runtime.js';

// biome-ignore lint/suspicious/noExplicitAny: the runtime's own functions, passed on as they are
type AnyFn = (...args: any[]) => any;

/** What is called in the place of the class's own methods, with the method and its call. */
export interface Hooks {
  create(original: AnyFn, self: unknown, args: unknown[]): unknown;
  run(original: AnyFn, self: unknown, args: unknown[]): unknown;
  release(original: AnyFn, self: unknown, args: unknown[]): unknown;
}

/** Marks our functions, for every copy of this package in the process: two must not stack. */
const MARK = Symbol.for('driftspan.onnxruntime.patched.v1');

interface Patched {
  readonly holder: object;
  readonly key: 'create' | 'run' | 'release';
  readonly descriptor: PropertyDescriptor;
  readonly ours: AnyFn;
}

/** Whether a class is watched, by this instrumentation or another. */
export function isPatched({ create }: SessionClass): boolean {
  return Object.hasOwn(create, MARK);
}

/**
 * Puts functions of ours in place of `create`, `run` and `release` of the very class that importers hold, whether they came before
 * or come after, through `require` or `import`. Undefined where the class has not these methods or holds them fast.
 */
export function patchClass(session: SessionClass, hooks: Hooks): Patch | undefined {
  const patch = new Patch();
  const done =
    patch.put(session, 'create', hooks.create) &&
    patch.put(session.prototype, 'run', hooks.run) &&
    patch.put(session.prototype, 'release', hooks.release);
  if (done) return patch;
  patch.restore();
  return undefined;
}

/** The functions put into one class. */
export class Patch {
  readonly #patched: Patched[] = [];
  #active = true;

  put(holder: object, key: Patched['key'], hook: Hooks[Patched['key']]): boolean {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (typeof descriptor?.value !== 'function' || descriptor.configurable !== true) return false;
    const original: AnyFn = descriptor.value;
    const isActive = () => this.#active;
    // Someone may have kept ours when it was taken out.
    const ours = function (this: unknown, ...args: unknown[]): unknown {
      return isActive() ? hook(original, this, args) : Reflect.apply(original, this, args);
    };
    for (const name of ['name', 'length'] as const) {
      Object.defineProperty(ours, name, { value: original[name], configurable: true });
    }
    Object.defineProperty(ours, MARK, { value: true });
    Object.defineProperty(holder, key, { ...descriptor, value: ours });
    this.#patched.push({ holder, key, descriptor, ours });
    return true;
  }

  /** Puts everything back as it was; what another has patched over ours meanwhile stays, and goes straight through. */
  restore(): void {
    this.#active = false;
    for (const { holder, key, descriptor, ours } of this.#patched) {
      if (Object.getOwnPropertyDescriptor(holder, key)?.value === ours) Object.defineProperty(holder, key, descriptor);
    }
  }
}
