import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { categorical, monitor, monitorBatch, numeric } from '../../src/index.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { unhandledDuring } from '../wrap/unhandled.js';

afterEach(unregisterSdk);

/** Makers of values of every kind, each with an identity of its own. A maker, since a revoked Proxy can't be drawn itself. */
const anything: fc.Arbitrary<() => unknown> = fc.oneof(
  fc
    .anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    })
    .map(value => () => value),
  fc.constantFrom(undefined, null, Symbol.iterator, Number.NaN, -0).map(value => () => value),
  fc.string().map(text => () => Object.freeze(new RangeError(text))),
  fc.constant(() => () => 5),
  fc.constant(() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  }),
  fc.constant(
    () =>
      new Proxy(
        {},
        {
          get: explode,
          has: explode,
          getPrototypeOf: explode,
          ownKeys: explode,
          getOwnPropertyDescriptor: explode,
        },
      ),
  ),
);

// One error, so that what comes through can be known by its identity.
const EXPLOSION = new Error('explosion');
function explode(): never {
  throw EXPLOSION;
}

type Way = 'returns' | 'throws' | 'resolves' | 'rejects' | 'resolves later' | 'rejects later';
const ways = fc.constantFrom<Way>('returns', 'throws', 'resolves', 'rejects', 'resolves later', 'rejects later');

/** What one call of a function did, as its caller sees it; values boxed, since some have a `then`. */
interface Seen {
  readonly shape: 'value' | 'thrown' | 'promise';
  readonly settled: 'fulfilled' | 'rejected' | undefined;
  readonly box: readonly [unknown];
}

async function see(fn: (...args: unknown[]) => unknown, self: unknown, args: readonly unknown[]): Promise<Seen> {
  let result: unknown;
  try {
    result = Reflect.apply(fn, self, args);
  } catch (error) {
    return { shape: 'thrown', settled: undefined, box: [error] };
  }
  if (!isPlainPromise(result)) return { shape: 'value', settled: undefined, box: [result] };
  return result.then(
    (value): Seen => ({ shape: 'promise', settled: 'fulfilled', box: [value] }),
    (error): Seen => ({ shape: 'promise', settled: 'rejected', box: [error] }),
  );
}

function isPlainPromise(value: unknown): value is Promise<unknown> {
  try {
    return Object.getPrototypeOf(value) === Promise.prototype;
  } catch {
    return false;
  }
}

/** A function that behaves in one way, and remembers how it was called. */
function behaving(way: Way, outcome: unknown) {
  const calls: { self: unknown; args: unknown[] }[] = [];
  function fn(this: unknown, ...args: unknown[]): unknown {
    calls.push({ self: this, args });
    switch (way) {
      case 'returns':
        return outcome;
      case 'throws':
        throw outcome;
      case 'resolves':
        return Promise.resolve(outcome);
      case 'rejects':
        return Promise.reject(outcome);
      case 'resolves later':
        return new Promise(resolve => setImmediate(resolve, outcome));
      case 'rejects later':
        return new Promise((_, reject) => setImmediate(reject, outcome));
    }
  }
  return { fn, calls };
}

// Readers that do what no reader should: each must stay without effect on the call.
const readers = fc.constantFrom<() => unknown>(
  explode,
  () => Promise.reject(new Error('reader')),
  () => ({}),
  () => Symbol('reader'),
  () => Number.NaN,
  () => 10n ** 400n,
);

interface Setting {
  readonly sdk: boolean;
  readonly spans: 'parent' | 'always' | 'never';
  readonly codegen: boolean;
  readonly batch: boolean;
  readonly reader: () => unknown;
  /** Whether output and ids are read too. */
  readonly watched: boolean;
}
const settings: fc.Arbitrary<Setting> = fc.record({
  sdk: fc.boolean(),
  spans: fc.constantFrom('parent' as const, 'always' as const, 'never' as const),
  codegen: fc.boolean(),
  batch: fc.boolean(),
  reader: readers,
  watched: fc.boolean(),
});

function watch(fn: (...args: unknown[]) => unknown, { spans, codegen, batch, reader, watched }: Setting) {
  const options = {
    model: {
      name: 'property',
      version: '1',
      features: {
        a: numeric(),
        toString: categorical(),
        length: numeric(),
        hostile: numeric({ select: reader as () => number }),
        text: categorical({ select: reader as () => string }),
      },
    },
    spans,
    codegen,
    ...(watched
      ? {
          output: { label: reader as () => string, confidence: reader as () => number, value: reader as () => number },
          predictionId: reader as () => string,
        }
      : {}),
  };
  return batch ? monitorBatch(fn, options) : monitor(fn, options);
}

describe('a watched function', () => {
  test('gives, throws and is called exactly as the bare one', async () => {
    await fc.assert(
      fc.asyncProperty(
        ways,
        anything,
        anything,
        fc.array(anything, { maxLength: 5 }),
        settings,
        async (way, makeOutcome, makeSelf, makeArgs, setting) => {
          const outcome = makeOutcome();
          const self = makeSelf();
          const args = makeArgs.map(make => make());
          if (setting.sdk) registerSdk();
          try {
            const bare = behaving(way, outcome);
            const watchedFn = behaving(way, outcome);
            const predict = watch(watchedFn.fn, setting);
            let mine: Seen | undefined;
            let theirs: Seen | undefined;
            const raised = await unhandledDuring(async () => {
              theirs = await see(bare.fn, self, args);
              mine = await see(predict, self, args);
            });
            expect(raised).toEqual([]);
            expect(mine!.shape).toBe(theirs!.shape);
            expect(mine!.settled).toBe(theirs!.settled);
            // A promise resolved with a revoked Proxy rejects with an error of the engine's, made anew for each promise.
            if (way.startsWith('resolves') && theirs!.settled === 'rejected')
              expect(String(mine!.box[0])).toBe(String(theirs!.box[0]));
            else expect(Object.is(mine!.box[0], theirs!.box[0])).toBe(true);
            expect(watchedFn.calls.length).toBe(1);
            const [call] = watchedFn.calls;
            expect(Object.is(call!.self, self)).toBe(true);
            expect(call!.args.length).toBe(args.length);
            expect(call!.args.every((arg, i) => Object.is(arg, args[i]))).toBe(true);
            expect(predict.monitor.report().calls.active).toBe(0);
            predict.monitor.dispose();
          } finally {
            unregisterSdk();
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('leaves its input as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), settings, async (input, setting) => {
        const before = fc.stringify(input);
        const predict = watch(() => 1, setting);
        expect(await unhandledDuring(() => predict(input))).toEqual([]);
        expect(fc.stringify(input)).toBe(before);
        predict.monitor.dispose();
      }),
    );
  });

  test('raises an unhandled rejection exactly where the bare one does', async () => {
    await fc.assert(
      fc.asyncProperty(ways, fc.string(), fc.boolean(), settings, async (way, text, handled, setting) => {
        if (setting.sdk) registerSdk();
        try {
          const outcome = new Error(text);
          const call = (fn: (...args: unknown[]) => unknown) =>
            unhandledDuring(async () => {
              try {
                const result = fn({});
                if (handled && result instanceof Promise) result.catch(() => {});
              } catch {
                // A throw is the other property's matter.
              }
              await new Promise(resolve => setImmediate(resolve));
            });
          const predict = watch(behaving(way, outcome).fn, setting);
          const theirs = await call(behaving(way, outcome).fn);
          const mine = await call(predict);
          expect(mine).toEqual(theirs);
          expect(mine.length).toBe(!handled && way.startsWith('rejects') ? 1 : 0);
          predict.monitor.dispose();
        } finally {
          unregisterSdk();
        }
      }),
    );
  });
});

/** A program of what a generator does, step by step. */
type Step = { readonly does: 'yields' | 'awaits' | 'throws' | 'catches' | 'delegates'; readonly value: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    does: fc.constantFrom<Step['does'][]>('yields', 'yields', 'yields', 'awaits', 'throws', 'catches', 'delegates'),
    value: fc.nat(9),
  }),
  { maxLength: 8 },
);
/** What its consumer does with it. */
type Ask = { readonly how: 'next' | 'return' | 'throw'; readonly value: number };
const asks: fc.Arbitrary<Ask[]> = fc.array(
  fc.record({
    how: fc.constantFrom<Ask['how'][]>('next', 'next', 'next', 'next', 'return', 'throw'),
    value: fc.nat(9),
  }),
  { maxLength: 10 },
);

/** Everything that happens in the stream and comes out of it, in order. */
type Log = unknown[];

function* running(program: readonly Step[], log: Log): Generator<unknown, unknown, unknown> {
  try {
    for (const { does, value } of program) {
      if (does === 'throws') throw new RangeError(`step ${value}`);
      if (does === 'delegates') log.push(yield* [value, value + 1]);
      else if (does !== 'catches') log.push(['sent', yield value]);
      else {
        try {
          log.push(yield value);
        } catch (error) {
          log.push(['caught', String(error)]);
        }
      }
    }
    return 'whole';
  } finally {
    log.push('finally');
  }
}
async function* runningLater(program: readonly Step[], log: Log): AsyncGenerator<unknown, unknown, unknown> {
  try {
    for (const { does, value } of program) {
      if (does === 'throws') throw new RangeError(`step ${value}`);
      if (does === 'awaits') await new Promise(resolve => setImmediate(resolve));
      if (does === 'delegates') log.push(yield* [value, value + 1]);
      else if (does !== 'catches') log.push(['sent', yield value]);
      else {
        try {
          log.push(yield value);
        } catch (error) {
          log.push(['caught', String(error)]);
        }
      }
    }
    return 'whole';
  } finally {
    log.push('finally');
  }
}
/** The same by hand, with or without a `return` and a `throw`, answering now or later. */
function byHand(program: readonly Step[], log: Log, hasReturn: boolean): AsyncIterable<unknown> {
  const inner = running(program, log);
  const iterator = {
    next: async (value: unknown) => inner.next(value),
    ...(hasReturn ? { return: async (value: unknown) => inner.return(value) } : {}),
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** The one thing that differs is asked by hand alone: an iterator without a `return` gets one, so that a loop that is left is seen. */
function returnless(program: readonly Step[], log: Log): AsyncIterable<unknown> {
  return byHand(program, log, false);
}

type Make = (program: readonly Step[], log: Log) => object;
const makers: fc.Arbitrary<Make> = fc.constantFrom<Make[]>(
  running,
  runningLater,
  (program, log) => running(program, log),
  (program, log) => runningLater(program, log),
  (program, log) => byHand(program, log, true),
  returnless,
  async (program, log) => runningLater(program, log),
);

type Consume = (stream: Generator<unknown, unknown, unknown>, asked: readonly Ask[], log: Log) => Promise<void>;
/** Asks one by one, whatever comes. */
const askInTurn: Consume = async (stream, asked, log) => {
  const iterator = iteratorOf(stream);
  for (const { how, value } of asked) {
    try {
      log.push(await iterator[how]?.(how === 'throw' ? new Error(`ask ${value}`) : value));
    } catch (error) {
      log.push(String(error));
    }
  }
};
/** Asks for everything at once. */
const askAtOnce: Consume = async (stream, asked, log) => {
  const iterator = iteratorOf(stream);
  const answers = asked.map(async ({ how, value }) =>
    iterator[how]?.(how === 'throw' ? new Error(`ask ${value}`) : value),
  );
  log.push(...(await Promise.allSettled(answers)).map(answer => String(JSON.stringify(answer))));
};
/** Loops, and leaves after as many chunks as there are asks. */
const loop: Consume = async (stream, asked, log) => {
  let left = asked.length;
  for await (const chunk of stream) {
    log.push(chunk);
    if (left-- === 0) break;
  }
};
const delegate: Consume = async (stream, asked, log) => {
  async function* outer(): AsyncGenerator<unknown> {
    log.push(['returned', yield* stream]);
  }
  await askInTurn(outer() as never, asked, log);
};
const consumers: fc.Arbitrary<Consume> = fc.constantFrom<Consume[]>(askInTurn, askAtOnce, loop, delegate);

function iteratorOf(stream: object): Generator<unknown, unknown, unknown> {
  if ('next' in stream) return stream as Generator<unknown, unknown, unknown>;
  return (stream as AsyncIterable<unknown>)[Symbol.asyncIterator]() as never;
}

describe('a watched stream', () => {
  test('gives, takes and ends exactly as the bare one', async () => {
    await fc.assert(
      fc.asyncProperty(
        makers,
        steps,
        asks,
        consumers,
        settings,
        fc.boolean(),
        async (make, program, anyAsks, consume, setting, reduces) => {
          const byHandOnly = make === returnless && (consume === askInTurn || consume === askAtOnce);
          const asked = byHandOnly ? anyAsks.filter(({ how }) => how !== 'return') : anyAsks;
          if (setting.sdk) registerSdk();
          try {
            const seen = async (fn: (...args: never[]) => unknown): Promise<Log> => {
              const log: Log = [];
              try {
                await consume((await (fn as Make)(program, log)) as never, asked, log);
              } catch (error) {
                log.push(['threw', String(error)]);
              }
              return log;
            };
            const reduce = reduces ? { reduce: (sum: unknown) => setting.reader() ?? sum } : {};
            const predict = monitor(make, {
              model: { name: 'streams', version: '1' },
              spans: setting.spans,
              ...reduce,
            } as never) as ReturnType<typeof watch>;
            let theirs: Log = [];
            let mine: Log = [];
            const raised = await unhandledDuring(async () => {
              theirs = await seen(make);
              mine = await seen(predict);
            });
            expect(raised).toEqual([]);
            expect(mine).toEqual(theirs);
            predict.monitor.dispose();
          } finally {
            unregisterSdk();
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
