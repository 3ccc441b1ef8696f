import { type Baseline, checkModel, type ModelSpec, type Num, type Str } from '@driftspan/sketch';
import type { TracerProvider } from '@opentelemetry/api';
import type { DriftOptions } from './drift/options.js';
import { MonitorError, shown } from './errors.js';
import type { ExportOptions } from './export/options.js';
import type { Limits } from './limits.js';
import type { LoggerProviderLike } from './record/log-events.js';
import type { PredictionRecord } from './record/prediction-record.js';
import type { SpanMode } from './record/spans.js';
import type { SamplingOptions } from './sampling/options.js';

/** Readers of a result; each is called once a row, with the row and its index (0 outside batches). */
export interface OutputReaders<Out, Row> {
  /** The predicted class. `limits.labels` of them are kept, the rest is `_OTHER`. */
  label?: (output: Out, row: Row, index: number) => Str;
  /** Confidence of that class, 0 to 1 by custom; anything finite is counted. */
  confidence?: (output: Out, row: Row, index: number) => Num;
  /** The predicted number of a regression or ranking. */
  value?: (output: Out, row: Row, index: number) => Num;
  /**
   * How many rows one result has, such as the first size of a `[batch, classes]` tensor: the readers above are then called for
   * index 0 … rows - 1, each with the call's input. Not for `monitorBatch`, where the input tells.
   */
  rows?: (output: Out) => number;
}

// biome-ignore lint/suspicious/noExplicitAny: what is not said can be anything
export interface MonitorOptions<Args extends unknown[], Out, Row, Chunk = any> {
  model: ModelSpec<NoInfer<Row>>;
  /**
   * `{ learnFrom: n }` learns it from the first n rows (1,000 to 1,000,000), which are then taken for normal: for development, or
   * one process for good. Replicas, and the next start, would each cut bins of their own. Otherwise:
   * from `loadBaseline`, `parseBaseline` or `learnBaseline`. Without one there are no bins and no verdicts, only counts of missing and invalid values, duration, errors and output.
   */
  baseline?: Baseline | LearnFrom;
  /** Refuses a baseline that another version of the model was trained with. By default canaries share one. */
  requireSameVersion?: boolean;
  output?: OutputReaders<NoInfer<Out>, NoInfer<Row>>;
  /** The id under which an outcome will be reported to this process; undefined keeps none. `limits.pendingOutcomes` wait at most. */
  predictionId?: (row: NoInfer<Row>, index: number, ...args: Args) => string | undefined;
  drift?: DriftOptions;
  /** Which predictions are recorded in full, on their span or as the log event `ml.prediction`. Counts and verdicts see every one. */
  sampling?: SamplingOptions;
  /**
   * Sees each record before it leaves, with texts in full, and gives what is to leave: the same record, changed or not, or nothing.
   * One that throws keeps the record back. Labels and confidences of sampled spans are not in its hands.
   */
  redact?: (record: PredictionRecord) => PredictionRecord | null | undefined;
  /** Also records an error's message and stack, on its span. Off by default: a message may quote the input. */
  recordExceptions?: boolean;
  /** The `error.type` of an error, a name of a small set; undefined leaves it to the error's class or code. */
  errorType?: (error: unknown) => string | undefined;
  limits?: Limits;
  /** Which series of its features leave, where every one is paid for: see `docs/cardinality.md`. */
  export?: ExportOptions;
  /**
   * Of a stream: makes the output that the readers see, chunk by chunk, from undefined on. Without it a generator's return value is
   * the output, and of any other stream nothing is read. To be written before `output`, whose types follow from it. See
   * `docs/streams.md`.
   */
  reduce?: (soFar: Out | undefined, chunk: NoInfer<Chunk>, index: number) => Out;
  /** `parent` (default): a span where the active one is sampled, or the root sampler says so; `always`: the sampler is asked even under an unsampled parent; `never`. */
  spans?: SpanMode;
  /** Generated code reads the features, about three times as fast. false: never call Function() (a strict content security policy is noticed without this). */
  codegen?: boolean;
  /** Instead of the process's, from `@opentelemetry/api`. */
  tracerProvider?: TracerProvider;
  /** Instead of the process's: see `setLoggerProvider`. Log events go there. */
  loggerProvider?: LoggerProviderLike;
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

// biome-ignore lint/suspicious/noExplicitAny: inside, rows and results are whatever they are
export type AnyOptions = MonitorOptions<any[], any, any>;

const SPAN_MODES: ReadonlySet<unknown> = new Set<SpanMode>(['parent', 'always', 'never']);

/** @throws MonitorError `ERR_OPTION`, or SketchError `ERR_MODEL`. */
export function checkOptions(options: AnyOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new MonitorError('ERR_OPTION', 'options', shown(options), 'an object with a model');
  checkModel(options.model);
  if (options.spans !== undefined && !SPAN_MODES.has(options.spans)) {
    throw new MonitorError('ERR_OPTION', 'spans', shown(options.spans), "'parent', 'always' or 'never'");
  }
  for (const name of ['output', 'drift', 'limits', 'sampling', 'export'] as const) checkObject(name, options[name]);
  for (const name of ['label', 'confidence', 'value', 'rows'] as const)
    checkFunction(`output.${name}`, options.output?.[name]);
  for (const name of ['codegen', 'requireSameVersion', 'recordExceptions'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean') {
      throw new MonitorError('ERR_OPTION', name, shown(options[name]), 'true or false');
    }
  }
  for (const name of ['predictionId', 'redact', 'errorType', 'clock'] as const) checkFunction(name, options[name]);
  checkProvider('tracerProvider', options.tracerProvider, 'getTracer');
  checkProvider('loggerProvider', options.loggerProvider, 'getLogger');
}

function checkObject(where: string, value: unknown): void {
  if (value !== undefined && (typeof value !== 'object' || value === null)) {
    throw new MonitorError('ERR_OPTION', where, shown(value), 'an object');
  }
}

function checkProvider(where: string, provider: object | undefined, method: string): void {
  if (provider === undefined) return;
  if (typeof (provider as Record<string, unknown> | null)?.[method] !== 'function') {
    throw new MonitorError('ERR_OPTION', where, shown(provider), `an object with ${method}()`);
  }
}

function checkFunction(where: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function')
    throw new MonitorError('ERR_OPTION', where, typeof value, 'a function');
}
