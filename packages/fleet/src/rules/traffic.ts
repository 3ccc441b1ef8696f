import type { ResolvedRuleOptions } from '../options.js';
import { increaseOverTile, overWindows, tilesRange } from '../promql/increase.js';
import { by, labelSets, onOne } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';
import { DURATION } from './latency.js';

/** Labels that name a process: `instance` through the Collector or OTLP, with `service_instance_id` in a direct scrape. */
const PROCESS = ['job', 'instance', 'service_instance_id', 'exported_instance'];

/** Calls, failed ones by error type, what share of a model's calls each version served, and by how many processes. */
export function trafficRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { scope, model, modelWindow } = labelSets(options);
  const counts = DURATION.map(name => `${name}_count`);
  const rateMs = 2 * options.tile.ms;
  const ofModel = [...scope, 'ml_model_name', 'ml_window'];
  return [
    {
      record: 'ml:inference:tile',
      expr: `sum ${by([...model, 'error_type'])} (\n${increaseOverTile(counts, options)}\n)`,
    },
    {
      record: 'ml:inference:window',
      expr: `sum ${by(modelWindow)} (\n${overWindows('ml:inference:tile', options)}\n)`,
    },
    { record: 'ml:inference_errors:window', expr: overWindows('ml:inference:tile{error_type!=""}', options) },
    {
      record: 'ml:inference_errors:ratio',
      expr: `sum ${by(modelWindow)} (ml:inference_errors:window) / (ml:inference:window > 0)
or 0 * (ml:inference:window > 0)`,
    },
    {
      record: 'ml:inference:rate',
      expr: `sum ${by(model)} (sum_over_time(ml:inference:tile[${tilesRange(2, options)}])) / ${rateMs / 1000}`,
    },
    {
      record: 'ml:version_traffic:share',
      expr: `ml:inference:window / ${onOne(ofModel)} (sum ${by(ofModel)} (ml:inference:window) > 0)`,
    },
    { record: 'ml:replicas', expr: `count ${by(model)} (count ${by([...model, ...PROCESS])} (ml_inference_active))` },
  ];
}
