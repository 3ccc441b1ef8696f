import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_DRIFT_ALSO_MOVED,
  ATTR_DRIFT_BINS,
  ATTR_DRIFT_CHANGE,
  ATTR_DRIFT_EXAMPLES,
  ATTR_DRIFT_FROM,
  ATTR_DRIFT_PSI,
  ATTR_DRIFT_SAMPLES,
  ATTR_DRIFT_TEST,
  ATTR_DRIFT_TO,
  ATTR_DRIFT_WINDOW,
  ATTR_FEATURE_NAME,
  ATTR_MODEL_NAME,
  ATTR_MODEL_VERSION,
} from '../semconv.js';
import type { DriftAlert } from './watch.js';

/** Names in `ml.drift.also_moved`: all 1,000 features of a model may move at once, and an event is read by a person. */
export const MAX_ALSO_MOVED = 32;

/**
 * The attributes of `ml.drift.changed`. `ml.drift.examples` has one text a bin of `ml.drift.bins`, in one order: its trace ids with
 * spaces between, '' without any. What can't be said is left out: the index of an episode that closed in silence, its test and bins.
 */
export function driftChangedAttributes(alert: DriftAlert): Attributes {
  const { model, psi, cause, bins, alsoMoved } = alert;
  return {
    [ATTR_MODEL_NAME]: model.name,
    [ATTR_MODEL_VERSION]: model.version,
    [ATTR_FEATURE_NAME]: alert.feature,
    [ATTR_DRIFT_CHANGE]: alert.change,
    [ATTR_DRIFT_FROM]: alert.from,
    [ATTR_DRIFT_TO]: alert.to,
    [ATTR_DRIFT_SAMPLES]: alert.samples,
    ...(Number.isNaN(psi) ? {} : { [ATTR_DRIFT_PSI]: psi }),
    ...(cause === undefined ? {} : { [ATTR_DRIFT_TEST]: cause.test, [ATTR_DRIFT_WINDOW]: cause.windowMs / 1000 }),
    ...(alsoMoved.length === 0 ? {} : { [ATTR_DRIFT_ALSO_MOVED]: alsoMoved.slice(0, MAX_ALSO_MOVED) }),
    ...(bins.length === 0
      ? {}
      : {
          [ATTR_DRIFT_BINS]: bins.map(({ bin }) => bin),
          [ATTR_DRIFT_EXAMPLES]: bins.map(({ examples }) => examples.map(({ traceId }) => traceId).join(' ')),
        }),
  };
}

export function changeSeverity({ change, to }: DriftAlert): 'info' | 'warn' | 'error' {
  if (change === 'closed') return 'info';
  return to === 'critical' ? 'error' : 'warn';
}
