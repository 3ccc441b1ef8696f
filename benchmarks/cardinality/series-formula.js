// How many series one monitor makes: the formula that docs/cardinality.md states and that its test holds against the real exporter.

/** What a Prometheus histogram without labels of its own is: a bucket for each bound, one for +Inf, `_sum` and `_count`. */
const histogram = bounds => bounds + 3;

export const DURATION = histogram(19);
export const CONFIDENCE = histogram(11);
/** Of a value without a baseline, and of the errors of outcomes; with a baseline its cuts are the bounds. */
export const VALUE = histogram(13);
export const ABSOLUTE_ERROR = histogram(7);
export const BATCH_SIZE = histogram(13);
export const CHUNKS = histogram(13);
/** Reasons of `ml.sdk.dropped`. */
export const DROPPED = 21;

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);

/**
 * A baseline as far as series go: of each feature that is judged its kind, the ranges or categories it has, and whether it has an own unit
 * (inputs that are numbers and not sensitive).
 */
export function shapeOf(baseline) {
  const shape = own => feature => ({
    kind: feature.kind,
    bins: feature.counts.length,
    unit: own && feature.kind === 'numeric' && feature.sensitive !== true,
  });
  return [
    ...baseline.features.map(shape(true)),
    ...(baseline.joint ?? []).map(shape(false)),
    ...baseline.outputs.map(shape(false)),
  ];
}

/** Ranges, or categories and `other`, that are exported of a feature. */
function valuedCells({ kind, bins }, most) {
  if (kind === 'numeric') return most === 16 ? bins : Math.min(bins, most);
  return (most === 16 ? bins : Math.min(bins, most - 1)) + 1;
}

const numeric = ({ kind }) => kind === 'numeric';
/** psi, and ks of a number. */
const scores = feature => (numeric(feature) ? 2 : 1);

/**
 * Each metric of a monitor, with its data points (what OTLP carries) and its series (what Prometheus keeps).
 *
 * @param shape see `shapeOf`; empty without a baseline.
 * @param exported `{ bins, baseline, values }`.
 * @param seen what its traffic was: `errorTypes` and `labels` met (`_OTHER` among them), `confidence`, `value` (the bounds of its histogram), whether
 *   `judged`, and which of `batch`, `queue`, `streams`, `described`, `errors` (outcomes that are numbers) there are.
 */
export function seriesOf(shape, exported, seen) {
  const { errorTypes = 0, labels = 0, judged = false } = seen;
  const bins = exported.bins === 0 ? [] : shape;
  const cells = sum(bins, feature => valuedCells(feature, exported.bins) + 2);
  const parts = {
    'ml.inference.duration': [1 + errorTypes, DURATION * (1 + errorTypes)],
    'ml.inference.active': [1, 1],
    'ml.prediction.count': [1 + labels, 1 + labels],
    'ml.outcome.count': [2, 2],
    'ml.sdk.dropped': [DROPPED, DROPPED],
    'ml.sdk.overhead': [1, 1],
    'ml.feature.bins': [cells, cells],
    'ml.feature.baseline.bins': exported.baseline ? [cells, cells] : [0, 0],
    'ml.feature.out_of_range': [bins.filter(numeric).length, bins.filter(numeric).length],
    'ml.drift.status': [shape.length, shape.length],
    'ml.drift.samples': [shape.length, shape.length],
    'ml.drift.score': judged ? [sum(shape, scores), sum(shape, scores)] : [0, 0],
  };
  if (exported.values) {
    const own = bins.filter(({ unit }) => unit);
    // No `_sum`.
    parts['ml.feature.value'] = [own.length, sum(own, feature => valuedCells(feature, exported.bins) + 1)];
  }
  if (seen.confidence) parts['ml.prediction.confidence'] = [1, CONFIDENCE];
  if (seen.value !== undefined) parts['ml.prediction.value'] = [1, histogram(seen.value)];
  if (seen.batch) parts['ml.inference.batch.size'] = [1, BATCH_SIZE];
  if (seen.queue) parts['ml.inference.queue.duration'] = [1, DURATION];
  if (seen.streams) {
    parts['ml.inference.first_chunk.duration'] = [1, DURATION];
    parts['ml.inference.chunks'] = [1, CHUNKS];
  }
  if (seen.described) parts['ml.model.info'] = [1, 1];
  if (seen.errors) {
    parts['ml.outcome.error'] = [1, VALUE];
    parts['ml.outcome.absolute_error'] = [1, ABSOLUTE_ERROR];
  }
  return parts;
}

/** Of `seriesOf`, all metrics together. */
export function totalOf(parts) {
  const all = Object.values(parts);
  return { points: sum(all, ([points]) => points), series: sum(all, ([, series]) => series) };
}
