import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { increaseOverTile, overWindows } from '../promql/increase.js';
import { by, labelSets } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';
import { DURATION } from './latency.js';

/** The SDK's own time, in both flavours. */
const OVERHEAD = ['ml_sdk_overhead_seconds_total', 'ml_sdk_overhead_total'];

/** What the SDK could not record, by reason, and its time a second of inference over the last two tiles. */
export function ownCostRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { model } = labelSets(options);
  const range = formatDuration(2 * options.tile.ms);
  const rates = (counters: readonly string[]): string =>
    `sum ${by(model)} (${counters.map(counter => `rate(${counter}[${range}])`).join(' or ')})`;
  return [
    {
      record: 'ml:sdk_dropped:tile',
      expr: `sum ${by([...model, 'reason'])} (\n${increaseOverTile(['ml_sdk_dropped_total'], options)}\n)`,
    },
    { record: 'ml:sdk_dropped:window', expr: overWindows('ml:sdk_dropped:tile', options) },
    {
      record: 'ml:sdk_overhead:ratio',
      expr: `${rates(OVERHEAD)}\n/ (${rates(DURATION.map(name => `${name}_sum`))} > 0)`,
    },
  ];
}
