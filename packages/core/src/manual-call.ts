import { type Context, context, type Span } from '@opentelemetry/api';
import type { Aside } from './aside.js';
import type { Calls } from './call.js';
import { isPlainPromise, observe } from './promises.js';

/** One inference that is started and ended by hand. Every method may be called more than once: the first end counts. */
export interface Call<Out> {
  /** What `predictionId` gave for this call; undefined for a batch. */
  readonly predictionId: string | undefined;
  /** Runs the model with the call's span active. A throw or a rejection fails the call; a result must still be given to `end`. */
  run<T>(work: () => T): T;
  /** The model's result. */
  end(output: Out): void;
  fail(error: unknown): void;
}

export class ManualCall<Out> implements Call<Out> {
  readonly predictionId: string | undefined;
  readonly #calls: Calls;
  readonly #input: unknown;
  readonly #startMs: number;
  readonly #size: number;
  readonly #aside: Aside | undefined;
  readonly #span: Span | undefined;
  /** In which it was started: it may be ended anywhere. */
  readonly #context: Context;
  #ended = false;

  constructor(calls: Calls, args: readonly unknown[]) {
    this.#calls = calls;
    this.#input = args[0];
    this.#startMs = calls.begin();
    this.#size = calls.countInput(this.#input, this.#startMs);
    this.#span = calls.spans.open();
    this.#aside = calls.aside(this.#startMs, this.#input, this.#size, this.#span, args);
    this.predictionId = typeof this.#aside?.ids === 'string' ? this.#aside.ids : undefined;
    this.#context = context.active();
  }

  run<T>(work: () => T): T {
    let result: T;
    try {
      result = this.#span === undefined ? work() : context.with(this.#calls.spans.context(this.#span), work);
    } catch (error) {
      this.fail(error);
      throw error;
    }
    if ((typeof result === 'object' && result !== null) || typeof result === 'function') {
      // As in a watched function: a plain promise comes back as the derived one, any other itself, observed on the side.
      const plain = isPlainPromise(result);
      const derived = observe(result, pass, error => {
        this.fail(error);
        if (plain) throw error;
      });
      if (plain && derived !== undefined) return derived as T;
    }
    return result;
  }

  end(output: Out): void {
    if (this.#ended) return;
    this.#ended = true;
    context.with(this.#context, () =>
      this.#calls.succeed(this.#startMs, this.#span, output, this.#input, this.#size, this.#aside, true),
    );
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    context.with(this.#context, () =>
      this.#calls.fail(this.#startMs, this.#span, error, this.#input, this.#size, this.#aside),
    );
  }
}

const pass = (value: unknown): unknown => value;

/** Stands for a call where nothing is watched: disabled, or disposed of. */
export class InertCall<Out> implements Call<Out> {
  readonly predictionId = undefined;

  run<T>(work: () => T): T {
    return work();
  }

  end(_output: Out): void {}

  fail(_error: unknown): void {}
}
