import { type RuleOptions, resolveOptions } from '../options.js';
import type { RuleGroup } from '../rule-file.js';
import { baselineRules } from './baseline.js';
import { budgetRule } from './budget.js';
import { distanceRules } from './distances.js';
import { featureCountRules } from './feature-counts.js';
import { groupRules } from './groups.js';
import { kolmogorovSmirnovRule } from './kolmogorov-smirnov.js';
import { latencyRules } from './latency.js';
import { levelRules } from './levels.js';
import { outcomeRules } from './outcomes.js';
import { ownCostRules } from './own-cost.js';
import { predictionRules } from './predictions.js';
import { riseRules } from './rises.js';
import { shapeRules } from './shape.js';
import { trafficRules } from './traffic.js';

/**
 * The recording rules, for models and features of any name. What depends on each other is one group, in order: rules of another
 * group would read the previous interval's values. Each group's interval is the tile.
 *
 * @throws FleetError `ERR_FLEET_OPTION`
 */
export function recordingRules(options?: RuleOptions): RuleGroup[] {
  const resolved = resolveOptions(options);
  const interval = resolved.tile.text;
  return [
    {
      name: 'driftspan-drift',
      interval,
      rules: [
        ...featureCountRules(resolved),
        ...baselineRules(resolved),
        ...distanceRules(resolved),
        kolmogorovSmirnovRule(resolved),
        ...groupRules(resolved),
        budgetRule(resolved),
        ...shapeRules(resolved),
        ...riseRules(resolved),
        ...levelRules(resolved),
      ],
    },
    {
      name: 'driftspan-inference',
      interval,
      rules: [...trafficRules(resolved), ...latencyRules(resolved), ...ownCostRules(resolved)],
    },
    {
      name: 'driftspan-predictions',
      interval,
      rules: [...predictionRules(resolved), ...outcomeRules(resolved)],
    },
  ];
}
