import * as units from '@grafana/grafana-foundation-sdk/units';
import { modelFeatureLink, modelLink } from './addresses.js';
import type { Column } from './columns.js';
import { WINDOW } from './queries.js';

const BY = 'by (ml_model_name, ml_model_version)';

/**
 * One row a model and version. Where further labels keep series apart, the row shows the worst, or the sum of counts.
 *
 * @param matchers of the models or versions shown, without braces
 */
export function versionColumns(matchers: string): Column[] {
  const windowed = `${matchers},${WINDOW}`;
  return [
    { title: 'Model', label: 'ml_model_name', link: modelLink('table') },
    { title: 'Version', label: 'ml_model_version', link: modelLink('table') },
    { title: 'Drift', expr: `max ${BY} (ml:model_drift_level{${windowed}})`, colored: 'level', width: 110 },
    { title: 'Look first at', label: 'ml_feature_name', expr: firstFeature(windowed), link: modelFeatureLink() },
    { title: 'Calls/s', expr: `sum ${BY} (ml:inference:rate{${matchers}})`, unit: units.Short },
    {
      title: 'Traffic',
      expr: `max ${BY} (ml:version_traffic:share{${windowed}})`,
      unit: units.PercentUnit,
      decimals: 1,
    },
    {
      title: 'Errors',
      expr: `max ${BY} (ml:inference_errors:ratio{${windowed}})`,
      unit: units.PercentUnit,
      decimals: 2,
    },
    { title: 'p95', expr: `max ${BY} (${quantile('0.95', matchers)})`, unit: units.Seconds },
    { title: 'Accuracy', expr: `min ${BY} (ml:outcome_accuracy{${windowed}})`, unit: units.PercentUnit, decimals: 1 },
    { title: 'Confidence', expr: `min ${BY} (ml:prediction_confidence:mean{${windowed}})`, decimals: 3 },
    { title: 'Replicas', expr: `sum ${BY} (ml:replicas{${matchers}})`, unit: units.Short },
  ];
}

export function quantile(q: '0.5' | '0.95' | '0.99', matchers: string): string {
  return `ml:inference_duration_seconds:quantile{${matchers},quantile="${q}"}`;
}

/** The feature with the worst level and, among those, the largest PSI: the fraction after the level, kept below the next one. */
function firstFeature(windowed: string): string {
  return `topk ${BY} (1, ml:feature_drift_level{${windowed}} + clamp_max(ml:feature_psi{${windowed}}, 0.999))`;
}
