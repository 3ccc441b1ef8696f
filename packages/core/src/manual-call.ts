import { context, type Span } from '@opentelemetry/api';
import type { Calls, PredictionIds } from './call.js';
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
  readonly #ids: PredictionIds;
  readonly #span: Span | undefined;
  #ended = false;

  constructor(calls: Calls, args: readonly unknown[]) {
    this.#calls = calls;
    this.#input = args[0];
    this.#startMs = calls.begin();
    this.#size = calls.countInput(this.#input, this.#startMs);
    this.#ids = calls.hasIds ? calls.ids(this.#input, this.#size, args) : undefined;
    this.predictionId = typeof this.#ids === 'string' ? this.#ids : undefined;
    this.#span = calls.spans.open();
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
    this.#calls.succeed(this.#startMs, this.#span, output, this.#input, this.#size, this.#ids, true);
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#calls.fail(this.#startMs, this.#span, error, this.#size);
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
