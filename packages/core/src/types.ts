import type { Baseline, Num, Str } from '@driftspan/sketch';
import type { Attributes } from '@opentelemetry/api';
import type { DriftListener } from './drift/watch.js';
import type { Call } from './manual-call.js';
import type { Report } from './report.js';
import type { AnyFn } from './wrap.js';

/**
 * What output readers see: the awaited result, and of a generator what it returns. Of any other stream nothing is
 * read without `reduce`, so it is unknown.
 */
export type OutputOf<F extends AnyFn> = [Whole<Awaited<ReturnType<F>>>] extends [never]
  ? unknown
  : Whole<Awaited<ReturnType<F>>>;
// biome-ignore-start lint/suspicious/noExplicitAny: inferred, never used as any
type Whole<Result> = Result extends AsyncGenerator<any, infer Returned, any> | Generator<any, infer Returned, any>
  ? Returned
  : Result extends AsyncIterable<any>
    ? never
    : Result;
/** What `reduce` is given of a stream; unknown where the result is none. */
export type ChunkOf<F extends AnyFn> = [Piece<Awaited<ReturnType<F>>>] extends [never]
  ? unknown
  : Piece<Awaited<ReturnType<F>>>;
type Piece<Result> = Result extends AsyncIterable<infer Chunk> | Generator<infer Chunk, any, any> ? Chunk : never;
// biome-ignore-end lint/suspicious/noExplicitAny: as above

export type InputOf<F extends AnyFn> = Parameters<F>[0];
export type RowOf<F extends AnyFn> = InputOf<F> extends Iterable<infer R> ? R : never;

/** What was predicted, or what came true: a label, a number, or both. */
export interface Answer {
  readonly label?: Str;
  readonly value?: Num;
}

export interface Outcome {
  readonly predicted: Answer;
  readonly actual: Answer;
}

/** The handle of one watched model. */
export interface Monitor<Args extends unknown[], Out> extends Disposable {
  /** Watches a further function of the same model. */
  // biome-ignore lint/suspicious/noExplicitAny: any result will do
  wrap<G extends (...args: Args) => any>(fn: G): G;
  /** Starts a call by hand; it must be ended by `end` or `fail`. */
  start(...args: Args): Call<Out>;
  report(): Report;
  /** The baseline in use; one that was learned here can be saved and used from the next start on. Undefined while there is none. */
  readonly baseline: Baseline | undefined;
  /** Judges the newest closed sub-window, unless that is done. */
  evaluate(): void;
  /** Calls back when an episode of a feature opens, rises or closes. Gives the function that stops it. */
  on(event: 'drift', listener: DriftListener): () => void;
  /** What came true of a prediction made in this process under that id; false if none waits. */
  recordOutcome(id: string, actual: Answer): boolean;
  /** A prediction and what came true of it, from any process: nothing is joined. */
  recordOutcome(outcome: Outcome): void;
  /**
   * Adds attributes of the model to its later spans and to the gauge `ml.model.info`: an artifact's hash, a feature flag, a device.
   * Strings, numbers, booleans and arrays of them; a name given again replaces the first.
   */
  describe(attributes: Attributes): void;
  /** Seconds that a call waited before its model began to run, where the caller can tell. Anything but a number from 0 is ignored. */
  recordQueueTime(seconds: number): void;
  /** Judges what has closed and asks the global providers to export. Never rejects. */
  flush(): Promise<void>;
  /** Ends watching: wrapped functions go straight through, counts stay in the metrics. Idempotent. */
  dispose(): void;
}

export type Monitored<F extends AnyFn, Out = OutputOf<F>> = F & { readonly monitor: Monitor<Parameters<F>, Out> };
