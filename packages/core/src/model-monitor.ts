import { type Baseline, bindBaseline, parseBaseline } from '@driftspan/sketch';
import type { Attributes } from '@opentelemetry/api';
import { checkApiCopies } from './api-copies.js';
import { Calls } from './call.js';
import { type Counting, makeCounting } from './counting.js';
import { changeSeverity, driftChangedAttributes } from './drift/changed-event.js';
import { Examples } from './drift/examples.js';
import { driftSettings } from './drift/options.js';
import { type DriftListener, DriftWatch } from './drift/watch.js';
import { MonitorError } from './errors.js';
import { exportSettings } from './export/options.js';
import { registry } from './export/registry.js';
import { MonitorSource } from './export/source.js';
import { Faults } from './faults.js';
import { flushProviders } from './flush.js';
import { BatchRows } from './input/batch-rows.js';
import { Keeping } from './keeping.js';
import { Learning } from './learning.js';
import { checkedLimits } from './limits.js';
import { makeReport, type ReportParts } from './make-report.js';
import { type Call, InertCall, ManualCall } from './manual-call.js';
import { Noting } from './noting.js';
import { type AnyOptions, checkOptions, learnFromOf } from './options.js';
import { outcomeAttributes } from './outcome/outcome-event.js';
import { Outcomes } from './outcome/outcomes.js';
import { OutputCounter, type Readers } from './output/output-counter.js';
import { isDisabled } from './platform.js';
import { captureContent } from './record/content.js';
import { Durations } from './record/durations.js';
import { LogEvents } from './record/log-events.js';
import { Records } from './record/records.js';
import { Spans } from './record/spans.js';
import type { Report } from './report.js';
import { Results } from './results.js';
import { samplingSettings } from './sampling/options.js';
import { Sampler } from './sampling/sampler.js';
import * as names from './semconv.js';
import { Streams } from './stream/streams.js';
import type { Answer, Monitor, Outcome } from './types.js';
import { Histogram, LazyHistogram } from './window/histogram.js';
import { Windows } from './window/windows.js';
import { type AnyFn, dress, watchFunction } from './wrap.js';

/** Everything is built here, once; a call only does arithmetic. */
export class ModelMonitor<Args extends unknown[], Out> implements Monitor<Args, Out> {
  readonly #calls: Calls;
  readonly #watch: DriftWatch;
  readonly #outcomes: Outcomes;
  readonly #report: ReportParts;
  readonly #identity: string;
  readonly #source: MonitorSource;
  readonly #spans: Spans;
  readonly #events: LogEvents;
  readonly #queue = new LazyHistogram(names.DURATION_BOUNDS_S);

  constructor(options: AnyOptions, batch: boolean) {
    checkOptions(options);
    checkApiCopies();
    const { model } = options;
    const learnFrom = learnFromOf(options.baseline);
    const baseline = learnFrom === undefined ? boundBaseline(options) : undefined;
    const settings = driftSettings(options.drift);
    const limits = checkedLimits(options.limits);
    const exporting = exportSettings(options.export);
    const faults = new Faults(`model ${model.name}`);

    const common: Attributes = Object.freeze({
      [names.ATTR_MODEL_NAME]: model.name,
      [names.ATTR_MODEL_VERSION]: model.version,
      [names.ATTR_OPERATION_NAME]: names.OPERATION_PREDICT,
    });

    const readers = (options.output ?? {}) as Readers;
    const countingOptions = { model, readers, settings, codegen: options.codegen ?? true, batch };
    const counting = makeCounting(countingOptions, baseline, faults);
    const windows = new Windows(counting.ring, settings.windowMs, options.clock, faults);
    const told = Object.freeze({
      name: model.name,
      version: model.version,
      ...(model.transforms === undefined ? {} : { transforms: model.transforms }),
    });
    const events = new LogEvents(options.loggerProvider, faults);
    const sampler = new Sampler(samplingSettings(options.sampling), faults);
    const examples = new Examples();
    const watch = new DriftWatch(counting.judge, windows, told, faults, {
      examples,
      changed: alert =>
        events.emit(names.EVENT_DRIFT_CHANGED, changeSeverity(alert), driftChangedAttributes(alert), undefined),
    });
    const output = new OutputCounter(readers, counting, faults, limits.labels);
    const outcomes = new Outcomes(counting, limits.pendingOutcomes, faults, event =>
      events.emit(names.EVENT_OUTCOME, 'info', { ...common, ...outcomeAttributes(event) }, undefined),
    );
    const durations = new Durations(limits.errorTypes, faults);
    const batchSizes = batch ? new Histogram(names.BATCH_BOUNDS) : undefined;
    const learning =
      learnFrom === undefined
        ? undefined
        : new Learning({
            model,
            rows: learnFrom,
            batch,
            now: () => windows.nowMs(),
            faults,
            done: learned => use(makeCounting(countingOptions, learned, faults)),
          });
    const spans = new Spans(
      model,
      {
        mode: options.spans ?? 'parent',
        recordExceptions: options.recordExceptions ?? false,
        tracerProvider: options.tracerProvider,
      },
      faults,
    );
    const records = new Records({
      model: told,
      task: model.task,
      redact: options.redact,
      content: captureContent(),
      events,
      faults,
    });
    const keeping = new Keeping({ sampler, records, watch, output, faults }, counting.reader);
    const rows = new BatchRows(faults);
    const resultRows = options.output?.rows;
    const calls = new Calls({
      counting,
      windows,
      watch,
      faults,
      output,
      results: new Results({ output, outcomes, keeping, rows, faults, resultRows }, learning, counting),
      rows,
      durations,
      spans,
      keeping,
      noting: new Noting(examples, windows, counting.reader),
      streams: new Streams(limits.callMs, faults, options.reduce),
      batchSizes,
      learning,
      predictionId: options.predictionId,
      errorType: options.errorType,
    });

    this.#calls = calls;
    this.#spans = spans;
    this.#events = events;
    this.#watch = watch;
    this.#outcomes = outcomes;
    this.#report = {
      model: told,
      settings,
      counting,
      learning,
      watch,
      calls,
      labels: output.labels,
      outcomes,
      durations,
      faults,
    };
    this.#identity = JSON.stringify([model.name, model.version, names.OPERATION_PREDICT]);
    this.#source = new MonitorSource({
      common,
      exporting,
      counting,
      watch,
      calls,
      output,
      outcomes,
      durations,
      batchSizes,
      queue: this.#queue,
      spans,
      faults,
    });
    /** Goes on with a baseline that was learned: all that is not its business, such as durations and labels, stays. */
    const use = (learned: Counting): void => {
      if (calls.disposed) return;
      windows.use(learned.ring);
      watch.use(learned.judge);
      outcomes.use(learned);
      output.use(learned);
      calls.use(learned);
      this.#source.use(learned);
      this.#report.counting = learned;
      this.#report.learning = undefined;
    };
    // Disabled, or one monitor too many: shapes are kept and nothing is watched.
    calls.disposed = isDisabled() || !registry().add(this.#identity, this.#source);
  }

  watch(fn: AnyFn): AnyFn {
    return watchFunction(fn, this.#calls);
  }

  // biome-ignore lint/suspicious/noExplicitAny: any result will do
  wrap<G extends (...args: Args) => any>(fn: G): G {
    if (typeof fn !== 'function') throw new MonitorError('ERR_FUNCTION', 'wrap', typeof fn, 'a function');
    return dress(fn, this.watch(fn), this) as unknown as G;
  }

  start(...args: Args): Call<Out> {
    return this.#calls.disposed ? new InertCall<Out>() : new ManualCall<Out>(this.#calls, args);
  }

  report(): Report {
    return makeReport(this.#report);
  }

  get baseline(): Baseline | undefined {
    return this.#report.counting.baseline;
  }

  evaluate(): void {
    this.#watch.evaluate();
  }

  on(event: 'drift', listener: DriftListener): () => void {
    if (event !== 'drift') throw new MonitorError('ERR_OPTION', 'on', String(event), "'drift'");
    if (typeof listener !== 'function') throw new MonitorError('ERR_FUNCTION', 'on', typeof listener, 'a function');
    return this.#calls.disposed ? () => {} : this.#watch.on(listener);
  }

  describe(attributes: Attributes): void {
    this.#spans.describe(attributes);
  }

  recordQueueTime(seconds: number): void {
    if (seconds >= 0 && seconds < Number.POSITIVE_INFINITY && !this.#calls.disposed) this.#queue.record(seconds);
  }

  recordOutcome(id: string, actual: Answer): boolean;
  recordOutcome(outcome: Outcome): void;
  recordOutcome(first: string | Outcome, actual?: Answer): boolean | undefined {
    if (this.#calls.disposed) return typeof first === 'string' ? false : undefined;
    // An outcome may be the first thing to come after a boundary.
    this.#watch.settle();
    if (typeof first === 'string') return this.#outcomes.join(first, () => actual);
    this.#outcomes.compare(
      () => first?.predicted,
      () => first?.actual,
    );
    return undefined;
  }

  async flush(): Promise<void> {
    this.#watch.evaluate();
    await flushProviders(this.#events.provider);
  }

  dispose(): void {
    if (this.#calls.disposed) return;
    this.#watch.dispose();
    registry().retire(this.#identity, this.#source);
    this.#calls.disposed = true;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function boundBaseline({ baseline, model, requireSameVersion }: AnyOptions): Baseline | undefined {
  if (baseline === undefined) return undefined;
  const checked = parseBaseline(baseline);
  bindBaseline(checked, model, { requireSameVersion: requireSameVersion ?? false });
  return checked;
}
