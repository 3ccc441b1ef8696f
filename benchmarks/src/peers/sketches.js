// The sketches and histograms: each takes 20 features' values, one row at a time, as it is meant to be used.
import { KllSketch } from '@driftspan/sketch';
import { rowCounter } from '../../../packages/core/dist/input/row-counter.js';
import { countNumeric } from '../../../packages/core/dist/window/count-value.js';
import { baselineOf, countedIn, NO_FAULTS, planned } from './ours.js';

/** Cuts of ours are 15; as many bounds for those that need to be given them. */
const BOUNDS = 15;
/** What the values are moved by for those that refuse negative ones: below the least of them, -4.5. */
const SHIFT = 10;
/** HdrHistogram takes whole numbers: values, moved, times this. */
const HDR_SCALE = 1000;
const HDR_HIGHEST = 1_000_000;

/** The quantiles of all the values: bounds that suit them. */
function bounds(values) {
  const sorted = Float64Array.from(values).sort();
  const at = k => sorted[Math.floor((k * sorted.length) / (BOUNDS + 1))];
  return [...new Set(Array.from({ length: BOUNDS }, (_, i) => at(i + 1)))];
}

const labelsOf = features =>
  Array.from({ length: features }, (_, f) => ({
    'ml.model.name': 'bench',
    'ml.model.version': '1',
    'ml.feature.name': `feature_${f}`,
  }));

const total = numbers => numbers.reduce((a, b) => a + b, 0);

/** One object a feature, one method that takes a value. */
const each = (make, add, count) => async context => {
  const sketches = await Promise.all(Array.from({ length: context.features }, (_, f) => make(context, f)));
  const { values, features } = context;
  return {
    add(row) {
      const first = row * features;
      for (let f = 0; f < features; f++) add(sketches[f], values[first + f]);
    },
    count: async () => total(await Promise.all(sketches.map(count))),
  };
};

/** Prometheus' client: its labels looked up at every value, or the child of each feature kept. */
const prometheus = isKept => async context => {
  const { features, values } = context;
  const { Histogram, Registry } = await context.load('prom-client');
  const histogram = new Histogram({
    name: 'feature_value',
    help: 'values',
    labelNames: ['model', 'version', 'feature'],
    buckets: bounds(values),
    registers: [new Registry()],
  });
  const labels = Array.from({ length: features }, (_, f) => ({
    model: 'bench',
    version: '1',
    feature: `feature_${f}`,
  }));
  const children = labels.map(label => histogram.labels(label));
  return {
    add(row) {
      const first = row * features;
      for (let f = 0; f < features; f++) {
        if (isKept) children[f].observe(values[first + f]);
        else histogram.observe(labels[f], values[first + f]);
      }
    },
    async count() {
      const { values: series } = await histogram.get();
      return total(series.filter(({ metricName }) => metricName?.endsWith('_count')).map(({ value }) => value));
    },
  };
};

/** A histogram of the metrics API drops what is negative, with a warning that is off by default. */
async function opentelemetry({ features, values }) {
  const { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } = await import(
    '@opentelemetry/sdk-metrics'
  );
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 2 ** 30,
    exportTimeoutMillis: 30_000,
  });
  const histogram = new MeterProvider({ readers: [reader] })
    .getMeter('bench')
    .createHistogram('ml.feature.value', { advice: { explicitBucketBoundaries: bounds(values).map(x => x + SHIFT) } });
  const labels = labelsOf(features);
  return {
    add(row) {
      const first = row * features;
      for (let f = 0; f < features; f++) histogram.record(values[first + f] + SHIFT, labels[f]);
    },
    async count() {
      const { resourceMetrics } = await reader.collect();
      const points = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics.flatMap(metric => metric.dataPoints));
      return total(points.map(({ value }) => value.count));
    },
  };
}

/** One number, of whatever type, into a feature's bins, with its moments and its range: what a part of a tensor goes through. */
async function oneNumber({ features, values }) {
  const { plans, cuts, ring } = planned(await baselineOf(values, features));
  return {
    add(row) {
      const first = row * features;
      for (let f = 0; f < features; f++) countNumeric(plans[f], values[first + f], cuts, ring);
    },
    count: () => countedIn(ring, plans),
  };
}

/** 20 fields out of an object, each into its bins: what a monitor does with a row, in generated code or in a loop. */
const wholeRow =
  codegen =>
  async ({ features, values, rows }) => {
    const { plans, cuts, ring } = planned(await baselineOf(values, features));
    const countRow = rowCounter({ plans, joint: [], cuts, ring, codegen, faults: NO_FAULTS, several: undefined });
    return {
      add(row) {
        countRow(rows[row]);
      },
      count: () => countedIn(ring, plans),
    };
  };

/** The least that any count over bins does: a look-up without branches and an increment, written out. */
function inlined({ features, values }) {
  const cuts = new Float64Array(features * 16).fill(Number.POSITIVE_INFINITY);
  const cells = new Uint32Array(features * 16);
  for (let f = 0; f < features; f++)
    cuts.set(bounds(values.filter((_, i) => i % features === f)).slice(0, BOUNDS), f * 16);
  return {
    add(row) {
      const first = row * features;
      for (let f = 0; f < features; f++) {
        const x = values[first + f];
        const table = f * 16;
        let bin = +(x > cuts[table + 7]) * 8;
        bin += +(x > cuts[table + bin + 3]) * 4;
        bin += +(x > cuts[table + bin + 1]) * 2;
        bin += +(x > cuts[table + bin]);
        cells[table + bin]++;
      }
    },
    count: () => total(cells),
  };
}

/**
 * By name, made of `{ values, rows, features, load }`: `values` row by row, `rows` the same as objects, `load` of the third-party folder. `add(row)` takes the values of that row; `count()` says how
 * many were taken in all.
 */
export const SKETCHES = {
  driftspan: wholeRow(true),
  'driftspan-loop': wholeRow(false),
  'driftspan-value': oneNumber,
  inlined,
  ddsketch: each(
    async ({ load }) => new (await load('@datadog/sketches-js')).DDSketch({ relativeAccuracy: 0.01 }),
    (sketch, x) => sketch.accept(x),
    sketch => sketch.count,
  ),
  hdr: each(
    async ({ load }) =>
      (await load('hdr-histogram-js')).build({
        bitBucketSize: 32,
        lowestDiscernibleValue: 1,
        highestTrackableValue: HDR_HIGHEST,
        numberOfSignificantValueDigits: 3,
        useWebAssembly: false,
      }),
    (histogram, x) => histogram.recordValue(Math.round((x + SHIFT) * HDR_SCALE)),
    histogram => histogram.totalCount,
  ),
  tdigest: each(
    async ({ load }) => {
      const { TDigest } = (await load('tdigest')).default;
      return new TDigest();
    },
    (digest, x) => digest.push(x),
    digest => digest.toArray().reduce((sum, { n }) => sum + n, 0),
  ),
  prometheus: prometheus(false),
  'prometheus-child': prometheus(true),
  opentelemetry,
  kll: each(
    () => new KllSketch(),
    (sketch, x) => sketch.add(x),
    sketch => sketch.count,
  ),
};
