import { type FeatureJudgement, VERDICT_LEVEL } from '@driftspan/sketch';
import type { Attributes } from '@opentelemetry/api';
import type { Calls } from '../call.js';
import type { Counting } from '../counting.js';
import type { DriftWatch } from '../drift/watch.js';
import { FAULT_REASONS, type Faults } from '../faults.js';
import type { Outcomes } from '../outcome/outcomes.js';
import type { OutputCounter } from '../output/output-counter.js';
import { monotonicMs } from '../platform.js';
import type { Durations } from '../record/durations.js';
import type { Spans } from '../record/spans.js';
import * as names from '../semconv.js';
import { METRICS, type MetricDefinition } from '../semconv.js';
import type { Histogram, LazyHistogram } from '../window/histogram.js';
import type { Ring } from '../window/ring.js';
import { type FeatureSeries, featureSeries, pushCounts } from './feature-series.js';
import type { ExportSettings } from './options.js';
import type { HistogramValue, Point } from './point.js';
import type { Source } from './registry.js';

export interface SourceParts {
  readonly common: Attributes;
  readonly exporting: ExportSettings;
  readonly counting: Counting;
  readonly watch: DriftWatch;
  readonly calls: Calls;
  readonly output: OutputCounter;
  readonly outcomes: Outcomes;
  readonly durations: Durations;
  readonly batchSizes: Histogram | undefined;
  readonly queue: LazyHistogram;
  readonly spans: Spans;
  readonly faults: Faults;
}

/** The series of one monitor. Attribute objects of features are made once; the rest is few. */
export class MonitorSource implements Source {
  readonly #parts: SourceParts;
  #ring!: Ring;
  #features: readonly FeatureSeries[] = [];

  constructor(parts: SourceParts) {
    this.#parts = parts;
    this.use(parts.counting);
  }

  /** Shows the features of a baseline that was learned meanwhile: their series begin now. */
  use({ plans, ring }: Counting): void {
    const { common, exporting } = this.#parts;
    this.#ring = ring;
    this.#features = plans.flatMap(plan =>
      plan.baseline === undefined ? [] : [featureSeries(plan, plan.baseline, common, exporting)],
    );
  }

  points(): Point[] {
    const points: Point[] = [];
    this.#parts.watch.evaluate();
    this.#parts.calls.streams.sweep(monotonicMs());
    this.#calls(points);
    this.#outputs(points);
    for (const feature of this.#features) pushCounts(feature, this.#ring, points);
    this.#drift(points);
    this.#own(points);
    return points;
  }

  #calls(points: Point[]): void {
    const { common, durations, calls, batchSizes, queue, spans } = this.#parts;
    points.push({
      metric: METRICS.duration,
      key: 'duration',
      attributes: common,
      value: exported(durations.succeeded),
    });
    for (const [type, histogram] of durations.failed) {
      const attributes = { ...common, [names.ATTR_ERROR_TYPE]: type };
      points.push({ metric: METRICS.duration, key: `duration/${type}`, attributes, value: exported(histogram) });
    }
    points.push({ metric: METRICS.active, key: 'active', attributes: common, value: calls.active });
    this.#histogram(METRICS.batchSize, batchSizes, points);
    this.#histogram(METRICS.queue, queue.made, points);
    this.#histogram(METRICS.firstChunk, calls.streams.firstChunk.made, points);
    this.#histogram(METRICS.chunks, calls.streams.chunks.made, points);
    if (spans.described !== undefined) {
      const attributes = { ...common, ...spans.described };
      points.push({ metric: METRICS.info, key: `info/${JSON.stringify(spans.described)}`, attributes, value: 1 });
    }
  }

  #histogram(metric: MetricDefinition, histogram: Histogram | undefined, points: Point[]): void {
    if (histogram === undefined) return;
    points.push({ metric, key: metric.name, attributes: this.#parts.common, value: exported(histogram) });
  }

  #outputs(points: Point[]): void {
    const { common, output, outcomes } = this.#parts;
    const { labels, counts } = output.labels;
    labels.forEach((label, i) => {
      // Predictions without a label are a series of their own, also while there are none: a series must not vanish.
      const attributes = label === undefined ? common : { ...common, [names.ATTR_PREDICTION_LABEL]: label };
      points.push({
        metric: METRICS.predictions,
        key: label === undefined ? 'predictions' : `predictions/${label}`,
        attributes,
        value: counts[i]!,
      });
    });
    this.#histogram(METRICS.confidence, output.confidences, points);
    this.#histogram(METRICS.value, output.values, points);
    this.#histogram(METRICS.outcomeError, outcomes.errors.made, points);
    this.#histogram(METRICS.outcomeAbsoluteError, outcomes.absoluteErrors.made, points);
    for (const correct of [true, false]) {
      const attributes = { ...common, [names.ATTR_OUTCOME_CORRECT]: correct };
      points.push({
        metric: METRICS.outcomes,
        key: `outcomes/${correct}`,
        attributes,
        value: correct ? outcomes.correct : outcomes.incorrect,
      });
    }
  }

  #drift(points: Point[]): void {
    // What is watched is what has a baseline, in one order.
    for (const [i, { name, look, verdict }] of this.#parts.watch.watched.entries()) {
      const { attributes, psi, ks } = this.#features[i]!;
      const longest = look?.windows.at(-1)?.judgement;
      points.push({ metric: METRICS.driftStatus, key: `status/${name}`, attributes, value: VERDICT_LEVEL[verdict] });
      points.push({ metric: METRICS.driftSamples, key: `samples/${name}`, attributes, value: longest?.samples ?? 0 });
      if (longest === undefined || !isScored(longest)) continue;
      points.push({ metric: METRICS.driftScore, key: `psi/${name}`, attributes: psi, value: longest.psi });
      if (longest.ks === undefined) continue;
      points.push({ metric: METRICS.driftScore, key: `ks/${name}`, attributes: ks, value: longest.ks });
    }
  }

  #own(points: Point[]): void {
    const { common, faults, calls } = this.#parts;
    for (const reason of FAULT_REASONS) {
      const attributes = { ...common, [names.ATTR_DROPPED_REASON]: reason };
      points.push({
        metric: METRICS.dropped,
        key: `dropped/${reason}`,
        attributes,
        value: faults.counts.get(reason) ?? 0,
      });
    }
    points.push({ metric: METRICS.overhead, key: 'overhead', attributes: common, value: calls.overheadMs / 1000 });
  }
}

/** Whether a window's distances mean anything: it has values, and its shape was judged, or what the baseline never saw is an alarm by itself. */
function isScored({ samples, shape, verdict }: FeatureJudgement): boolean {
  return samples > 0 && (shape.verdict !== 'insufficient' || VERDICT_LEVEL[verdict] >= VERDICT_LEVEL.warning);
}

/** A histogram's counts as they are now: the live arrays go on counting. */
function exported({ bounds, counts, count, sum }: Histogram): HistogramValue {
  return { bounds, counts: Array.from(counts), count, sum };
}
