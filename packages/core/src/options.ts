import { type Baseline, checkModel, type ModelSpec, type Num, type Str } from '@driftspan/sketch';
import type { DriftOptions } from './drift/options.js';
import { MonitorError, shown } from './errors.js';
import type { Limits } from './limits.js';
import type { SpanMode } from './record/spans.js';

/** Readers of a result; each is called once a row, with the row and its index (0 outside batches). */
export interface OutputReaders<Out, Row> {
  /** The predicted class. `limits.labels` of them are kept, the rest is `_OTHER`. */
  label?: (output: Out, row: Row, index: number) => Str;
  /** Confidence of that class, 0 to 1 by custom; anything finite is counted. */
  confidence?: (output: Out, row: Row, index: number) => Num;
  /** The predicted number of a regression or ranking. */
  value?: (output: Out, row: Row, index: number) => Num;
}

export interface MonitorOptions<Args extends unknown[], Out, Row> {
  model: ModelSpec<NoInfer<Row>>;
  /**
   * `{ learnFrom: n }` learns it from the first n rows (1,000 to 1,000,000), which are then taken for normal: for development, or
   * one process for good. Replicas, and the next start, would each cut bins of their own. Otherwise:
   * from `loadBaseline`, `parseBaseline` or `learnBaseline`. Without one there are no bins and no verdicts, only counts of missing and invalid values, duration, errors and output.
   */
  baseline?: Baseline | LearnFrom;
  /** Refuses a baseline that another version of the model was trained with. By default canaries share one. */
  requireSameVersion?: boolean;
  output?: OutputReaders<Out, NoInfer<Row>>;
  /** The id under which an outcome will be reported to this process; undefined keeps none. `limits.pendingOutcomes` wait at most. */
  predictionId?: (row: NoInfer<Row>, index: number, ...args: Args) => string | undefined;
  drift?: DriftOptions;
  limits?: Limits;
  /** `parent` (default): a span where the active one is sampled, or the root sampler says so; `always`: the sampler is asked even under an unsampled parent; `never`. */
  spans?: SpanMode;
  /** Generated code reads the features, about three times as fast. false: never call Function() (a strict content security policy is noticed without this). */
  codegen?: boolean;
  /** Milliseconds since the epoch; turns the windows only. Time stamps and durations stay real. */
  clock?: () => number;
}

export interface LearnFrom {
  readonly learnFrom: number;
}

/** Rows that a baseline may be learned from here: what a baseline needs, and what a process can keep. */
const LEARN_FROM = [1000, 1_000_000] as const;

/** The number of rows to learn a baseline from; undefined if it is given. @throws MonitorError `ERR_OPTION` */
export function learnFromOf(baseline: Baseline | LearnFrom | undefined): number | undefined {
  if (typeof baseline !== 'object' || baseline === null || !('learnFrom' in baseline)) return undefined;
  const rows = baseline.learnFrom;
  const [least, most] = LEARN_FROM;
  if (!Number.isInteger(rows) || rows < least || rows > most) {
    throw new MonitorError('ERR_OPTION', 'baseline.learnFrom', shown(rows), `a whole number from ${least} to ${most}`);
  }
  return rows;
}

const SPAN_MODES: ReadonlySet<unknown> = new Set<SpanMode>(['parent', 'always', 'never']);

/** @throws MonitorError `ERR_OPTION`, or SketchError `ERR_MODEL`. */
export function checkOptions(options: MonitorOptions<never, never, never>): void {
  if (typeof options !== 'object' || options === null)
    throw new MonitorError('ERR_OPTION', 'options', shown(options), 'an object with a model');
  checkModel(options.model);
  if (options.spans !== undefined && !SPAN_MODES.has(options.spans)) {
    throw new MonitorError('ERR_OPTION', 'spans', shown(options.spans), "'parent', 'always' or 'never'");
  }
  for (const name of ['output', 'drift', 'limits'] as const) checkObject(name, options[name]);
  for (const name of ['label', 'confidence', 'value'] as const) checkFunction(`output.${name}`, options.output?.[name]);
  for (const name of ['codegen', 'requireSameVersion'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean') {
      throw new MonitorError('ERR_OPTION', name, shown(options[name]), 'true or false');
    }
  }
  checkFunction('predictionId', options.predictionId);
  checkFunction('clock', options.clock);
}

function checkObject(where: string, value: unknown): void {
  if (value !== undefined && (typeof value !== 'object' || value === null)) {
    throw new MonitorError('ERR_OPTION', where, shown(value), 'an object');
  }
}

function checkFunction(where: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function')
    throw new MonitorError('ERR_OPTION', where, typeof value, 'a function');
}
