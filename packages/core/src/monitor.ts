import { MonitorError } from './errors.js';
import { ModelMonitor } from './model-monitor.js';
import type { AnyOptions, MonitorOptions } from './options.js';
import type { ChunkOf, InputOf, Monitor, Monitored, OutputOf, RowOf } from './types.js';
import { type AnyFn, dress } from './wrap.js';

/**
 * Watches one function; the function comes first, so that everything in the options is typed from it. Same arguments,
 * `this`, result and error by identity; the handle is its `monitor` property.
 *
 * @throws MonitorError `ERR_FUNCTION`, `ERR_OPTION`; SketchError `ERR_MODEL` or `ERR_BASELINE_*`. At construction only.
 */
export function monitor<F extends AnyFn, Out = OutputOf<F>>(
  fn: F,
  options: MonitorOptions<Parameters<F>, Out, InputOf<F>, ChunkOf<F>>,
): Monitored<F, Out> {
  return watched(fn, options as AnyOptions, false) as Monitored<F, Out>;
}

/** The same for a function whose first argument is an iterable of rows: each row is counted, and each has a result. */
export function monitorBatch<F extends AnyFn, Out = OutputOf<F>>(
  fn: F,
  options: MonitorOptions<Parameters<F>, Out, RowOf<F>, ChunkOf<F>>,
): Monitored<F, Out> {
  return watched(fn, options as AnyOptions, true) as Monitored<F, Out>;
}

/** Where no function is at hand: `wrap` one later, or `start` and `end` calls by hand. */
// biome-ignore lint/suspicious/noExplicitAny: what is not said can be anything
export function createMonitor<In = any, Out = any>(
  options: MonitorOptions<InputArgs<In>, Out, In>,
): Monitor<InputArgs<In>, Out> {
  return new ModelMonitor<InputArgs<In>, Out>(options as AnyOptions, false);
}

// biome-ignore lint/suspicious/noExplicitAny: further arguments are the model's business
type InputArgs<In> = [input: In, ...rest: any[]];

function watched(fn: AnyFn, options: AnyOptions, batch: boolean): AnyFn {
  if (typeof fn !== 'function') throw new MonitorError('ERR_FUNCTION', 'monitor', typeof fn, 'a function');
  const handle = new ModelMonitor(options, batch);
  return dress(fn, handle.watch(fn), handle);
}
