import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMonitor, monitor } from '../../src/index.js';
import { collected } from '../record/collected.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';

const model = { name: 'shapes', version: '1' };
// biome-ignore lint/suspicious/noExplicitAny: shapes that no type describes
type Any = any;

/** What `work` throws; fails if it throws nothing. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** What a promise rejects with, in a list since it may have a `then`; fails if it doesn't. */
function rejectionOf(promise: Promise<unknown>): Promise<[reason: unknown]> {
  return promise.then(
    () => {
      throw new Error('nothing was rejected');
    },
    error => [error],
  );
}

const THROWN: readonly [string, unknown][] = [
  ['an error', new RangeError('no')],
  ['a frozen error', Object.freeze(new Error('no'))],
  ['a string', 'no'],
  ['a number', Number.NaN],
  ['a symbol', Symbol('no')],
  ['a bigint', 1n],
  ['null', null],
  ['undefined', undefined],
  ['a function', () => {}],
  ['a revoked Proxy', revoked()],
  ['a Proxy that throws in every trap', hostile()],
  [
    'an error whose name throws',
    Object.defineProperty(new Error('no'), 'name', {
      get(): never {
        throw new Error('name');
      },
    }),
  ],
];

/** Every trap of it throws. */
function hostile(target: object = {}): Any {
  const traps = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map(trap => [
      trap,
      () => {
        throw new Error(`trap ${trap}`);
      },
    ]),
  );
  return new Proxy(target, traps);
}

function revoked(target: object = {}): Any {
  const { proxy, revoke } = Proxy.revocable<Any>(target, {});
  revoke();
  return proxy;
}

afterEach(unregisterSdk);

const SDKS: readonly [string, () => void][] = [
  ['without an SDK', () => {}],
  ['with an SDK', () => void registerSdk()],
];
describe.each(SDKS)('%s', (sdk, register) => {
  beforeEach(register);

  test('a synchronous result comes back by identity', () => {
    const result = { a: 1 };
    const predict = monitor(() => result, { model });
    expect(predict()).toBe(result);
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 1, failed: 0, active: 0 });
  });

  test.each([undefined, null, 0, Number.NaN, '', 1n, Symbol.iterator, true])('the result %s comes back', value => {
    const predict = monitor(() => value, { model, output: { label: r => r as Any, confidence: r => r as Any } });
    expect(predict()).toBe(value);
  });

  test('an asynchronous result comes back by identity', async () => {
    const result = { a: 1 };
    const predict = monitor(async () => result, { model });
    const promise = predict();
    expect(Object.getPrototypeOf(promise)).toBe(Promise.prototype);
    expect(predict.monitor.report().calls.active).toBe(1);
    expect(await promise).toBe(result);
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 1, failed: 0, active: 0 });
  });

  test.each(THROWN)('%s thrown comes through by identity', (_what, thrown) => {
    const predict = monitor(
      () => {
        throw thrown;
      },
      { model },
    );
    expect(Object.is(thrownBy(predict), thrown)).toBe(true);
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 0, failed: 1, active: 0 });
  });

  test.each(THROWN)('%s as the reason of a rejection comes through by identity', async (_what, thrown) => {
    const predict = monitor(
      async () => {
        throw thrown;
      },
      { model },
    );
    const [reason] = await rejectionOf(predict());
    expect(Object.is(reason, thrown)).toBe(true);
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 0, failed: 1, active: 0 });
  });

  test('a promise subclass comes back itself and is observed', async () => {
    class Query<T> extends Promise<T> {
      cancel() {
        return 'cancelled';
      }
    }
    const promise = Query.resolve('late') as Query<string>;
    const predict = monitor((_: unknown) => promise, { model, output: { label: r => r } });
    expect(predict(1)).toBe(promise);
    expect(predict(1).cancel()).toBe('cancelled');
    await promise;
    expect(predict.monitor.report()).toMatchObject({
      calls: { succeeded: 2, active: 0 },
      predictions: { late: 2 },
    });
  });

  test('a rejecting promise subclass comes back itself and its call failed', async () => {
    class Query<T> extends Promise<T> {}
    const promise = Query.reject(new RangeError('no'));
    const predict = monitor(() => promise, { model });
    expect(predict()).toBe(promise);
    await rejectionOf(promise);
    expect(predict.monitor.report().calls).toMatchObject({ failed: 1, active: 0, errors: { RangeError: 1 } });
  });

  test('a lazy promise is started once, by whoever awaits it', async () => {
    let starts = 0;
    class Lazy extends Promise<string> {
      #started: Promise<string> | undefined;
      readonly #start: () => Promise<string>;
      constructor(start: () => Promise<string>) {
        super(resolve => resolve(''));
        this.#start = start;
      }
      // biome-ignore lint/suspicious/noThenProperty: a lazy promise is what is tested
      override then<A, B>(
        fulfilled?: ((value: string) => A | PromiseLike<A>) | null,
        rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        this.#started ??= this.#start();
        return this.#started.then(fulfilled, rejected);
      }
    }
    const lazy = new Lazy(async () => {
      starts++;
      return 'late';
    });
    const predict = monitor(() => lazy, { model });
    expect(predict()).toBe(lazy);
    await new Promise(resolve => setImmediate(resolve));
    expect(starts).toBe(0);
    expect(await lazy).toBe('late');
    expect(starts).toBe(1);
    expect(predict.monitor.report().calls.active).toBe(0);
  });

  test('the then of a foreign thenable is never called', async () => {
    let calls = 0;
    const thenable = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then(resolve: (value: string) => void) {
        calls++;
        resolve('late');
      },
    };
    const predict = monitor(() => thenable, { model, output: { label: r => r as Any } });
    expect(predict()).toBe(thenable);
    await new Promise(resolve => setImmediate(resolve));
    expect(calls).toBe(0);
    expect(predict.monitor.report()).toMatchObject({ calls: { succeeded: 1, active: 0 }, predictions: { '': 1 } });
    expect(predict.monitor.report().dropped).toEqual({});
  });

  test('a query builder that runs when awaited runs once and can still be chained', async () => {
    const log: string[] = [];
    class Builder {
      readonly #clauses: string[] = [];
      where(clause: string): this {
        this.#clauses.push(clause);
        return this;
      }
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then<T>(resolve: (rows: string[]) => T): Promise<T> {
        log.push(this.#clauses.join(' and '));
        return Promise.resolve(['row']).then(resolve);
      }
    }
    const predict = monitor(() => new Builder(), { model });
    expect(await predict().where('a').where('b')).toEqual(['row']);
    expect(log).toEqual(['a and b']);
  });

  test('a promise of another realm comes back itself and is observed', async () => {
    const [kept, broken] = runInNewContext('[Promise.resolve("late"), Promise.reject(new RangeError("no"))]') as [
      Promise<string>,
      Promise<string>,
    ];
    broken.catch(() => {});
    const predict = monitor((promise: Promise<string>) => promise, { model, output: { label: r => r } });
    expect(predict(kept)).toBe(kept);
    expect(predict(broken)).toBe(broken);
    await rejectionOf(broken);
    await kept;
    expect(predict.monitor.report()).toMatchObject({
      calls: { succeeded: 1, failed: 1, active: 0 },
      predictions: { late: 1 },
    });
  });

  test('a generator comes back by identity, usable both ways', () => {
    const log: string[] = [];
    function* tokens(): Generator<string, number, string> {
      log.push('started');
      log.push(yield 'a');
      return 3;
    }
    let made: unknown;
    const predict = monitor(
      (_prompt: string) => {
        const generator = tokens();
        made = generator;
        return generator;
      },
      { model },
    );
    const generator = predict('x');
    expect(generator).toBe(made);
    expect(log).toEqual([]);
    expect(generator.next()).toEqual({ value: 'a', done: false });
    expect(generator.next('sent')).toEqual({ value: 3, done: true });
    expect(log).toEqual(['started', 'sent']);
    expect(predict.monitor.report().calls.active).toBe(0);
  });

  test('a generator function keeps what it yields, throws and returns', () => {
    const predict = monitor(
      function* () {
        try {
          yield 1;
        } finally {
          yield 2;
        }
      },
      { model },
    );
    const generator = predict();
    expect(generator.next().value).toBe(1);
    expect(generator.return(undefined as never)).toEqual({ value: 2, done: false });
    expect([...predict()]).toEqual([1, 2]);
  });

  test('an asynchronous generator comes back by identity and streams', async () => {
    let made: unknown;
    async function* tokens() {
      yield 'a';
      yield 'b';
    }
    const predict = monitor(
      () => {
        const stream = tokens();
        made = stream;
        return stream;
      },
      { model },
    );
    const stream = predict();
    expect(stream).toBe(made);
    const chunks: string[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks).toEqual(['a', 'b']);
    expect(predict.monitor.report().calls.active).toBe(0);
  });

  test('a generator of another realm comes back by identity, untouched', () => {
    const generator = runInNewContext('(function* () { yield 1; })()') as Generator<number>;
    const predict = monitor(() => generator, { model });
    expect(predict()).toBe(generator);
    expect([...generator]).toEqual([1]);
  });

  // What stands in for a result: each must come back by identity, without a throw, with its call ended.
  test.each<[string, () => Any]>([
    ['a Proxy of an object', () => new Proxy({}, {})],
    ['a Proxy that throws in every trap', () => hostile()],
    ['a callable Proxy that throws in every trap', () => hostile(() => {})],
    ['a revoked Proxy', () => revoked()],
    ['a revoked Proxy of a function', () => revoked(() => {})],
    ['a Proxy of a promise', () => new Proxy(Promise.resolve(1), {})],
    ['an object that only inherits from Promise', () => Object.create(Promise.prototype)],
    ['an object without a prototype', () => Object.create(null)],
    [
      'an object whose then throws when read',
      () =>
        Object.defineProperty({}, 'then', {
          get(): never {
            throw new Error('then');
          },
        }),
    ],
    [
      'a promise whose constructor throws when read',
      () =>
        Object.defineProperty(Promise.resolve(1), 'constructor', {
          get(): never {
            throw new Error('constructor');
          },
        }),
    ],
    [
      'a promise subclass that can not be constructed again',
      () => {
        let made = false;
        class Once extends Promise<number> {
          constructor(run: ConstructorParameters<typeof Promise<number>>[0]) {
            if (made) throw new Error('once');
            made = true;
            super(run);
          }
        }
        return new Once(resolve => resolve(1));
      },
    ],
  ])('%s comes back by identity', (_what, make) => {
    const result = make();
    const predict = monitor(() => result, { model });
    expect(predict() === result).toBe(true);
    expect(predict.monitor.report().calls).toMatchObject({ failed: 0, active: 0 });
  });

  test('a native promise with a then of its own settles alike, and its then is not called for us', async () => {
    let calls = 0;
    const promise = Promise.resolve('late');
    Object.defineProperty(promise, 'then', {
      value: (...handlers: Parameters<typeof promise.then>) => {
        calls++;
        return Promise.prototype.then.apply(promise, handlers);
      },
    });
    const predict = monitor(() => promise, { model });
    const result = predict();
    expect(calls).toBe(0);
    expect(await result).toBe('late');
  });

  test('a promise with properties of its own keeps them', async () => {
    const promise = Object.assign(Promise.resolve('late'), { cancel: () => 'cancelled' });
    const predict = monitor(() => promise, { model, output: { label: r => r as unknown as string } });
    expect(predict().cancel()).toBe('cancelled');
    expect(await predict()).toBe('late');
    expect(predict.monitor.report()).toMatchObject({ calls: { succeeded: 2, active: 0 }, predictions: { late: 2 } });
  });

  test.each([undefined, null, 5, 'text', Symbol.iterator, Object.freeze({ a: 1 })])(
    'this is %s in the model when it is so for the caller',
    self => {
      const seen: unknown[] = [];
      const predict = monitor(
        function (this: unknown, ..._args: unknown[]) {
          seen.push(this);
        },
        { model },
      );
      Reflect.apply(predict, self, [1]);
      expect(seen).toEqual([self]);
      expect(Object.is(seen[0], self)).toBe(true);
    },
  );

  test('every argument comes through by identity, beyond arity too', () => {
    const args = [{}, undefined, Symbol.iterator, null, [], 5n, () => {}];
    let seen: unknown[] = [];
    const predict = monitor(
      function (_first: unknown, ..._rest: unknown[]) {
        // biome-ignore lint/complexity/noArguments: the arguments as they came
        seen = [...arguments];
      },
      { model },
    );
    Reflect.apply(predict, undefined, args);
    expect(seen).toHaveLength(args.length);
    for (const [i, arg] of args.entries()) expect(seen[i]).toBe(arg);
    Reflect.apply(predict, undefined, []);
    expect(seen).toHaveLength(0);
  });

  test('default parameters stand in for what is missing and undefined', () => {
    const predict = monitor((a = 1, { b = 2 } = {}) => [a, b], { model });
    expect(predict()).toEqual([1, 2]);
    expect(predict(undefined, { b: 5 })).toEqual([1, 5]);
  });

  test('name and length are those of the original', () => {
    const predict = monitor(function score(_a: number, _b: number) {}, { model });
    expect([predict.name, predict.length]).toEqual(['score', 2]);
    const bound = monitor(((a: number, b: number) => a + b).bind(null, 1), { model });
    expect([bound.name, bound.length, bound(2)]).toEqual(['bound ', 1, 3]);
    expect(Object.keys(predict)).toEqual([]);
  });

  test('a method of a class instance keeps its this, private fields included', async () => {
    class Model {
      readonly #weight = 3;
      predict = monitor(
        function (this: Model, x: number) {
          return x * this.#weight;
        },
        { model },
      );
      async predictLater(this: Model, x: number) {
        return x * this.#weight;
      }
    }
    const instance = new Model();
    expect(instance.predict(2)).toBe(6);
    Model.prototype.predictLater = monitor(Model.prototype.predictLater, { model });
    expect(await instance.predictLater(2)).toBe(6);
  });

  test('a function without Function.prototype is called all the same', () => {
    const bare = Object.setPrototypeOf((x: number) => x + 1, null) as (x: number) => number;
    const predict = monitor(bare, { model });
    expect(Reflect.apply(predict, { some: 'this' }, [1])).toBe(2);
    expect(predict(1)).toBe(2);
  });

  test('a function with methods named bind, call and apply is called itself', () => {
    const trap = () => {
      throw new Error('not the function');
    };
    const predict = monitor(
      Object.assign((x: number) => x + 1, { bind: trap, call: trap, apply: trap }),
      { model },
    );
    expect(Reflect.apply(predict, { some: 'this' }, [1])).toBe(2);
  });

  test('a hundred calls in flight are counted one by one and end at none', async () => {
    const gates: (() => void)[] = [];
    const name = `in flight ${sdk}`;
    const active = async () => (await collected(name, 'ml.inference.active')).map(({ value }) => value);
    const predict = monitor(
      async (i: number) => {
        await new Promise<void>(resolve => {
          gates[i] = resolve;
        });
        if (i % 3 === 0) throw new RangeError(String(i));
        return i;
      },
      { model: { name, version: '1' }, output: { label: r => r % 2 } },
    );
    const calls = Array.from({ length: 100 }, (_, i) => predict(i).catch(error => error.message));
    expect(predict.monitor.report().calls.active).toBe(100);
    expect(await active()).toEqual([100]);
    for (const gate of gates.toReversed()) gate();
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? String(i) : i)));
    expect(predict.monitor.report()).toMatchObject({
      calls: { active: 0, succeeded: 66, failed: 34 },
      predictions: { 0: 33, 1: 33 },
    });
    expect(await active()).toEqual([0]);
  });

  test('a model that calls itself through its monitor is counted at every depth', () => {
    const factorial = monitor((n: number): number => (n <= 1 ? 1 : n * factorial(n - 1)), {
      model,
      output: { label: (_r, n) => n },
    });
    expect(factorial(5)).toBe(120);
    expect(factorial.monitor.report()).toMatchObject({
      calls: { succeeded: 5, active: 0 },
      predictions: { 1: 1, 2: 1, 3: 1, 4: 1, 5: 1 },
    });
  });

  test('a function watched twice is counted by both monitors and gives the same', async () => {
    const inner = monitor(async (x: number) => x + 1, { model: { name: 'inner', version: '1' } });
    const outer = monitor(inner, { model: { name: 'outer', version: '1' } });
    expect(await outer(1)).toBe(2);
    expect(outer.monitor.report()).toMatchObject({ model: { name: 'outer' }, calls: { succeeded: 1 } });
    expect(inner.monitor.report()).toMatchObject({ model: { name: 'inner' }, calls: { succeeded: 1 } });
    expect([outer.name, outer.length]).toEqual([inner.name, 1]);
  });

  test('wrap watches a further function of the same model', async () => {
    const watch = createMonitor<number, number>({ model });
    const twice = watch.wrap((x: number) => x * 2);
    const later = watch.wrap(async (x: number) => x * 3);
    expect([twice(2), await later(2)]).toEqual([4, 6]);
    expect((twice as typeof twice & { monitor: unknown }).monitor).toBe(watch);
    expect(watch.report().calls.succeeded).toBe(2);
  });
});
