import type { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { COLOR } from './drift-level.js';
import { bars, type PanelText } from './panel-kinds.js';
import { rows } from './queries.js';

/** A label that names the bars of a group; only in the query's result. */
const SERIES = 'ml_series';

/** Two vectors by bin: the baseline's, and the live one by version as well. */
export interface Shares {
  /** The label that holds the bin. */
  readonly bin: string;
  readonly baseline: string;
  readonly live: string;
}

/**
 * A bar for the baseline and one a version, side by side for each bin, in the order of the bins' labels: range bins begin
 * with two digits. One query, because rows are turned into columns within one result only.
 */
export function besideBaseline(of: PanelText, shares: Shares): BarChart {
  const baseline = `label_replace(${shares.baseline}, "${SERIES}", "baseline", "", "")`;
  const live = `label_replace(${shares.live}, "${SERIES}", "live $1", "ml_model_version", "(.*)")`;
  return bars(of, units.PercentUnit)
    .withTarget(rows('A', `${baseline} or ${live}`))
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: shares.bin }] } })
    .withTransformation({
      id: 'groupingToMatrix',
      options: { columnField: SERIES, rowField: shares.bin, valueField: 'Value', emptyValue: 'null' },
    })
    .overrideByName('baseline', [{ id: 'color', value: { mode: 'fixed', fixedColor: COLOR.idle } }]);
}
