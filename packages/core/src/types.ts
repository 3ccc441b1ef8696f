import type { Baseline, Str } from '@driftspan/sketch';
import type { DriftListener } from './drift/watch.js';
import type { Call } from './manual-call.js';
import type { Report } from './report.js';
import type { AnyFn } from './wrap.js';

/** What output readers see: the awaited result; for generators the return value. */
export type OutputOf<F extends AnyFn> =
  // biome-ignore lint/suspicious/noExplicitAny: inferred, never used as any
  ReturnType<F> extends AsyncGenerator<any, infer R, any> | Generator<any, infer R, any> ? R : Awaited<ReturnType<F>>;
export type InputOf<F extends AnyFn> = Parameters<F>[0];
export type RowOf<F extends AnyFn> = InputOf<F> extends Iterable<infer R> ? R : never;

export interface Outcome {
  readonly predicted: { readonly label: Str };
  readonly actual: { readonly label: Str };
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
  /** The true label of a prediction made in this process under that id; false if none waits. */
  recordOutcome(id: string, actual: { readonly label: Str }): boolean;
  /** A prediction and its true label, from any process: nothing is joined. */
  recordOutcome(outcome: Outcome): void;
  /** Judges what has closed and asks the global providers to export. Never rejects. */
  flush(): Promise<void>;
  /** Ends watching: wrapped functions go straight through, counts stay in the metrics. Idempotent. */
  dispose(): void;
}

export type Monitored<F extends AnyFn> = F & { readonly monitor: Monitor<Parameters<F>, OutputOf<F>> };
